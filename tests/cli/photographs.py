#!/usr/bin/env python3
"""Pictures that lie, and pictures that tell: what becomes of every kind in both outputs.

    tests/cli/photographs.py PATH_TO_BRIEF [WORD…]     only the cases whose name has one of the words

Every picture that can be shown is upright and of its colours in the PDF and in the EPUB, and nothing that it says besides is in either. Every one that
cannot be is an error at its place, and no file is made.
"""
import io
import os
import re
import subprocess
import sys
import tempfile
import zipfile
import zlib

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from pictures import FIELDS, SECRET, SWAPPED, camera, chunk, decoded, exif, fields_png, icc, jpeg, middles, netpbm, png, profile_parts, segment  # noqa: E402
from tally import Tally  # noqa: E402

BRIEF = os.path.abspath(sys.argv[1])
HEAD = "---\ntitle: A title\nlang: en-GB\ndate: 2024-02-01\n---\n\nWords.\n\n"
TOLD = (SECRET, b"Exif\0", b"GPSLatitude", b"xmpmeta><rdf:RDF exif", b"8BIM", b"MPF\0", b"ICC_PROFILE", b"Ducky", b"acsp", b"PK\3\4hidden")
tally = Tally()


def make(folder, name, data, *options):
    with open(os.path.join(folder, name), "wb") as file:
        file.write(data)
    with open(os.path.join(folder, "a.md"), "w", encoding="utf-8") as file:
        file.write(HEAD + f"![Four fields]({name})\n")
    done = subprocess.run([BRIEF, "make", "a.md", *options], cwd=folder, capture_output=True, text=True, timeout=60)
    made = {}
    for ending in ("pdf", "epub"):
        path = os.path.join(folder, "a." + ending)
        if os.path.exists(path):
            with open(path, "rb") as file:
                made[ending] = file.read()
            os.remove(path)
    return done.returncode, done.stderr, made


def pdf_bytes(data):
    """As it is, and with every stream unpacked."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        return data + subprocess.run(["qpdf", "--qdf", "--object-streams=disable", file.name, "-"], capture_output=True, check=True).stdout


def epub_bytes(data):
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return data + b"".join(book.read(name) for name in book.namelist())


def epub_picture(data):
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return decoded(book.read(next(name for name in book.namelist() if "/images/" in name)))


def pdf_picture(data):
    """What the page shows where the picture is."""
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "a.pdf"), "wb") as file:
            file.write(data)
        text = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", "a.pdf", "-"], cwd=folder, capture_output=True, check=True).stdout
        place = re.search(rb"q ([\d.]+) 0 0 ([\d.]+) ([\d.]+) ([\d.]+) cm\s*/I\d+ Do", text)
        box = [float(word) for word in re.search(rb"/MediaBox \[([\d.\s]+)\]", text).group(1).split()]
        width, height, x, y = (float(word) for word in place.groups())
        subprocess.run(["pdftoppm", "-r", "72", "-x", str(round(x)), "-y", str(round(box[3] - y - height)), "-W", str(round(width)), "-H", str(round(height)),
                        "-f", "1", "-l", "1", "a.pdf", "page"], cwd=folder, check=True, capture_output=True)
        name = next(name for name in os.listdir(folder) if name.startswith("page"))
        with open(os.path.join(folder, name), "rb") as file:
            return netpbm(file.read())


def near(found, wanted, tolerance):
    return all(abs(a - b) <= tolerance for one, other in zip(found, wanted) for a, b in zip(one, other))


def shown(folder, name, data, wanted, size=(64, 48), said="", tolerance=6, file=None):
    """The picture is in both, as wanted, and nothing else of it."""
    status, told, made = make(folder, file or ("a.jpg" if data[:2] == b"\xFF\xD8" else "a.png"), data)
    codes = re.findall(r"\[([a-z-]+)\]$", told, re.M)
    if not tally.check(f"{name}: both are made", status == 0 and len(made) == 2, told):
        return
    tally.check(f"{name}: what is said", codes == said.split(), told)
    for ending, all_bytes, picture in (("pdf", pdf_bytes, pdf_picture), ("epub", epub_bytes, epub_picture)):
        inside = all_bytes(made[ending])
        left = [word for word in TOLD if word in inside]
        if ending == "pdf":  # its output intent is a profile, and its own
            left = [word for word in left if word != b"acsp"]
        tally.check(f"{name}: the {ending} tells nothing", not left, str(left))
        found = picture(made[ending])
        tally.check(f"{name}: the {ending} shows it", near(middles(found), wanted, tolerance), f"wanted {wanted}\nfound  {middles(found)}")
        wide = found[0] > found[1]
        tally.check(f"{name}: its sides in the {ending}", found[:2] == size if ending == "epub" else wide == (size[0] > size[1]), str(found[:2]))


def refused(folder, name, data, code, words, file="a.jpg"):
    status, told, made = make(folder, file, data)
    place = re.search(r"^a\.md:9:1: error: .*\[([a-z-]+)\]$", told, re.M)
    tally.check(f"{name}: refused", status == 1 and not made and place and place.group(1) == code and words in told, f"status {status}, made {list(made)}\n{told}")


# ---- What is shown -----------------------------------------------------------------------------------------------------------------

def upright(orientation):
    """FIELDS as EXIF turns them: which field of the stored picture is where."""
    order = {1: "0123", 2: "1032", 3: "3210", 4: "2301", 5: "0213", 6: "2031", 7: "3120", 8: "1302"}[orientation]
    return [FIELDS[int(i)] for i in order]


def photographs(folder):
    shown(folder, "plain", jpeg(), FIELDS)
    shown(folder, "photograph", jpeg(parts=camera(dpi=300), jfif=False), FIELDS)
    shown(folder, "photograph with JFIF", jpeg(parts=camera(), between=segment(0xFE, SECRET), behind=jpeg(parts=camera())), FIELDS)
    for orientation in range(1, 9):
        size = (48, 64) if orientation >= 5 else (64, 48)
        shown(folder, f"orientation {orientation}", jpeg(parts=camera(orientation)), upright(orientation), size)
    shown(folder, "orientation, sides that are no whole blocks", jpeg(width=61, height=43, parts=camera(6)), upright(6), (43, 61))
    shown(folder, "grey, turned", jpeg(coding="grey", parts=camera(3)), [(f[1],) * 3 for f in upright(3)])
    shown(folder, "progressive", jpeg(frame=0xC2, scans=4, between=segment(0xFE, SECRET), parts=camera()), FIELDS, tolerance=40)
    shown(folder, "RGB", jpeg(coding="rgb", parts=camera()), FIELDS)
    shown(folder, "RGB, turned", jpeg(coding="rgb", parts=camera(2)), upright(2))
    for coding in ("cmyk", "ycck"):
        shown(folder, coding, jpeg(coding=coding, parts=camera()), FIELDS)
        shown(folder, f"{coding}, turned", jpeg(coding=coding, parts=camera(8)), upright(8), (48, 64))
    shown(folder, "JPEG called PNG", jpeg(), FIELDS, file="a.png")
    shown(folder, "absurd resolution", jpeg(dpi=65535), FIELDS)


def profiles(folder):
    swapped = [(f[1], f[0], f[2]) for f in FIELDS]
    shown(folder, "JPEG of another colour space", jpeg(parts=profile_parts(SWAPPED)), swapped, tolerance=12)
    shown(folder, "the same, turned", jpeg(parts=profile_parts(SWAPPED) + camera(6)), [(f[1], f[0], f[2]) for f in upright(6)], (48, 64), tolerance=12)
    shown(folder, "PNG of another colour space", fields_png(extra=chunk(b"iCCP", SECRET + b"\0\0" + zlib.compress(SWAPPED))), swapped, tolerance=12)
    with open("/usr/share/color/icc/sRGB.icc", "rb") as file:
        srgb = file.read()
    shown(folder, "JPEG with the profile of sRGB", jpeg(parts=profile_parts(srgb, 60000)), FIELDS)
    shown(folder, "PNG with the profile of sRGB", fields_png(extra=chunk(b"iCCP", SECRET + b"\0\0" + zlib.compress(srgb))), FIELDS)
    shown(folder, "a profile that is none", jpeg(parts=profile_parts(SECRET * 20)), FIELDS, said="image-colours")
    shown(folder, "a profile with a part missing", jpeg(parts=segment(0xE2, b"ICC_PROFILE\0\1\2" + SWAPPED)), FIELDS, said="image-colours")
    shown(folder, "a profile cut off", jpeg(parts=profile_parts(SWAPPED[:300])), FIELDS, said="image-colours")
    shown(folder, "a profile for ink on an RGB image", jpeg(parts=profile_parts(SWAPPED.replace(b"RGB ", b"CMYK"))), FIELDS, said="image-colours")
    shown(folder, "a profile for ink", jpeg(coding="cmyk", parts=profile_parts(SWAPPED)), FIELDS, said="image-colours")
    shown(folder, "a bomb for a profile", fields_png(extra=chunk(b"iCCP", b"x\0\0" + zlib.compress(bytes(50 << 20)))), FIELDS, said="image-colours")
    shown(folder, "grey of another power", jpeg([(96,) * 3] * 4, coding="grey", parts=profile_parts(icc(None, 1.0, b"GRAY"))), [(165,) * 3] * 4)
    shown(folder, "gAMA 1", png([bytes((96,) * 3 * 64)] * 48, 64, 48, extra=chunk(b"gAMA", (100000).to_bytes(4, "big"))), [(165,) * 3] * 4)
    shown(folder, "gAMA of sRGB", fields_png(extra=chunk(b"gAMA", (45455).to_bytes(4, "big"))), FIELDS)


def pngs(folder):
    texts = b"".join((chunk(b"tEXt", b"Author\0" + SECRET), chunk(b"zTXt", b"Author\0\0" + zlib.compress(SECRET)), chunk(b"iTXt", b"Author\0\0\0\0\0" + SECRET),
                      chunk(b"eXIf", b"II*\0" + SECRET), chunk(b"tIME", b"\x07\xE8\2\1\0\0\0"), chunk(b"prVt", SECRET), chunk(b"zTXt", b"x\0\0" + zlib.compress(bytes(50 << 20)))))
    shown(folder, "PNG with texts", fields_png(extra=texts), FIELDS)
    for orientation in range(1, 9):
        size = (48, 64) if orientation >= 5 else (64, 48)
        shown(folder, f"PNG, orientation {orientation}", fields_png(extra=chunk(b"eXIf", exif(orientation))), upright(orientation), size)
    turned = [(f[1], f[0], f[2]) for f in upright(6)]
    shown(folder, "PNG of another colour space, turned",
          fields_png(extra=chunk(b"iCCP", SECRET + b"\0\0" + zlib.compress(SWAPPED)) + chunk(b"eXIf", exif(6))), turned, (48, 64), tolerance=12)
    shown(folder, "PNG that is a ZIP, too", fields_png(behind=b"PK\3\4hidden" + SECRET), FIELDS)
    shown(folder, "PNG that is a page, too", fields_png(behind=b"<html><script>" + SECRET), FIELDS)
    shown(folder, "PNG called JPEG", fields_png(), FIELDS, file="a.jpg")
    deep = [b"".join(bytes((v, v)) for x in range(64) for v in FIELDS[2 * (y >= 24) + (x >= 32)]) for y in range(48)]
    shown(folder, "16 bits", png(deep, 64, 48, depth=16), FIELDS)
    clear = [b"".join(bytes(FIELDS[2 * (y >= 24) + (x >= 32)]) + b"\xFF" for x in range(64)) for y in range(48)]
    shown(folder, "alpha", png(clear, 64, 48, colour=6), FIELDS)
    shown(folder, "alpha, of another colour space", png(clear, 64, 48, colour=6, extra=chunk(b"iCCP", b"x\0\0" + zlib.compress(SWAPPED))),
          [(f[1], f[0], f[2]) for f in FIELDS], tolerance=12)
    shown(folder, "16 bits of another colour space", png(deep, 64, 48, depth=16, extra=chunk(b"iCCP", b"x\0\0" + zlib.compress(SWAPPED))),
          [(f[1], f[0], f[2]) for f in FIELDS], tolerance=12)
    palette = chunk(b"PLTE", b"".join(bytes(f) for f in FIELDS))
    rows = [bytes(2 * (y >= 24) + (x >= 32) for x in range(64)) for y in range(48)]
    shown(folder, "palette", png(rows, 64, 48, colour=3, extra=palette), FIELDS)
    shown(folder, "palette, turned", png(rows, 64, 48, colour=3, extra=palette + chunk(b"eXIf", exif(8))), upright(8), (48, 64))
    shown(folder, "alpha, turned", png(clear, 64, 48, colour=6, extra=chunk(b"eXIf", exif(5))), upright(5), (48, 64))
    shown(folder, "palette with alpha", png(rows, 64, 48, colour=3, extra=palette + chunk(b"tRNS", b"\xFF\xFF\xFF\xFF")), FIELDS)


# ---- What is refused -----------------------------------------------------------------------------------------------------------------

def lies(folder):
    refused(folder, "JPEG that is cut off", jpeg(keep=-40), "image-broken", "the end of the JPEG is missing")
    refused(folder, "JPEG of only a header", jpeg(keep=100), "image-broken", "")
    refused(folder, "JPEG that says it is larger", jpeg(claims=(6400, 4800)), "image-broken", "6400 × 4800 pixels, and has not the data for them")
    refused(folder, "JPEG beyond all pixels", jpeg(claims=(30000, 30000)), "image-large", "30000 × 30000")
    refused(folder, "JPEG of no width", jpeg(claims=(0, 48)), "image-broken", "")
    refused(folder, "JPEG of no height", jpeg(claims=(64, 0)), "image-broken", "")
    refused(folder, "JPEG of 12 bits", jpeg(frame=0xC1, precision=12), "image-format", "of a kind that readers cannot show")
    refused(folder, "arithmetic coding", jpeg(frame=0xC9), "image-format", "of a kind that readers cannot show")
    refused(folder, "lossless JPEG", jpeg(frame=0xC3), "image-format", "of a kind that readers cannot show")
    refused(folder, "thousands of scans", jpeg(frame=0xC2, scans=3000), "image-format", "3000 layers")
    refused(folder, "two frames", jpeg(parts=segment(0xC0, b"\x08\0\x10\0\x10\1\1\x11\0")), "image-broken", "it is not one picture")
    refused(folder, "PNG that is cut off", fields_png()[:-20], "image-broken", "the end of the PNG is missing", "a.png")
    refused(folder, "PNG beyond all pixels", fields_png(claims=(100000, 100000)), "image-large", "100000 × 100000", "a.png")
    refused(folder, "PNG of no width", fields_png(claims=(0, 48)), "image-broken", "no size", "a.png")
    refused(folder, "PNG that says it is larger", fields_png(claims=(6400, 4800)), "image-broken", "damaged PNG", "a.png")
    data = bytearray(fields_png())
    data[45] ^= 1
    refused(folder, "PNG with a wrong checksum", bytes(data), "image-broken", "not what its checksum says", "a.png")
    refused(folder, "a web page called PNG", b"<!DOCTYPE html><html>", "image-format", "a web page", "a.png")
    refused(folder, "nothing", b"", "image-broken", "empty file", "a.png")


def again(folder):
    """What a document carries to be made again tells nothing, either, and the same comes of it; its source on the disk is still known."""
    make_data = jpeg(parts=camera(6, 300) + profile_parts(SWAPPED), jfif=False)
    for options in ([], ["--embed-source"]):
        _, told, made = make(folder, "a.jpg", make_data, *options)
        if not tally.check(f"{options}: both are made", len(made) == 2, told):
            continue
        for ending, all_bytes in (("pdf", pdf_bytes), ("epub", epub_bytes)):
            tally.check(f"{options}: the {ending} tells nothing", SECRET not in all_bytes(made[ending]))
            with open(os.path.join(folder, "made." + ending), "wb") as file:
                file.write(made[ending])
            for how in ([["--source", "a.md"]] + ([[]] if options else [])):
                done = subprocess.run([BRIEF, "verify", "made." + ending, *how], cwd=folder, capture_output=True, text=True)
                tally.check(f"{options}: {ending} is verified {how}", done.returncode == 0 and "identical" in done.stdout, done.stdout + done.stderr)


def main():
    for part in (photographs, profiles, pngs, lies, again):
        if sys.argv[2:] and part.__name__ not in sys.argv[2:]:
            continue
        with tempfile.TemporaryDirectory(prefix="brief-photographs-") as folder:
            part(folder)
    return tally.done()


if __name__ == "__main__":
    raise SystemExit(main())
