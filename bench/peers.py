"""The programs that brief is timed beside: how they are installed, what each is given, and which versions they are.

Markdown is read by those that read Markdown. htmldoc and WeasyPrint read HTML, which lowdown makes of it beforehand, outside the clock. htmldoc runs
with --webpage on all inputs: it is faster than --book, and so the stricter measure. pandoc hands its Typst to the module `typst`, whose Python takes some 20 ms to start.
"""
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass

HERE = os.path.dirname(os.path.abspath(__file__))
BRIEF = os.path.abspath(os.environ.get("BRIEF", os.path.join(os.path.dirname(HERE), "build", "brief")))
FOLDER = os.path.join(HERE, ".peers")
WANTED = os.path.join(HERE, "peers.txt")
PACKAGES = {"htmldoc": "htmldoc", "lowdown": "lowdown", "groff": "groff", "pdfinfo": "poppler-utils", "mutool": "mupdf-tools", "time": "time"}
PACKAGES_SLOW = ["python3-venv", "libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"]
PYTHON = os.path.join(FOLDER, "bin", "python")
TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"


@dataclass
class Program:
    name: str
    form: str       # "PDF", "EPUB", or "PDF and EPUB" in one run
    command: list   # {name} stands for the input's name without its ending
    outputs: list
    slow: bool = False
    inputs: tuple = ()  # if not all

    def words(self, name):
        return [word.replace("{name}", name) for word in self.command]

    def files(self, name):
        return [word.replace("{name}", name) for word in self.outputs]


def htmldoc(form, ending):
    return ["htmldoc", "--quiet", "--webpage", "--charset", "utf-8", "-t", form, "-f", f"htmldoc.{ending}", "{name}.html"]


def programs(quick):
    pandoc = "" if quick else pandoc_path()
    every = [
        Program("brief", "PDF", [BRIEF, "make", "{name}.md", "--pdf", "-o", "brief.pdf", "-q"], ["brief.pdf"]),
        Program("brief", "EPUB", [BRIEF, "make", "{name}.md", "--epub", "-o", "brief.epub", "-q"], ["brief.epub"]),
        Program("brief", "PDF and EPUB", [BRIEF, "make", "{name}.md", "--out-dir", "both", "-q"], ["both/{name}.pdf", "both/{name}.epub"]),
        Program("htmldoc", "PDF", htmldoc("pdf14", "pdf"), ["htmldoc.pdf"]),
        Program("htmldoc", "EPUB", htmldoc("epub", "epub"), ["htmldoc.epub"]),
        Program("lowdown, groff", "PDF", ["sh", "-c", "lowdown -s -tms {name}.md | groff -t -Kutf8 -ms -Tpdf >groff.pdf"], ["groff.pdf"], slow=True),
        Program("pandoc, Typst", "PDF", ["sh", "-c", f"'{pandoc}' -s -t typst -o {{name}}.typ {{name}}.md && "
                                         f"'{PYTHON}' -c '{TYPST}' {{name}}.typ typst.pdf"], ["typst.pdf"], slow=True),
        Program("WeasyPrint", "PDF", [os.path.join(FOLDER, "bin", "weasyprint"), "-q", "{name}.html", "weasyprint.pdf"], ["weasyprint.pdf"], slow=True,
                inputs=("article", "report")),
        Program("pandoc", "EPUB", [pandoc, "-o", "pandoc.epub", "{name}.md"], ["pandoc.epub"], slow=True),
    ]
    return [program for program in every if not (quick and program.slow)]


# ---- Installing

def is_installed(package):
    asked = subprocess.run(["dpkg-query", "-W", "-f", "${db:Status-Status}", package], capture_output=True, text=True, check=False)
    return asked.stdout == "installed"


def install_packages(quick):
    missing = [package for command, package in PACKAGES.items() if not shutil.which(command)]
    missing += [package for package in PACKAGES_SLOW if not quick and not is_installed(package)]
    if not missing:
        return
    print(f"bench: installing {', '.join(missing)}", flush=True)
    sudo = [] if os.geteuid() == 0 else ["sudo"]
    subprocess.run([*sudo, "apt-get", "update", "-qq"], check=False)
    subprocess.run([*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing],
                   check=True, stdout=subprocess.DEVNULL)


def install_modules():
    stamp = os.path.join(FOLDER, "installed.txt")
    with open(WANTED, encoding="utf-8") as file:
        wanted = file.read()
    if os.path.exists(stamp):
        with open(stamp, encoding="utf-8") as file:
            if file.read() == wanted:
                return
    print(f"bench: installing {', '.join(wanted.split())} into bench/.peers", flush=True)
    subprocess.run([sys.executable, "-m", "venv", "--clear", FOLDER], check=True)
    subprocess.run([PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "-r", WANTED], check=True)
    with open(stamp, "w", encoding="utf-8") as file:
        file.write(wanted)


def install(quick):
    if not os.path.exists(BRIEF):
        sys.exit(f"bench: there is no {BRIEF}; ./build.sh makes it")
    install_packages(quick)
    if not quick:
        install_modules()


# ---- Which they are

def output_of(*command):
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    return (result.stdout or result.stderr).strip()


def pandoc_path():
    return output_of(PYTHON, "-c", "import pypandoc; print(pypandoc.get_pandoc_path())")


def package_version(package):
    return output_of("dpkg-query", "-W", "-f", "${Version}", package)


def versions(quick):
    found = [output_of(BRIEF, "--version").split("\n")[0] + ", as of this page's commit"]
    found += [f"{package} {package_version(package)} (Debian)" for package in (("htmldoc", "lowdown") if quick else ("htmldoc", "lowdown", "groff"))]
    if not quick:
        module = "import importlib.metadata as m; print(m.version('typst'), m.version('weasyprint'))"
        typst, weasyprint = output_of(PYTHON, "-c", module).split()
        found += [output_of(pandoc_path(), "--version").split("\n")[0] + " (PyPI: pypandoc_binary)", f"Typst {typst} (PyPI: typst)",
                  f"WeasyPrint {weasyprint} (PyPI)"]
    return found


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        model = re.search(r"model name\s*: (.*)", file.read())
    with open("/proc/meminfo", encoding="utf-8") as file:
        memory = int(re.search(r"MemTotal:\s+(\d+)", file.read()).group(1)) / 1e6
    system = output_of("sh", "-c", ". /etc/os-release; printf '%s' \"$PRETTY_NAME\"")
    cores = f"{len(os.sched_getaffinity(0))} cores of {model.group(1).strip() if model else 'an unnamed processor'}"
    return f"{cores}, {memory:.0f} GB, {system}, Linux {os.uname().release.split('-')[0]}"
