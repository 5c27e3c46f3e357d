#!/bin/bash
# Runs fuzz targets, one after the other: tests/fuzz/fuzz.sh TARGET SECONDS [OPTION…]. What is learnt stays in build/fuzz/corpus/TARGET,
# what is found in build/fuzz/artifacts/TARGET-…. With 0 seconds it goes as far as -runs=N says, from the seeds alone, and keeps nothing.
# Ends with the target's status.
set -euo pipefail
cd "$(dirname "$0")/../.."

target=$1 seconds=$2
shift 2
case $target in
markdown) most=1024 ;;
diff) most=2048 ;;
sheet | project) most=2048 ;;
png | jpeg) most=8192 ;;
font) most=16384 ;;
pdf | epub) most=32768 ;;
*) printf 'fuzz.sh: there is no target "%s"\n' "$target" >&2; exit 2 ;;
esac
mkdir -p "build/fuzz/corpus/$target" build/fuzz/artifacts
[ -d "build/fuzz/seeds/$target" ] || tests/fuzz/seeds.py "$target"
corpus=()
[ "$seconds" -eq 0 ] || corpus=("build/fuzz/corpus/$target")
found=()
[ ! -d "tests/fuzz/found/$target" ] || found=("tests/fuzz/found/$target")
dictionary=()
[ ! -f "tests/fuzz/$target.dict" ] || dictionary=("-dict=tests/fuzz/$target.dict")
# Entropic schedules cost more than they bring: they weigh every input again when one is found.
exec "build/fuzz/fuzz_$target" -max_total_time="$seconds" -max_len="$most" -timeout=25 -rss_limit_mb=3000 -malloc_limit_mb=2000 -entropic=0 \
    -reload=0 -close_fd_mask=3 -print_final_stats=1 -artifact_prefix="build/fuzz/artifacts/$target-" "${dictionary[@]}" "$@" \
    "${corpus[@]}" "build/fuzz/seeds/$target" "${found[@]}"
