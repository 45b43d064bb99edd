#!/bin/sh
# test_install.sh BUILD SOURCE - installs the build into an empty folder and uses it from there: the program finds its pack, the
# pages and completions are there and sound, and a program of others compiles, links and reads a report with pkg-config's help.
set -eu
build=$1
source=$2
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT INT TERM
fail() { echo "FAIL: $*"; exit 1; }

DESTDIR="$root" meson install -C "$build" --no-rebuild --quiet >"$root/log" 2>&1 || { cat "$root/log"; fail "meson install"; }
program=$(find "$root" -type f -name sillok -perm -u+x | head -1)
prefix=$(dirname "$(dirname "$program")")
[ -n "$program" ] || fail "no program was installed"

[ "$("$program" --version)" = "sillok $(sed -n 's/^#define SLK_VERSION "\(.*\)"/\1/p' "$prefix/include/sillok.h")" ] ||
    fail "--version and header do not agree"
env -u SILLOK_PACK HOME="$root" "$program" doctor --format json >"$root/doctor" || fail "doctor"
grep -q "$prefix/share/sillok/sillok.pack" "$root/doctor" || fail "the program does not use the pack beside it"

for page in sillok sillok-read sillok-add sillok-events sillok-show sillok-timeline sillok-check sillok-export sillok-doctor sillok-watch sillok-serve; do
    [ -s "$prefix/share/man/man1/$page.1" ] || fail "no manual page $page"
done
bash -n "$prefix/share/bash-completion/completions/sillok.bash" || fail "bash completion"
[ -s "$prefix/share/zsh/site-functions/_sillok" ] || fail "zsh completion"
[ -s "$prefix/share/fish/vendor_completions.d/sillok.fish" ] || fail "fish completion"

pc=$(find "$root" -name sillok.pc | head -1)
PKG_CONFIG_PATH=$(dirname "$pc")
export PKG_CONFIG_PATH
flags=$(pkg-config --define-variable=prefix="$prefix" --cflags --libs sillok) || fail "pkg-config"
libs=$(dirname "$(find "$root" -name 'libsillok.so' | head -1)")
sanitize=""
nm -D "$libs/libsillok.so" | grep -q __asan && sanitize="-fsanitize=address,undefined"
# shellcheck disable=SC2086
cc -Wall -Wextra -Werror $sanitize "$source/examples/embed.c" $flags -o "$root/embed" || fail "examples/embed.c does not compile"
LD_LIBRARY_PATH=$libs SILLOK_PACK="$prefix/share/sillok/sillok.pack" "$root/embed" 2027-03-10 <"$source/examples/story.txt" >"$root/out" ||
    fail "embed cannot read the example"
grep -q "^weapon-test.*actor=North Korea.*count=two" "$root/out" || { cat "$root/out"; fail "embed did not find the launch"; }
echo "installed, found and embedded"
