#!/bin/sh
# demo.sh SILLOK - the whole way on the example reports: read one, record all, show one event and the timeline.
set -eu
sillok=$1
here=$(dirname "$0")
ledger=$(mktemp -d)
trap 'rm -rf "$ledger"' EXIT INT TERM
echo "\$ sillok read story.txt --published 2027-03-10"
"$sillok" read --format text "$here/story.txt" --published 2027-03-10
echo
echo "\$ sillok add reports.jsonl"
"$sillok" add --ledger "$ledger/demo.db" "$here/reports.jsonl"
echo
event=$("$sillok" events --ledger "$ledger/demo.db" --format jsonl --type weapon-test --actor PRK --since 2027-03-10 --until 2027-03-10 |
    sed -n '1s/^{"id":"\([^"]*\)".*/\1/p')
echo "\$ sillok show $event"
"$sillok" show --ledger "$ledger/demo.db" "$event"
echo
echo "\$ sillok timeline"
"$sillok" timeline --ledger "$ledger/demo.db"
echo
echo "\$ sillok check"
"$sillok" check --ledger "$ledger/demo.db"
