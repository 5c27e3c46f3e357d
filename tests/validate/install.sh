#!/bin/bash
# Fetches the judges: veraPDF and EPUBCheck with Maven, Ace and the schema of SARIF with npm; and compiles the two programs beside this script.
# They are kept outside the project, in $BRIEF_VALIDATORS or ~/.cache/brief-validators, and fetched again only when the versions
# change. Needs java, javac, mvn, npm. Prints nothing when there is nothing to do.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=${BRIEF_VALIDATORS:-${XDG_CACHE_HOME:-$HOME/.cache}/brief-validators}
ace=1.4.6
sarif=1.0.0-beta.0 # of @microsoft/jest-sarif, which carries the schema

stamp() { cat "$@" | cksum | tr ' ' '-'; }
jars=$cache/jars-$(stamp "$here/pom.xml")
classes=$here/../../build/validators
node=$cache/ace-$ace

if [ ! -e "$jars/done" ]; then
    echo "Fetching veraPDF and EPUBCheck into $jars"
    mkdir -p "$jars"
    mvn -q -B -Dstyle.color=never -f "$here/pom.xml" dependency:copy-dependencies -DoutputDirectory="$jars" -Dproject.build.directory="$jars/target"
    touch "$jars/done"
fi
if [ ! -e "$node/done" ]; then
    echo "Fetching Ace into $node"
    mkdir -p "$node"
    # Chromium comes from the system: no browser is to be fetched beside it.
    PUPPETEER_SKIP_DOWNLOAD=1 PUPPETEER_SKIP_CHROMIUM_DOWNLOAD=1 npm install --prefix "$node" --no-audit --no-fund --silent "@daisy/ace-core@$ace" "@daisy/ace-axe-runner-puppeteer@$ace"
    touch "$node/done"
fi
schema=$cache/sarif-$sarif
if [ ! -e "$schema/done" ]; then
    echo "Fetching the schema of SARIF into $schema"
    mkdir -p "$schema"
    (cd "$schema" && npm pack --silent "@microsoft/jest-sarif@$sarif" >/dev/null && tar -xzf ./*.tgz package/lib/schemas)
    touch "$schema/done"
fi
mkdir -p "$classes"
if [ ! -e "$classes/EpubRun.class" ] || [ "$here/VeraRun.java" -nt "$classes/VeraRun.class" ] || [ "$here/EpubRun.java" -nt "$classes/EpubRun.class" ]; then
    javac -cp "$jars/*" -d "$classes" "$here/VeraRun.java" "$here/EpubRun.java"
fi
printf '%s\n' "$classes:$jars/*" >"$classes/class-path"
printf '%s\n' "$node/node_modules" >"$classes/ace"
printf '%s\n' "$schema/package/lib/schemas/sarif-2.1.0-rtm.5.json" >"$classes/sarif-schema"
