#!/bin/sh
# fuzz.sh BUILD SECONDS - runs every fuzz target from its seeds for so many seconds; any finding ends with its status.
set -eu
build=$1
seconds=$2
here=$(dirname "$0")
n=0
for target in "$build"/fuzz_*; do
    [ -f "$target" ] && [ -x "$target" ] || continue
    name=$(basename "$target")
    work="$build/corpus/$name"
    mkdir -p "$work"
    seeds="$here/seeds/${name#fuzz_}"
    [ -d "$seeds" ] || seeds=""
    echo "$name: $seconds s"
    SILLOK_PACK="$build/sillok.pack" "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=65536 \
        -artifact_prefix="$build/" "$work" $seeds >"$build/$name.log" 2>&1 || { tail -40 "$build/$name.log"; exit 1; }
    n=$((n + 1))
done
echo "$n fuzz targets ran $seconds s each without a finding"
[ "$n" -gt 0 ]
