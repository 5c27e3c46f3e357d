"""Pictures for tests, made from nothing but bytes: JPEGs of flat fields with whatever markers, PNGs with whatever chunks, and their pixels back.

A JPEG here is of blocks of one colour, so that its coding is a few lines (ITU-T T.81, Annexes B, F and G); what a photograph says besides its pixels is made as
cameras do it. Every such part holds SECRET, in clear, so that a test can look for it.
"""
import struct
import subprocess
import zlib

SECRET = b"SECRET-51.4995N-0.1248W"
FIELDS = [(200, 40, 40), (40, 160, 60), (50, 70, 190), (220, 210, 90)]  # upper left, upper right, lower left, lower right


# ---- JPEG ----------------------------------------------------------------------------------------------------------------------

def segment(marker, body=b""):
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def ycc(red, green, blue):
    y = 0.299 * red + 0.587 * green + 0.114 * blue
    return [round(value) for value in (y, 128 + (blue - y) / 1.772, 128 + (red - y) / 1.402)]


class Bits:
    def __init__(self):
        self.text = []

    def add(self, value, count):
        if count:
            self.text.append(format(value, f"0{count}b"))

    def bytes(self):
        text = "".join(self.text)
        text += "1" * (-len(text) % 8)
        return int(text, 2).to_bytes(len(text) // 8, "big").replace(b"\xFF", b"\xFF\0")


def scan_of_means(fields, columns, rows, components, ends):
    """Huffman-coded differences of means: category n has the code n in four bits; the end of a block is one bit."""
    bits, before = Bits(), [0] * components
    for row in range(rows):
        for column in range(columns):
            field = fields[2 * (row >= rows // 2) + (column >= columns // 2)]
            for i in range(components):
                step = (field[i] - 128) * 8 - before[i]
                before[i] += step
                size = abs(step).bit_length()
                bits.add(size, 4)
                bits.add(step if step > 0 else step + (1 << size) - 1, size)
                if ends:
                    bits.add(0, 1)
    return bits.bytes()


def jpeg(fields=FIELDS, width=64, height=48, coding="ycc", parts=b"", between=b"", behind=b"", frame=0xC0, precision=8, jfif=True, dpi=0, claims=None,
         scans=1, keep=None):
    """coding: ycc, grey, cmyk or ycck (both Adobe's, inverted), rgb. frame: its marker. claims: (width, height) that the frame says instead. scans: of a
    progressive one, how often more bits are said to follow."""
    values = {"ycc": lambda f: ycc(*f), "grey": lambda f: [f[1]], "rgb": list, "cmyk": lambda f: list(f) + [255],
              "ycck": lambda f: ycc(*(255 - value for value in f)) + [255]}[coding]
    coded = [values(field) for field in fields]
    count = len(coded[0])
    out = b"\xFF\xD8"
    if jfif and coding in ("ycc", "grey"):
        out += segment(0xE0, b"JFIF\0\1\1" + struct.pack(">BHH", dpi > 0, dpi or 1, dpi or 1) + b"\0\0")
    if coding in ("cmyk", "ycck", "rgb"):
        out += segment(0xEE, b"Adobe\0\x64\0\0\0\0" + bytes((2 if coding == "ycck" else 0,)))
    out += parts + segment(0xDB, b"\0" + b"\1" * 64)
    said = claims or (width, height)
    out += segment(frame, struct.pack(">BHHB", precision, said[1], said[0], count) + b"".join(bytes((i + 1, 0x11, 0)) for i in range(count)))
    out += segment(0xC4, b"\0" + bytes((0, 0, 0, 12)) + bytes(12) + bytes(range(12)))
    out += segment(0xC4, b"\x10" + bytes((1,)) + bytes(15) + b"\0")
    progressive = frame == 0xC2
    choice = b"".join(bytes((i + 1, 0)) for i in range(count))
    out += segment(0xDA, bytes((count,)) + choice + (b"\0\0\0" if progressive else b"\0\x3F\0"))
    columns, rows = (width + 7) // 8, (height + 7) // 8
    out += scan_of_means(coded, columns, rows, count, not progressive)
    for _ in range(scans - 1):  # values 1 to 5 of the first component: none in any block
        out += between + segment(0xDA, b"\1\1\0\1\5\0") + zeros(columns * rows)
    return (out + (between if scans == 1 else b"") + b"\xFF\xD9" + behind)[:keep]


def zeros(count):
    bits = Bits()
    bits.add(0, count)
    return bits.bytes()


# ---- What a photograph says besides ----------------------------------------------------------------------------------------------

def exif(orientation=1, dpi=0):
    """EXIF as of a camera: orientation, resolution, a maker's note, a place, and a thumbnail in the second directory."""
    thumbnail = jpeg([(1, 2, 3)] * 4, 16, 16, parts=segment(0xFE, SECRET))
    place = struct.pack("<6I", 51, 1, 29, 1, 5821, 100)
    here = 8 + 2 + 6 * 12 + 4
    gps = here + len(place) + len(SECRET) + 8
    second = gps + 2 + 2 * 12 + 4
    thumb = second + 2 + 2 * 12 + 4
    entries = [(0x010F, 2, len(SECRET), here + len(place)), (0x0112, 3, 1, orientation), (0x011A, 5, 1, here + len(place) + len(SECRET)),
               (0x0128, 3, 1, 2), (0x927C, 7, len(SECRET), here + len(place)), (0x8825, 4, 1, gps)]
    out = b"II*\0\x08\0\0\0" + struct.pack("<H", 6) + b"".join(struct.pack("<HHII", *entry) for entry in entries) + struct.pack("<I", second)
    out += place + SECRET + struct.pack("<II", dpi, 1)
    out += struct.pack("<H", 2) + struct.pack("<HHI4s", 1, 2, 2, b"N\0") + struct.pack("<HHII", 2, 5, 3, here) + b"\0" * 4
    out += struct.pack("<H", 2) + struct.pack("<HHII", 0x0201, 4, 1, thumb) + struct.pack("<HHII", 0x0202, 4, 1, len(thumbnail)) + b"\0" * 4
    return out + thumbnail


def camera(orientation=1, dpi=0):
    """All the markers that a photograph comes with."""
    photoshop = b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + struct.pack(">I", len(SECRET)) + SECRET
    return (segment(0xE1, b"Exif\0\0" + exif(orientation, dpi)) +
            segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><rdf:RDF exif:GPSLatitude='" + SECRET + b"'/></x:xmpmeta>") +
            segment(0xE2, b"MPF\0" + SECRET) + segment(0xED, photoshop) + segment(0xEC, b"Ducky" + SECRET) + segment(0xFE, SECRET))


def profile_parts(profile, size=400):
    pieces = [profile[at:at + size] for at in range(0, len(profile), size)]
    return b"".join(segment(0xE2, b"ICC_PROFILE\0" + bytes((i + 1, len(pieces))) + piece) for i, piece in enumerate(pieces))


def icc(columns, power, space=b"RGB "):
    """A profile (ICC.1, version 2) of three primaries, as XYZ of the D50 white, and one curve."""
    def xyz(values):
        return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(value * 65536) for value in values))

    text = b"text\0\0\0\0" + SECRET + b"\0"
    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(power * 256))
    tags = {b"cprt": text, b"desc": b"desc\0\0\0\0" + struct.pack(">I", len(SECRET) + 1) + SECRET + b"\0" * 79, b"wtpt": xyz((0.9642, 1, 0.8249))}
    tags.update({b"kTRC": curve} if space == b"GRAY" else
                {b"rXYZ": xyz(columns[0]), b"gXYZ": xyz(columns[1]), b"bXYZ": xyz(columns[2]), b"rTRC": curve, b"gTRC": curve, b"bTRC": curve})
    table, data, at = b"", b"", 128 + 4 + 12 * len(tags)
    for name, body in tags.items():
        body += b"\0" * (-len(body) % 4)
        table += name + struct.pack(">II", at + len(data), len(body))
        data += body
    size = at + len(data)
    header = struct.pack(">I4sI4s4s4s", size, b"lcms", 0x02100000, b"mntr", space, b"XYZ ") + b"\0" * 12 + b"acsp" + b"\0" * 28
    header += struct.pack(">3i", 0xF6D6, 0x10000, 0xD32D) + b"\0" * 48
    return header + struct.pack(">I", len(tags)) + table + data


SRGB_COLUMNS = [(0.4361, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7141)]
SWAPPED = icc([SRGB_COLUMNS[1], SRGB_COLUMNS[0], SRGB_COLUMNS[2]], 2.2)  # its red is sRGB's green


# ---- PNG -----------------------------------------------------------------------------------------------------------------------

def chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(rows, width, height, colour=2, depth=8, extra=b"", behind=b"", interlaced=0, data=None, claims=None):
    """Rows as they are stored, without filters."""
    header = struct.pack(">IIBBBBB", *(claims or (width, height)), depth, colour, 0, 0, interlaced)
    packed = zlib.compress(b"".join(b"\0" + row for row in rows), 9) if data is None else data
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", packed) + chunk(b"IEND", b"") + behind


def fields_png(width=64, height=48, **more):
    return png([b"".join(bytes(FIELDS[2 * (y >= height // 2) + (x >= width // 2)]) for x in range(width)) for y in range(height)], width, height, **more)


# ---- Pixels back ---------------------------------------------------------------------------------------------------------------

def netpbm(data):
    """(width, height, channels, bytes) of a PGM or PPM of 8 bits."""
    words = data.split(None, 4)
    at = len(data) - int(words[1]) * int(words[2]) * (3 if words[0] == b"P6" else 1)
    return int(words[1]), int(words[2]), 3 if words[0] == b"P6" else 1, data[at:]


def decoded(data):
    """The same of a JPEG or a PNG."""
    if data.startswith(b"\xFF\xD8"):
        return netpbm(subprocess.run(["djpeg", "-pnm"], input=data, capture_output=True, check=True).stdout)
    at, packed, palette = 8, b"", b""
    while at < len(data):
        length, = struct.unpack_from(">I", data, at)
        name, body = data[at + 4:at + 8], data[at + 8:at + 8 + length]
        if name == b"IHDR":
            width, height, depth, colour = struct.unpack_from(">IIBB", body)
        packed += body if name == b"IDAT" else b""
        palette = body if name == b"PLTE" else palette
        at += length + 12
    if depth < 8 or data[28]:
        raise ValueError("only 8 or 16 bits a sample, not interlaced")
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    step = channels * depth // 8
    raw, row, out, before = zlib.decompress(packed), width * step, b"", bytes(width * step)
    for y in range(height):
        kind, line = raw[y * (row + 1)], bytearray(raw[y * (row + 1) + 1:(y + 1) * (row + 1)])
        for i in range(row if kind else 0):
            a, b, c = (line[i - step] if i >= step else 0), before[i], (before[i - step] if i >= step else 0)
            p = a + b - c
            paeth = min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]
            line[i] = (line[i] + (0, a, b, (a + b) // 2, paeth)[kind]) & 255
        out, before = out + bytes(line), line
    if colour == 3:
        return width, height, 3, b"".join(palette[3 * i:3 * i + 3] for i in out)
    return width, height, channels, out[::depth // 8]


def middles(picture):
    """The colours in the middles of the four fields; of alpha, nothing."""
    width, height, channels, data = picture
    found = []
    for y in (height // 4, height * 3 // 4):
        for x in (width // 4, width * 3 // 4):
            at = (y * width + x) * channels
            found.append(tuple(data[at:at + 3]) if channels >= 3 else (data[at],) * 3)
    return found
