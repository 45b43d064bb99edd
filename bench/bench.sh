#!/bin/sh
# bench.sh BUILD [REPORTS.jsonl] - speed of `sillok read`: MB of text and reports a second and peak memory, over reports repeated
# to 100 MB (the examples without a second argument), on all cores and on one; against a peer in the same run: the time that
# Python's json and re modules take only to parse the same lines and to find the words and numbers in them.
set -eu
build=$1
here=$(dirname "$0")
reports=${2:-$here/../examples/reports.jsonl}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
SILLOK_PACK="$build/sillok.pack" python3 "$here/bench.py" "$build/sillok" "$reports" "$work/reports.jsonl"
