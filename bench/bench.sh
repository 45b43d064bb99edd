#!/bin/sh
# bench.sh BUILD [REPORTS] [PEER] - how fast `sillok read` is. REPORTS is a file of JSON lines or a folder of texts (the examples
# without it), repeated to 100 MB of text. Prints speed on one core and on all, peak memory, start-up, the share of the stations,
# and the ratio to a peer in the same run: by default Python's json and re modules that only find words and numbers; with PEER =
# compromise the npm package of that name (fetched into a temporary folder), which tags words and finds names, dates and numbers.
set -eu
build=$1
here=$(dirname "$0")
reports=${2:-$here/../examples/reports.jsonl}
peer=${3:-python}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
if [ "$peer" = compromise ]; then
    npm install --silent --no-fund --no-audit --prefix "$work" compromise@14 compromise-dates@3 >/dev/null
    cp "$here/peer.js" "$work/"
fi
SILLOK_PACK="$build/sillok.pack" python3 "$here/bench.py" "$build/sillok" "$reports" "$work" "$peer"
