#!/bin/bash
# Makes docs/sample.png, the README's picture, from the PDF of the sample briefing. Needs ./build.sh to have run, poppler-utils, imagemagick.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
build/brief make input/huawei-letter.md --pdf -q --out-dir "$folder"
pdftoppm -r 72 -l 3 -png "$folder/huawei-letter.pdf" "$folder/page"
montage "$folder"/page*.png -tile x1 -geometry +14+14 -background '#d5dadd' "$folder/all.png"
convert "$folder/all.png" -strip -colors 128 docs/sample.png
