#!/usr/bin/env python3
"""Is the bill of materials (cmake/sbom.py) whole, and nothing else in it? Held against what the loader says of the program, what the build compiled
into it, the bytes that are in it, and dpkg's own record; and against the rules of CycloneDX 1.5 for what it uses of them."""
import copy
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile

from tally import BRIEF, BUILD, PROJECT, Tally

KINDS = {"application", "library", "data", "file"}
KEYS = {"type", "bom-ref", "name", "version", "licenses", "purl", "properties", "components", "hashes"}


def read(*path):
    with open(os.path.join(*path), encoding="utf-8") as file:
        return file.read()


def loaded_by(path):
    text = subprocess.run(["ldd", path], capture_output=True, text=True, check=True).stdout
    return {os.path.basename(first): real or first for first, real in re.findall(r"^\s+(\S+)(?: => (/\S+))? \(", text, re.M) if "vdso" not in first}


def libraries():
    """What the loader would load for the program, and for each library that the build says is loaded late."""
    found = loaded_by(BRIEF)
    where = dict(re.findall(r"^\s+(\S+) \(.*x86-64.*\) => (\S+)$" if os.uname().machine == "x86_64" else r"^\s+(\S+) \(.*\) => (\S+)$",
                            subprocess.run(["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=True).stdout, re.M))
    late = set(re.findall(r'-DBRIEF_[A-Z0-9]+=\\+"(lib[^"\\]+)\\+"', read(BUILD, "compile_commands.json")))
    for name in late:
        found.update({name: where[name], **loaded_by(where[name])})
    return set(found), late


def built_in():
    """Names in the program, as the packages' files are called that they were made from."""
    names = re.findall(r'^    \{ \{ "([^"]+)"', read(BUILD, "embedded_table.c"), re.M)
    return {re.sub(r"^(hyphenation/.*)$", r"\1.dic", name.removeprefix("events/").removesuffix(".deflated")) for name in names}


def each(components):
    for component in components:
        yield component
        yield from each(component.get("components", []))


def structure_faults(bill):
    components = [bill["metadata"]["component"], *each(bill["components"])]
    references = [component.get("bom-ref") for component in components]
    if (bill["bomFormat"], bill["specVersion"], bill["version"]) != ("CycloneDX", "1.5", 1) or set(bill) - {
            "$schema", "bomFormat", "specVersion", "version", "metadata", "components", "dependencies"}:
        yield "its head"
    if len(set(references)) != len(references):
        yield "a reference is there twice"
    for component in components:
        name = component.get("name")
        if not name or component["type"] not in KINDS or set(component) - KEYS:
            yield f"{name}: its kind or its keys"
        if any(hash["alg"] != "SHA-256" or not re.fullmatch(r"[0-9a-f]{64}", hash["content"]) for hash in component.get("hashes", [])):
            yield f"{name}: its hash"
        if component["type"] == "file" and len(component.get("hashes", [])) != 1:
            yield f"{name}: it has no hash"
        if component["type"] in ("library", "data") and not re.fullmatch(r"pkg:deb/[a-z]+/[a-z0-9.%B+-]+@[\w.~%-]+\?arch=\w+&distro=[\w.-]+", component.get("purl", "")):
            yield f"{name}: its purl"
        if component["type"] != "file" and [list(licence) for licence in component.get("licenses", [])] != [["expression"]]:
            yield f"{name}: its licence"
    for row in bill["dependencies"]:
        for name in [row["ref"], *row["dependsOn"]]:
            if name not in references:
                yield f"{name}: a dependency that is not there"


def faults(bill, content, wanted_libraries, wanted_files, installed):
    yield from structure_faults(bill)
    listed = {item["value"] for component in bill["components"] for item in component.get("properties", [])}
    yield from (f"{name}: not in it" for name in wanted_libraries - listed)
    yield from (f"{name}: nothing loads it" for name in listed - wanted_libraries)
    files = {component["name"]: component for component in each(bill["components"]) if component["type"] == "file"}
    yield from (f"{name}: not in it" for name in wanted_files - set(files))
    yield from (f"{name}: not built in" for name in set(files) - wanted_files)
    for component in bill["components"]:
        if component["type"] != "file" and installed.get(component["name"]) != component["version"]:
            yield f"{component['name']}: {component['version']}, but {installed.get(component['name'])} is installed"
    paths = {line.split()[0]: line.split()[2:] for line in read(PROJECT, "fonts", "fonts.list").split("\n") if line and not line.startswith("#")}
    for name, component in files.items():
        path = next(path for path in paths.get(name, [os.path.join(PROJECT, name)]) if os.path.exists(path))
        with open(path, "rb") as file:
            data = file.read()
        if hashlib.sha256(data).hexdigest() != component["hashes"][0]["content"]:
            yield f"{name}: another hash"
        if name.startswith(("fonts/", "styles/")) and data not in content:
            yield f"{name}: the program has other bytes"


def check_document(tally, bill, installed):
    """docs/security.md says which versions were looked at, and has each library that the program itself asks for."""
    rows = dict(re.findall(r"^\| (\S+) \| (\S*\d\S*) \| .* \| .* \| .* \|$", read(PROJECT, "docs", "security.md"), re.M))
    direct = {name for row in bill["dependencies"] if row["ref"] == "brief" for name in row["dependsOn"]}
    libraries = {component["name"] for component in bill["components"] if component["type"] == "library"}
    tally.equal("docs/security.md has each library", sorted(direct & libraries), sorted(direct & libraries & set(rows)))
    if re.search(r"^VERSION_ID=\"?12\b", read("/etc/os-release"), re.M):
        for name, version in rows.items():
            found = installed.get(name, version)
            # Debian's own revisions mend weaknesses, and come at any time.
            tally.check(f"{name} {version}", found.rsplit("-", 1)[0] == version.rsplit("-", 1)[0],
                        f"{found} is installed: see what it mends, and whether its row in docs/security.md still holds")
            if found != version:
                print(f"  {name} {found} is installed: docs/security.md speaks of {version}")


def check_build(tally, wanted):
    """./build.sh sbom writes it, and CMake installs what it wrote."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([os.path.join(PROJECT, "build.sh"), "sbom"], capture_output=True, text=True, check=False)
        with open(os.path.join(BUILD, "brief.cdx.json"), "rb") as file:
            tally.check("./build.sh sbom writes it", done.returncode == 0 and file.read() == wanted, done.stdout + done.stderr)
        subprocess.run(["cmake", "--install", BUILD, "--prefix", folder], capture_output=True, check=True)
        tally.check("it is installed", os.path.exists(os.path.join(folder, "share", "doc", "brief", "brief.cdx.json")))


def main():
    tally = Tally()
    version = re.search(r"project\(brief VERSION (\S+)", read(PROJECT, "CMakeLists.txt")).group(1)
    command = [sys.executable, os.path.join(PROJECT, "cmake", "sbom.py"), BRIEF, version]
    with tempfile.TemporaryDirectory() as folder:
        texts = [subprocess.run(command, capture_output=True, check=True, cwd=where, env={**os.environ, **other}).stdout
                 for where, other in ((PROJECT, {}), (folder, {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "7", "PYTHONUTF8": "1"}))]
    tally.check("it is the same from another folder, zone, locale", texts[0] == texts[1])
    bill = json.loads(texts[0])
    installed = dict(re.findall(r"^Package: (\S+)\n(?:.+\n)*?Version: (\S+)$", read("/var/lib/dpkg/status"), re.M))
    with open(BRIEF, "rb") as file:
        content = file.read()
    loaded, late = libraries()
    tally.check("libraries that are loaded late are found", len(late) >= 9, str(late))
    context = content, loaded, built_in(), installed
    found = list(faults(bill, *context))
    tally.check("the bill of materials", not found, "\n".join(found))
    tally.equal("what the program says of itself", f"brief {bill['metadata']['component']['version']}",
                subprocess.run([BRIEF, "--version"], capture_output=True, text=True, check=True).stdout.split("\n")[0].strip()[:len(f"brief {version}")])
    check_document(tally, bill, installed)
    check_build(tally, texts[0])

    # The checks must be able to fail: each component left out, one more, another hash, another version.
    for index, component in enumerate(bill["components"]):
        less = copy.deepcopy(bill)
        del less["components"][index]
        tally.check(f"without {component['name']} it is not whole", next(faults(less, *context), None))
    for change in ({"type": "library", "name": "libmore", "bom-ref": "libmore", "version": "1", "licenses": [{"expression": "MIT"}],
                    "purl": "pkg:deb/debian/libmore@1?arch=amd64&distro=debian-12"}, {"type": "file", "name": "fonts/more.ttf", "bom-ref": "more"}):
        tally.check(f"{change['name']} is one too many", next(faults({**bill, "components": [*bill["components"], change]}, *context), None))
    for key, value in (("version", "0"), ("purl", "pkg:deb/x"), ("licenses", []), ("bom-ref", "brief")):
        other = copy.deepcopy(bill)
        next(component for component in other["components"] if component["type"] == "library")[key] = value
        tally.check(f"another {key} is found", next(faults(other, *context), None))
    other = copy.deepcopy(bill)
    next(component for component in each(other["components"]) if component["type"] == "file")["hashes"][0]["content"] = "0" * 64
    tally.check("another hash is found", next(faults(other, *context), None))
    return tally.done()


if __name__ == "__main__":
    sys.exit(main())
