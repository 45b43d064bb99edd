#!/bin/sh
# writes.sh SILLOK FILE - what happens when the output cannot be written: a full disk is said and ends with status 1, a reader that
# has gone away ends the run quietly with status 1. Never a signal, never silence about lost output.
set -u
sillok=$1
file=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# check NAME STATUS WANTED-STATUS PATTERN : the message lies in $work/err; PATTERN "" wants none
check() {
    if [ "$2" -ne "$3" ]; then echo "$1: status $2 instead of $3"; failed=1; fi
    if [ -z "$4" ] && [ -s "$work/err" ]; then echo "$1: said $(cat "$work/err")"; failed=1; fi
    if [ -n "$4" ] && ! grep -q "$4" "$work/err"; then echo "$1: did not say \"$4\": $(cat "$work/err")"; failed=1; fi
    if [ "$(grep -c . "$work/err")" -gt 1 ]; then echo "$1: said more than one line"; failed=1; fi
}

for format in text json jsonl; do
    "$sillok" read --format $format "$file" >/dev/full 2>"$work/err"
    check "full disk, $format" $? 1 "standard output: No space left on device"
done
"$sillok" --help >/dev/full 2>"$work/err"
check "full disk, help" $? 70 "standard output: No space left on device"

# a reader that takes nothing: the status comes through a file, since the shell gives only that of the last command
big="$work/big.jsonl"
i=0
while [ $i -lt 400 ]; do
    printf '{"id": "r%d", "published": "2027-03-10", "text": "Iran fired a missile on Tuesday, the army said."}\n' $i
    i=$((i + 1))
done >"$big"
{
    "$sillok" read --format jsonl "$big" 2>"$work/err"
    echo $? >"$work/status"
} | true
check "reader gone" "$(cat "$work/status")" 1 ""

"$sillok" read "$work/no-such-file" >/dev/null 2>"$work/err"
check "no such file" $? 1 "no-such-file: .*No such file or directory"
"$sillok" read "$work" >/dev/null 2>"$work/err"
check "a folder" $? 1 "directory"
"$sillok" read "$file" <&- >&- 2>"$work/err"
check "no standard output at all" $? 1 "standard output: Bad file descriptor"
[ $failed -eq 0 ] && echo "writes: all as they should be"
exit $failed
