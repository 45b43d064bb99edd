#!/bin/sh
# bench.sh BUILD [REPORTS] [PEER] - how fast `sillok read` is. REPORTS is a file of JSON lines or a folder of texts (the examples
# without it), repeated to 100 MB of text. Prints the speed of the language station with every kernel of its net, its ratio to
# wink-nlp (npm), which tags and makes no trees, and its instructions a word (callgrind); the speed of the measuring station and its
# ratios to chrono-node and compromise (npm), which find dates, and dates and numbers; then of a whole reading: speed on one core and on all, peak memory, start-up, the share of the stations,
# and the ratio to a peer in the same run: by default Python's json and re modules that only find words and numbers; with PEER =
# compromise the npm package of that name (fetched into a temporary folder), which tags words and finds names, dates and numbers.
# At last how fast pages are read, beside Readability; PAGES=FILE (JSON lines with "html") in place of pages made of the examples.
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
# into the build folder, never into the repository: wink-nlp and its model, both MIT
if [ ! -d "$build/wink/node_modules/wink-nlp" ] && command -v npm >/dev/null; then
    npm install --silent --no-fund --no-audit --prefix "$build/wink" wink-nlp@2 wink-eng-lite-web-model@1 >/dev/null || true
fi
if [ ! -d "$build/dates/node_modules/chrono-node" ] && command -v npm >/dev/null; then # MIT, both
    npm install --silent --no-fund --no-audit --prefix "$build/dates" chrono-node@2 compromise@14 compromise-dates@3 >/dev/null || true
fi
if [ -d "$build/dates" ]; then cp "$here/dates.js" "$build/dates/"; fi
if [ -d "$build/wink" ]; then cp "$here/wink.js" "$build/wink/"; fi
SILLOK_PACK="$build/sillok.pack" python3 "$here/bench.py" "$build/sillok" "$reports" "$work" "$peer"
# Mozilla's Readability (Apache-2.0) with both makers of trees that are used with it (jsdom MIT, linkedom ISC)
if [ ! -d "$build/readability/node_modules/@mozilla/readability" ] && command -v npm >/dev/null; then
    npm install --silent --no-fund --no-audit --prefix "$build/readability" @mozilla/readability@0.6 jsdom@26 linkedom@0.18 >/dev/null || true
fi
if [ -d "$build/readability" ]; then cp "$here/readability.js" "$build/readability/"; fi
SILLOK_PACK="$build/sillok.pack" python3 "$here/pages.py" "$build/bench-pages" "$build/readability" "$work" ${PAGES:+"$PAGES"}
