#!/bin/bash
# Builds brief, and everything else that a developer or a packager does with it: see ./build.sh help.
set -euo pipefail
cd "$(dirname "$0")"

usage() {
    cat <<'HELP'
Usage: ./build.sh [COMMAND]

  (none)            install the packages that are missing, build build/brief, and make the sample briefing
  build             build build/brief; installs nothing
  test              install what the tests need besides, and run all of them
  fuzz [TARGET] [SECONDS]
                    install clang, build the fuzz targets, and run that one, or all in turn (default: 600 seconds each)
  coverage          count the lines of src/ that tests and fuzzing run
  sbom              build, and list what the program is made of in build/brief.cdx.json (CycloneDX)
  install [PREFIX]  build, and install under PREFIX (default: /usr/local)
  packages          list the packages that building and testing need
  help              show this

Packages are installed on Debian 12, Ubuntu 24.04 and their relatives, with sudo when not run by root; only those that are missing.
HELP
}

say() { printf '%s\n' "$*"; }
fail() { printf 'build.sh: %s\n' "$*" >&2; exit 1; }

# ---- Packages ----------------------------------------------------------------------------------------------------------

# Commands, and the package that has each: a command that is there, from wherever, is good enough. Asking apt for npm beside a
# Node from elsewhere fails, so only what is missing is ever asked for.
build_commands="cc:gcc cmake:cmake ninja:ninja-build pkg-config:pkg-config python3:python3"
build_libraries="libc6-dev libcmark-gfm-dev libcmark-gfm-extensions-dev libyaml-dev libharfbuzz-dev libfribidi-dev libthai-dev libunibreak-dev libhyphen-dev libhpdf-dev
    nettle-dev libminizip-dev libdeflate-dev libjansson-dev libpng-dev libjpeg-dev liblcms2-dev zlib1g-dev libqpdf-dev libxml2-dev"
test_commands="pdfinfo:poppler-utils qpdf:qpdf mutool:mupdf-tools djpeg:libjpeg-turbo-progs faketime:faketime valgrind:valgrind java:default-jre-headless javac:default-jdk-headless
    mvn:maven npm:npm make:make parallel:parallel ssh:openssh-client rsync:rsync sbatch:slurm-client shellcheck:shellcheck
    clang:clang clang-tidy:clang-tidy cppcheck:cppcheck"
test_libraries="libcmocka-dev python3-jsonschema openssh-server slurmctld slurmd munge" # the daemons are not on everybody's PATH

# Fonts, patterns of hyphenation and the colour profile are embedded when brief is built: fonts/fonts.list names their packages.
font_packages() { awk '!/^#/ && NF >= 3 { print $2 }' fonts/fonts.list | sort -u; }

chromium_command() {
    local name
    for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
        if [ -n "$name" ] && command -v "$name"; then return 0; fi
    done
    return 1
}

is_installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

missing_commands() {
    local pair
    for pair in "$@"; do
        command -v "${pair%%:*}" >/dev/null || say "${pair##*:}"
    done
}

missing_libraries() {
    local package
    for package in "$@"; do
        is_installed "$package" || say "$package"
    done
}

# install_missing WHY PACKAGE…: nothing, when there is none.
install_missing() {
    local why=$1 sudo=()
    shift
    [ $# -gt 0 ] || return 0
    command -v apt-get >/dev/null ||
        fail "this is not a Debian or an Ubuntu. Please install what these packages hold, then run ./build.sh build: $*"
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || fail "these packages are missing, and there is no sudo to install them with: $*"
        sudo=(sudo)
    fi
    say "Installing packages that are needed $why: $*"
    [ ${#sudo[@]} -eq 0 ] || say "(with sudo, which may ask for your password)"
    "${sudo[@]}" apt-get update -qq || say "apt-get update met a fault; going on with the lists that are there"
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null ||
        fail "apt could not install them"
}

install_build_packages() {
    local missing
    # Without dpkg there is nothing to ask; CMake says what it does not find.
    if ! command -v dpkg-query >/dev/null; then
        say "Not a Debian or an Ubuntu: nothing is installed. Needed are what these packages hold:"
        packages_for_building
        return 0
    fi
    # shellcheck disable=SC2046,SC2086
    missing=$(missing_commands $build_commands; missing_libraries $build_libraries $(font_packages))
    # shellcheck disable=SC2086
    install_missing "to build brief" $missing
}

install_test_packages() {
    local missing
    command -v dpkg-query >/dev/null || return 0
    # shellcheck disable=SC2086
    missing=$(missing_commands $test_commands; missing_libraries $test_libraries; chromium_command >/dev/null || say chromium)
    # A JDK brings its own java; on Ubuntu the package chromium is called chromium-browser and brings the snap.
    case $missing in *default-jdk-headless*) missing=$(say "$missing" | sed '/^default-jre-headless$/d') ;; esac
    if [ -r /etc/os-release ] && grep -q '^ID=ubuntu' /etc/os-release; then missing=$(say "$missing" | sed 's/^chromium$/chromium-browser/'); fi
    # shellcheck disable=SC2086
    install_missing "to test brief" $missing
}

# clang, and packages of it that have its version in their names, which stands for the @.
install_clang_packages() {
    local version
    command -v dpkg-query >/dev/null || return 0
    # shellcheck disable=SC2046
    install_missing "to fuzz brief" $(missing_commands clang:clang)
    version=$(clang -dumpversion | cut -d. -f1)
    # shellcheck disable=SC2046
    install_missing "to fuzz brief" $(missing_libraries "${@/@/$version}")
}

packages_for_building() {
    # shellcheck disable=SC2086
    printf '%s\n' $build_commands $build_libraries | sed 's/.*://'
    font_packages
}

packages() {
    say "To build:"
    packages_for_building | sed 's/^/  /'
    say "To test:"
    # shellcheck disable=SC2086
    printf '%s\n' $test_commands $test_libraries chromium libclang-rt-14-dev | sed 's/.*://; s/^/  /'
}

# ---- Commands ----------------------------------------------------------------------------------------------------------

build() {
    local preset=${1:-release}
    cmake --preset "$preset" >build.log 2>&1 && cmake --build --preset "$preset" >>build.log 2>&1 || {
        tail -n 40 build.log >&2
        fail "the build failed; build.log has the whole of it"
    }
    rm -f build.log
}

fuzz() {
    local target targets=${1:-markdown sheet project png jpeg font pdf epub diff}
    build fuzz
    for target in $targets; do
        say "Fuzzing $target for ${2:-600} seconds"
        tests/fuzz/fuzz.sh "$target" "${2:-600}"
    done
}

# What it is made of is asked of dpkg: elsewhere there is no such list.
sbom() {
    command -v dpkg-query >/dev/null || return 0
    python3 cmake/sbom.py build/brief "$(sed -n 's/^project(brief VERSION \([^ ]*\).*/\1/p' CMakeLists.txt)" >build/brief.cdx.json ||
        fail "the list of what the program is made of could not be made"
}

sample() {
    build/brief make input/huawei-letter.md --out-dir briefing -q
    say "brief is built: $PWD/build/brief"
    say "The sample briefing, made from input/huawei-letter.md:"
    say "  $PWD/briefing/huawei-letter.pdf"
    say "  $PWD/briefing/huawei-letter.epub"
}

case ${1-} in
"") [ $# -eq 0 ] || fail "an empty command; ./build.sh help shows them"
    install_build_packages; build; sample ;;
build) build; say "$PWD/build/brief" ;;
test) install_build_packages; install_test_packages; install_clang_packages libclang-rt-@-dev; build
    CHROMIUM=$(chromium_command) || fail "no Chromium: Ace, which checks the EPUBs, needs one"
    export CHROMIUM
    tests/validate/install.sh
    exec tests/run ;;
fuzz) install_build_packages; install_clang_packages libclang-rt-@-dev; [ -x build/brief ] || build; fuzz "${2-}" "${3-}" ;;
coverage) install_build_packages; install_test_packages; install_clang_packages libclang-rt-@-dev llvm-@; exec tests/coverage.py ;;
sbom) build; sbom; say "$PWD/build/brief.cdx.json" ;;
install) install_build_packages; build; sbom; cmake --install build --prefix "${2:-/usr/local}" ;;
packages) packages ;;
help | --help | -h) usage ;;
*) usage >&2; printf 'build.sh: there is no command "%s"\n' "$1" >&2; exit 2 ;;
esac
