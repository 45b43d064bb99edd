#!/usr/bin/env python3
"""Makes data/land.tsv.zst, where on earth is land and whose: land.py PACKAGES OUT

From the polygons of countries at 1:10 million of Natural Earth (public domain) as world-atlas (npm) has them. The earth is cut into
5,400 rows, each read along its middle: a row is a list of runs, each from where the one before it ends, in 1/182 of a degree of
longitude from 180 west on. See HEAD. Packages as make.py wants them.
"""
import json, subprocess, sys
from collections import defaultdict

HEAD = """# Land and sea: rows of a thirtieth of a degree from south to north. Made by ./run gazetteer.
# row   0 is read at latitude -90 + 1/60, 1 at -90 + 3/60, ...; rows that are all sea are left out
# runs  LENGTH CODE LENGTH CODE ... from longitude -180 on: length in 1/182 of a degree; ISO 3166-1 alpha-2 of the country, ** of land that is
#       nobody's or disputed, - of sea; after the last run comes sea
# Licence: Natural Earth, public domain (naturalearthdata.com), by way of world-atlas.
row\truns
"""
UNCODED = {'Somaliland': 'SO', 'Kosovo': 'XK', 'USNB Guantanamo Bay': 'CU', 'N. Cyprus': 'CY', 'Cyprus U.N. Buffer Zone': 'CY',
           'Dhekelia': 'CY', 'Akrotiri': 'CY', 'Baikonur': 'KZ', 'Indian Ocean Ter.': 'AU', 'Coral Sea Is.': 'AU', 'Clipperton I.': 'FR'}
PER_DEGREE, COLUMNS = 30, 182


def codes(path):
    """ISO 3166-1 numeric to alpha-2."""
    out = {}
    for line in open(path, encoding='utf-8'):
        c = line.split('\t')
        if line[0] != '#' and len(c) > 2: out[int(c[2])] = c[0]
    return out


def arcs_of(topology):
    sx, sy = topology['transform']['scale']
    tx, ty = topology['transform']['translate']
    for arc in topology['arcs']:
        x = y = 0
        points = []
        for dx, dy in arc:
            x += dx; y += dy
            points.append((x * sx + tx, y * sy + ty))
        yield points


def rings_of(geometry, arcs):
    polygons = geometry['arcs'] if geometry['type'] == 'MultiPolygon' else [geometry['arcs']] if geometry['type'] == 'Polygon' else []
    for polygon in polygons:
        for ring in polygon:
            points = []
            for a in ring: points += (arcs[a] if a >= 0 else arcs[~a][::-1])
            yield unwrapped(points)


def unwrapped(points):
    """A ring that crosses 180 degrees goes on eastward or westward; one around a pole stays as it is."""
    out, shift, before = [], 0, points[0][0]
    for x, y in points:
        if x - before > 180: shift -= 360
        if x - before < -180: shift += 360
        before = x
        out.append((x + shift, y))
    return out if abs(out[-1][0] - out[0][0]) < 180 else points


def split(a, b, code):
    """A run in columns from 180 west on, cut where it crosses 180 degrees."""
    whole = 360 * COLUMNS
    for turn in (-whole, 0, whole):
        left, right = max(a + turn, 0), min(b + turn, whole)
        if right > left: yield left, right, code


def main(packages, out):
    topology = json.load(open(packages + '/node_modules/world-atlas/countries-10m.json'))
    arcs, numeric = list(arcs_of(topology)), codes(packages + '/debian/usr/share/libtimezonemap/ui/countryInfo.txt')
    rows = defaultdict(list)
    for g in topology['objects']['countries']['geometries']:
        code = numeric.get(int(g['id']), '**') if g.get('id') else UNCODED.get(g['properties']['name'], '**')
        crossings = defaultdict(list)
        for ring in rings_of(g, arcs):
            for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1]):
                if y0 == y1: continue
                low, high = min(y0, y1), max(y0, y1)
                row = int((low + 90) * PER_DEGREE - 0.5) - 1
                while (y := -90 + (row + 0.5) / PER_DEGREE) < high:
                    if y >= low: crossings[row].append(x0 + (y - y0) / (y1 - y0) * (x1 - x0))
                    row += 1
        for row, xs in crossings.items():
            xs = sorted(round((x + 180) * COLUMNS) for x in xs)
            rows[row] += [part for a, b in zip(xs[::2], xs[1::2]) for part in split(a, b, code)]
    for row in range(min(rows)): rows[row] = [(0, 360 * COLUMNS, 'AQ')]  # the polygons end short of the pole
    lines = []
    for row in sorted(rows):
        at, runs = 0, []
        for a, b, code in sorted(rows[row]):
            a = max(a, at)
            if b <= a: continue
            if a > at: runs.append([a - at, '-'])
            if runs and runs[-1][1] == code: runs[-1][0] += b - a
            else: runs.append([b - a, code])
            at = b
        lines.append('%d\t%s' % (row, ' '.join('%d %s' % (n, c) for n, c in runs)))
    text = (HEAD + '\n'.join(lines) + '\n').encode()
    subprocess.run(['zstd', '-q', '-f', '--ultra', '-22', '-o', out], input=text, check=True)
    print('%d rows, %d runs, %d bytes of text' % (len(lines), sum(l.count(' ') + 1 for l in lines) // 2, len(text)))


if __name__ == '__main__':
    main(sys.argv[1], sys.argv[2])
