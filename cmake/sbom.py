#!/usr/bin/env python3
"""What the program is made of, as a CycloneDX 1.5 bill of materials: itself; each library that it is linked with or loads when it is needed, and what
these bring along; each file that is built in, with its package.

    cmake/sbom.py PROGRAM VERSION >brief.cdx.json

Libraries are read off the program and asked of dpkg, files of fonts/fonts.list; of licences see LICENCES. Nothing in it tells when or where it was
made: the same program on the same packages gives the same bytes.
"""
import glob
import hashlib
import json
import os
import re
import subprocess
import sys
from urllib.parse import quote

PROJECT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

# As the packages' copyright files have them, in SPDX's words, by the beginning of the package's name: of what is linked, not of the tools and tests
# beside it.
LICENCES = {
    "libc6": "LGPL-2.1-or-later", "libcmark-gfm": "BSD-2-Clause AND MIT", "libdeflate": "MIT", "libfribidi": "LGPL-2.1-or-later",
    "libharfbuzz": "MIT-Modern-Variant", "libhpdf": "Zlib", "libhyphen": "GPL-2.0-or-later OR LGPL-2.1-or-later OR MPL-1.1", "libjansson": "MIT",
    "libjpeg": "IJG AND BSD-3-Clause AND Zlib", "liblcms2": "MIT", "libminizip": "Zlib", "libnettle": "LGPL-3.0-or-later OR GPL-2.0-or-later",
    "libpng16": "libpng-2.0", "libqpdf": "Apache-2.0", "libthai": "LGPL-2.1-or-later", "libunibreak": "Zlib", "libxml2": "MIT", "libyaml": "MIT",
    "zlib1g": "Zlib",
    # what these bring along
    "libbrotli": "MIT", "libdatrie": "LGPL-2.1-or-later", "libffi": "MIT", "libfreetype": "FTL OR GPL-2.0-or-later",
    "libgcc-s1": "GPL-3.0-or-later WITH GCC-exception-3.1", "libglib2.0": "LGPL-2.1-or-later", "libgmp": "LGPL-3.0-or-later OR GPL-2.0-or-later",
    "libgnutls": "LGPL-2.1-or-later", "libgraphite2": "LGPL-2.1-or-later OR MPL-1.1 OR GPL-2.0-or-later",
    "libhogweed": "LGPL-3.0-or-later OR GPL-2.0-or-later", "libicu": "ICU", "libidn2": "LGPL-3.0-or-later OR GPL-2.0-or-later",
    "liblzma": "LicenseRef-public-domain", "libp11-kit": "BSD-3-Clause", "libpcre2": "BSD-3-Clause", "libstdc++": "GPL-3.0-or-later WITH GCC-exception-3.1",
    "libtasn1": "LGPL-2.1-or-later", "libunistring": "LGPL-3.0-or-later OR GPL-2.0-or-later",
    # files that are built in
    "fonts-lato": "OFL-1.1", "fonts-noto-core": "OFL-1.1", "fonts-dejavu": "Bitstream-Vera", "fonts-droid-fallback": "Apache-2.0", "fonts-nanum": "OFL-1.1",
    "fonts-symbola": "LicenseRef-free-for-any-use", "icc-profiles-free": "Zlib",
    "hyphen-en-gb": "LicenseRef-BSD-style", "hyphen-en-us": "GPL-2.0-or-later OR LGPL-2.1-or-later OR MPL-1.1", "hyphen-fr": "LGPL-2.1-or-later",
    "hyphen-de": "LGPL-2.0-or-later", "hyphen-es": "GPL-3.0-or-later OR LGPL-3.0-or-later OR MPL-1.1", "hyphen-it": "LGPL-2.0-or-later",
    "hyphen-nl": "BSD-2-Clause OR CC-BY-3.0", "hyphen-pl": "LGPL-2.1-or-later", "hyphen-pt-pt": "GPL-2.0-only",
}


def output_of(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "LC_ALL": "C"}).stdout


def needed(path):
    """Names of the libraries that a file is linked with."""
    return re.findall(r"\(NEEDED\)\s+Shared library: \[(.+)\]", output_of("readelf", "-W", "-d", path))


def late(path):
    """Names of the libraries that the program loads when they are needed (LATE_LIBRARY): they stand in it as strings."""
    with open(path, "rb") as file:
        return {name.decode() for name in re.findall(rb"(?<=\0)lib[a-z0-9-]+(?:\.so\.[0-9]+|-[0-9.]+\.so)(?=\0)", file.read())} - set(needed(path))


def libraries(program):
    """Name of a library → its file, and the names of those that it needs."""
    known, found, wanted = {}, {}, sorted({*needed(program), *late(program)})
    for name, path in re.findall(r"^\s+(\S+) \(.*\) => (\S+)$", output_of("/sbin/ldconfig", "-p"), re.M):
        known.setdefault(name, path)
    while wanted:
        name = wanted.pop(0)
        if name not in found:
            found[name] = (known[name], needed(known[name]))
            wanted += found[name][1]
    return found


def packages_of(paths):
    """File → its package, wherever /lib and /usr/lib are one."""
    spelt = {path: {path, os.path.realpath(path), os.path.realpath(path).removeprefix("/usr")} for path in paths}
    done = subprocess.run(["dpkg", "-S", *sorted(set().union(*spelt.values()))], capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "C"})
    known = {path: package for package, path in re.findall(r"^([^:,\s]+).*: (/.*)$", done.stdout, re.M)}
    return {path: next(known[name] for name in sorted(names) if name in known) for path, names in spelt.items()}


def package_component(package, kind, system):
    version, architecture = output_of("dpkg-query", "-W", "-f", "${Version}\n${Architecture}\n", package).split("\n")[:2]
    names = [name for name in LICENCES if package.startswith(name)]
    licence = {"licenses": [{"expression": LICENCES[max(names, key=len)]}]} if names else {}
    where = f"arch={architecture}&distro={system['ID']}-{system.get('VERSION_ID', 'unknown')}"
    return {"type": kind, "bom-ref": package, "name": package, "version": version, **licence,
            "purl": f"pkg:deb/{system['ID']}/{quote(package)}@{quote(version, safe='')}?{where}"}


def file_component(name, path):
    with open(path, "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    return {"type": "file", "bom-ref": name, "name": name, "hashes": [{"alg": "SHA-256", "content": digest}]}


def embedded():
    """Package → (name in the program, file), as cmake/embed.cmake chooses them; what is packed for the program is named as it lies in the package."""
    packages = {}
    with open(os.path.join(PROJECT, "fonts", "fonts.list"), encoding="utf-8") as file:
        for line in file:
            if line.strip() and not line.startswith("#"):
                name, package, *paths = line.split()
                packages.setdefault(package, []).append((name, next(path for path in paths if os.path.exists(path))))
    return packages


def bill(program, version):
    with open("/etc/os-release", encoding="utf-8") as file:
        system = dict(re.findall(r'^(\w+)="?([^"\n]*)"?$', file.read(), re.M))
    found = libraries(program)
    packages = packages_of([path for path, _ in found.values()])
    owner = {name: packages[path] for name, (path, _) in found.items()}
    links, parts = {}, {}
    for name, (_, needs) in found.items():
        component = parts.setdefault(owner[name], package_component(owner[name], "library", system))
        component.setdefault("properties", []).append({"name": "brief:library", "value": name})
        links.setdefault(owner[name], set()).update(owner[other] for other in needs)
    fonts = embedded()
    for package, files in fonts.items():
        parts[package] = {**package_component(package, "data", system), "components": [file_component(*file) for file in files]}
    for path in sorted(glob.glob(os.path.join(PROJECT, "styles", "*.yaml"))):
        name = "styles/" + os.path.basename(path)
        parts[name] = file_component(name, path)
    for component in parts.values():
        component.get("properties", []).sort(key=lambda item: item["value"])
    own = {owner[name] for name in (*needed(program), *late(program))}
    dependencies = [{"ref": "brief", "dependsOn": sorted(own | set(fonts))}]
    dependencies += [{"ref": package, "dependsOn": sorted(others - {package})} for package, others in sorted(links.items())]
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json", "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": "brief", "name": "brief", "version": version, "licenses": [{"expression": "MIT"}]}},
        "components": [parts[name] for name in sorted(parts)],
        "dependencies": dependencies,
    }


def main():
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    json.dump(bill(*sys.argv[1:]), sys.stdout, indent=1, ensure_ascii=False)
    print()


if __name__ == "__main__":
    main()
