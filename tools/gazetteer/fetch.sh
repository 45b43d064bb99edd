#!/bin/sh
# fetch.sh DIR - the packages that make.py reads, in the versions pinned here: npm's under DIR/node_modules, Debian's unpacked
# under DIR/debian.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1/debian"
cp "$here/package.json" "$here/package-lock.json" "$1/"
cd "$1"
npm ci --ignore-scripts --no-audit --no-fund --silent
for p in weather-util-data=2.4.4-2 libtimezonemap-data=0.4.6-3 libgeonames-common=0.3.0-1; do
    [ -f "${p%%=*}.deb" ] || { apt-get download "$p" >/dev/null && mv "${p%%=*}"_*.deb "${p%%=*}.deb"; }
    dpkg-deb -x "${p%%=*}.deb" debian
done
