#!/usr/bin/env python3
"""vary_names.py - the same texts about other people: names of a text are changed for others of their kind, so that a model
learns what stands around a name and how names look the world over, not the few that the texts hold (Dai and Adel 2020, "An
Analysis of Simple Data Augmentation for Named Entity Recognition"). One name stays one name throughout a text. Words come
from the tables of the project; bodies are put together by the moulds below. Own work."""
import os
import re

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), '../data')
SMALL = {'of', 'the', 'and', 'for', 'de', 'del', 'la', 'van', 'von', 'der', 'bin', 'al', 'in', 'on', '&', '-', 'to', 'at'}
FIELDS = '''Health|Education|Finance|Justice|Defence|Defense|Trade|Agriculture|Energy|Transport|Labour|Tourism|Science|Technology|
Culture|Sports|Environment|Fisheries|Housing|Communications|Foreign Affairs|Home Affairs|the Interior|Water Resources|Social
Development|Human Rights|Civil Aviation|Public Works|Statistics|Elections|Industry|Commerce|Youth Affairs|Mines|Land Reform|
Immigration|Economic Planning|Information|Religious Affairs|Nuclear Safety|Food Security|Oil and Gas|Trade and Industry'''
BODIES = '''Ministry|Department|Commission|Authority|Council|Agency|Board|Committee|Institute|Bureau|Office|Centre|Academy|Directorate'''
COMPANY = '''Group|Holdings|Bank|Insurance|Securities|Capital|Ventures|Media|Motors|Airlines|Energy|Petroleum|Telecom|Futures|Partners|
Pharmaceuticals|Logistics|Mining|Steel|Electronics|Foods|Industries|Technologies|Systems|Investments|Shipping|Resources|Financial|
Electric|Solutions|Labs|Studios|Entertainment|Properties|Construction|Textiles|Cement|Power|Semiconductor|Sugar|Tea|Breweries'''
KINDS = '''National|Federal|Royal|Central|Supreme|United|Democratic|People's|Popular|Islamic|Christian|Liberal|Socialist|Progressive|
Republican|Workers'|Conservative|Revolutionary|Patriotic|General|State|Independent|International|World|African|Asian|Arab|
European|Pacific|Latin American|Northern|Eastern|Southern|Western|New|Green|Free|Reform|Communist'''
BANDS = '''Party|Front|Union|Movement|Alliance|Congress|Army|League|Coalition|Federation|Association|Society|Brigade|Assembly|Guard|
Forces|Police|Parliament|Confederation|Congress of Trade Unions|Court|Foundation|Fund|Trust|Club|Network|Forum'''
PAPERS = '''Times|Post|Herald|Daily|News|Tribune|Gazette|Observer|Star|Mail|Standard|Chronicle|Express|Journal|Today|Monitor|Review'''


def table(name, *columns):
    with open(os.path.join(DATA, name), encoding='utf-8') as f:
        rows = [line.rstrip('\n').split('\t') for line in f if not line.startswith('#')]
    return [[row[rows[0].index(c)] for c in columns] for row in rows[1:]]


class Names:
    """Other names, drawn by a generator of chance numbers."""

    def __init__(self, chance):
        self.chance = chance
        lists = table('name_lists.tsv', 'word', 'use')
        self.given, self.family, self.towns = ([w for w, use in lists if kind in use.split('|')] for kind in ('given', 'family', 'town'))
        self.cities = [n for (n,) in table('places.tsv', 'name')]
        countries = table('countries.tsv', 'name', 'demonyms')
        self.countries = [n for n, _ in countries]
        self.peoples = [d.split('|')[0] for _, d in countries if d]
        self.telling = {w for w, kind in table('name_words.tsv', 'word', 'type') if kind in ('ORG', 'FAC')}
        self.of_places = {w.capitalize() for p, use in table('place_words.tsv', 'phrase', 'use') if use in ('after', 'before')
                          for w in p.split('|')}
        self.fields, self.bodies, self.company, self.kinds, self.bands, self.papers = (
            [w.strip() for w in x.replace('|\n', '|').replace('\n', ' ').split('|')]
            for x in (FIELDS, BODIES, COMPANY, KINDS, BANDS, PAPERS))

    def of(self, some):
        return some[self.chance.randrange(len(some))]

    def often(self, share):
        return self.chance.random() < share

    def invented(self):
        """A word that no list has: "Veltora", "Nusketa", "SolarGo"."""
        if self.often(0.3):
            a, b = self.of(self.of((self.towns, self.family))), self.of(self.of((self.towns, self.family)))
            return a[:self.chance.randrange(2, 5)] + b[self.chance.randrange(1, 4):].lower()
        parts = [self.of('b c d f g h j k l m n p r s t v w z br ch cr dr fl gr kr pl pr sh st tr'.split()) +
                 self.of('a e i o u a e i o ai ia io ou'.split()) for _ in range(self.chance.randrange(1, 4))]
        word = ''.join(parts).capitalize() + self.of(['', '', 'n', 'r', 'x', 's', 'l', 'm', 'tek', 'net', 'com', 'co', 'gas', 'soft', 'mex'])
        return word + self.of(['Go', 'Pay', 'Tel', 'Bank', 'Jet', 'Tech']) if self.often(0.06) else word

    def acronym(self):
        letters = ''.join(self.of('AABCCDDEEFGHIILMNNOPPRSSTTUUVW') for _ in range(self.of((2, 3, 3, 3, 4, 4, 5))))
        return letters[0] + letters[1].lower() + letters[2:] if len(letters) == 3 and self.often(0.05) else letters

    def town(self):
        return self.of(self.cities) if self.often(0.4) else self.of(self.towns)

    def person(self):
        """Words of a name; the last is what the person is called by."""
        given, family = self.of(self.given), self.of(self.family)
        mould = self.chance.random()
        if mould < 0.62:
            return [given, family]
        if mould < 0.72:
            return [given, self.of(self.given), family]
        if mould < 0.78:
            return [given, self.of(self.family), family]
        if mould < 0.83:
            return [given, self.of(self.given)[0] + '.', family]
        if mould < 0.88:
            return [given, self.of(('al-', 'Al-', 'el-')) + family]
        if mould < 0.92:
            return [given, self.of(('bin', 'de', 'da', 'van', 'Abu', 'Ibn', 'dos')), family]
        return [family, given + '-' + self.of(self.given).lower()]

    def body(self, definite):
        """The name of a body; definite: "the" stands before it."""
        mould = self.chance.random()
        place = self.of((self.town, lambda: self.of(self.countries)))
        if mould < (0.35 if definite else 0.12):
            return self.acronym()
        if definite or self.often(0.3):
            return self.of((
                lambda: self.of(self.bodies) + ' of ' + self.of(self.fields),
                lambda: self.of(self.fields).replace('the ', '') + ' ' + self.of(self.bodies),
                lambda: self.of(self.kinds) + ' ' + self.of(self.bands),
                lambda: self.of(self.kinds) + ' ' + self.of(self.kinds) + ' ' + self.of(self.bands),
                lambda: place() + ' ' + self.of(self.papers),
                lambda: self.of(self.peoples) + ' ' + self.of(self.bands + self.bodies),
                lambda: place() + ' ' + self.of(self.fields).replace('the ', '') + ' ' + self.of(self.bodies),
                lambda: self.of(self.bands) + ' for ' + self.of(self.fields),
                lambda: 'University of ' + place(),
                lambda: self.of(self.kinds) + ' ' + self.of(self.bodies) + ' of ' + place()))()
        return self.of((
            self.invented, self.invented, self.invented,
            lambda: self.invented() + ' ' + self.of(self.company),
            lambda: self.invented() + ' ' + self.invented(),
            lambda: place() + ' ' + self.of(self.company),
            lambda: self.of(self.family) + ' ' + self.of(self.company) + self.of(('', '', ' Ltd', ' Inc.', ' Co', ' Bhd')),
            lambda: place() + ' University',
            lambda: place() + ' ' + self.of(('United', 'City', 'FC', 'Rovers', 'Hospital', 'High School', 'College', 'Museum')),
            lambda: self.of(self.kinds) + ' ' + self.of(self.company)))()

    def landmark(self):
        """Water, land or a building: "Lake Talo", "Port of Miri", "Otavi Road"."""
        town, person = self.town(), self.of(self.given) + ' ' + self.of(self.family)
        return self.of((
            lambda: town + ' ' + self.of(('River', 'Bay', 'Island', 'Valley', 'Peninsula', 'Desert', 'Hills', 'Province', 'County', 'District',
                                          'Strait', 'Plateau', 'Forest', 'Falls', 'Reserve', 'Township', 'Basin', 'Region', 'Coast', 'Governorate')),
            lambda: town + ' ' + self.of(('Airport', 'International Airport', 'Port', 'Bridge', 'Hospital', 'Stadium', 'Station', 'Prison',
                                          'Dam', 'National Park', 'Railway Station', 'Square', 'Museum', 'Temple', 'Mosque', 'Power Plant',
                                          'Road', 'Street', 'Avenue', 'Expressway', 'Market', 'Palace', 'Industrial Park', 'Naval Base')),
            lambda: self.of(('Lake ', 'Mount ', 'Port of ', 'Gulf of ', 'Cape ', 'Bay of ', 'Sea of ', 'Strait of ', 'Fort ')) + town,
            lambda: person + ' ' + self.of(('Stadium', 'Airport', 'International Airport', 'Bridge', 'Hospital', 'Street', 'Square', 'Park')),
            lambda: self.of(('Great ', 'Upper ', 'Lower ', 'Old ', 'New ', 'North ', 'South ', 'East ', 'West ', 'Saint ')) + self.of(self.towns),
            lambda: self.of(('Red', 'Black', 'Blue', 'Golden', 'White', 'Twin', 'Holy', 'Silver', 'Snow', 'Salt', 'Coral', 'Dragon')) + ' ' +
            self.of(('River', 'Mountain', 'Lake', 'Island', 'Beach', 'Bridge', 'Hill', 'Mosque', 'Garden', 'Gate', 'House', 'Reef', 'Sea'))))()

    def fill(self, mould):
        """A text of a mould (name_moulds.txt) with names in it: text, spans."""
        said, out, spans, length = {}, [], [], 0
        makers = {'P': lambda: ' '.join(self.person()), 'Q': lambda: ' '.join(self.person()), 'C': lambda: self.of(self.countries),
                  'T': self.town, 'F': self.landmark, 'D': lambda: self.of(self.peoples), 'B': lambda: self.body(True),
                  'K': lambda: self.body(False), 'A': self.acronym,
                  'N': lambda: self.town() + ' ' + self.of(self.papers) if self.often(0.6) else self.invented()}
        for i, piece in enumerate(re.split(r'\{(\w+)\}', mould)):
            if i % 2:
                slot, again = piece[0], piece[1:] or piece in 'LM'
                if piece in 'LM':
                    name = said['PQ'['LM'.index(piece)]].split()[-1]
                else:
                    name = again and said.get(slot) or makers[slot]()
                    said[slot] = said.get(slot, name) if slot in 'BKA' else name
                kind = {'P': 'PER', 'Q': 'PER', 'L': 'PER', 'M': 'PER', 'C': 'LOC', 'T': 'LOC', 'F': 'LOC', 'D': ''}.get(slot, 'ORG')
                if kind:
                    spans.append((length, length + len(name), kind))
                piece = name
            out.append(piece)
            length += len(piece)
        return ''.join(out), spans

    def place(self, old):
        """Another place; words such as "River" and the points of the compass stay."""
        kept = [w in self.of_places or w in self.telling or w.lower() in SMALL or w in KINDS or not w[:1].isupper() for w in old]
        if len(old) == 1 or not any(kept):
            return [self.of(self.countries) if self.often(0.2) else self.landmark() if self.often(0.1) else self.town()]
        return [w if keep else (self.town() if not any(kept[:i]) else self.of(self.towns)) for i, (w, keep) in enumerate(zip(old, kept))]


def moulds():
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'name_moulds.txt'), encoding='utf-8') as f:
        return [line.rstrip('\n') for line in f if line.strip() and not line.startswith('#')]


def another(names, kind, old, known, definite):
    """Another name for the words of an old one. known: what words and names of this text have become."""
    if kind == 'PER':
        if len(old) == 1:
            return known.get(('word', old[0])) or [names.of(names.given) if names.often(0.3) else names.of(names.family)]
        new = names.person()
        known.setdefault(('word', old[-1]), new[-1:])
        known.setdefault(('word', old[0]), new[:1])
        return new
    if kind == 'LOC':
        return names.place(old)
    if len(old) == 1 and old[0].isupper() and len(old[0]) < 6:
        return [names.acronym()]
    if len(old) == 1 and old[0] in names.telling:
        return old  # "Parliament"
    return names.body(definite).split()


def vary(text, spans, names, share=0.8):
    """A text and its names (start, end, kind), both changed."""
    known, out, new_spans, at = {}, [], [], 0
    order = sorted(spans, key=lambda s: -len(text[s[0]:s[1]].split()))
    for start, end, kind in order:
        old = text[start:end]
        if (kind, old) not in known:
            stays = not names.often(share) or '\n' in old
            definite = text[max(0, start - 4):start].lower() == 'the '
            new = None if stays else ' '.join(another(names, kind, old.split(), known, definite))
            known[(kind, old)] = old if stays else new.upper() if old.isupper() and len(old) > 6 else new
    length = 0
    for start, end, kind in sorted(spans):
        if start < at:
            continue
        piece, name = text[at:start], known[(kind, text[start:end])]
        out += [piece, name]
        new_spans.append((length + len(piece), length + len(piece) + len(name), kind))
        length += len(piece) + len(name)
        at = end
    return ''.join(out) + text[at:], new_spans
