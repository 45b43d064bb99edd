#!/usr/bin/env python3
"""prepare_names.py DATA OUT - texts with their names for train-names: OUT/gum.txt, OUT/crossner.txt (what weights may be
trained on) and OUT/SET.txt for every set of DATA/names that has gold (to measure only; ww-* is never trained on).

Conventions are brought into one: titles stand outside names of persons, "Town, State" are two names, peoples are no names."""
import collections
import json
import os
import re
import sys

GENRES = ('news', 'interview', 'speech', 'academic', 'textbook', 'vlog', 'conversation', 'court', 'bio', 'voyage')
CROSSNER = {'politician': 'PER', 'person': 'PER', 'politicalparty': 'ORG', 'organisation': 'ORG', 'country': 'LOC', 'location': 'LOC'}
WW = {'Person': 'PER', 'Organization': 'ORG', 'Location': 'LOC', 'Facility': 'LOC', 'PER': 'PER', 'ORG': 'ORG', 'LOC': 'LOC'}
TITLES = re.compile(r"^(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|President|Vice President|Senator|Sen\.|Rep\.|Representative|Captain|"
                    r"Capt|Colonel|Col|General|Gen|Major|Lieutenant|Lt|Sergeant|Sgt|Judge|Justice|Chief Justice|Secretary|Prime Minister|"
                    r"Minister|Governor|Gov|Mayor|Sir|Lord|Lady|Dame|King|Queen|Prince|Princess|Emperor|Pope|Bishop|Archbishop|"
                    r"Saint|Rev|Reverend|Father|Sister|Uncle|Aunt|Chairman|Chancellor|Ambassador|Congressman|Coach)\.? )+(?=[A-Z])")


def lines(path):
    with open(path, encoding='utf-8') as f:
        return [json.loads(line) for line in f]


def gold_of(folder):
    docs = {d['id']: d for d in lines(os.path.join(folder, 'docs.jsonl'))}
    spans = collections.defaultdict(list)
    for g in lines(os.path.join(folder, 'gold.jsonl')):
        spans[g['doc']].append((g['start'], g['end'], g['type']))
    return docs, spans


def write(o, text, spans):
    data = text.encode()
    o.write(b'D %d\n' % len(data) + data + b'\n')
    for start, end, kind in sorted(spans):
        o.write(b'S %d %d %s\n' % (len(text[:start].encode()), len(text[:end].encode()), kind.encode()))


def peoples():
    """Words for the people of countries, from the table of the project."""
    found = set()
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), '../data/countries.tsv'), encoding='utf-8') as f:
        for line in f:
            cells = line.rstrip('\n').split('\t')
            found |= set(cells[4].split('|')) if not line.startswith('#') and len(cells) > 5 else set()
    return found


def gum(data, out):
    folk = peoples()
    docs, spans = gold_of(os.path.join(data, 'names/gum-train'))
    with open(os.path.join(out, 'gum.txt'), 'wb') as o:
        for name, doc in docs.items():
            if name.split('_')[1] not in GENRES:
                continue
            text, kept = doc['text'], []
            for start, end, kind in spans[name]:
                words = text[start:end]
                if words in folk:
                    continue
                if kind == 'PER':
                    start += len(TITLES.match(words).group()) if TITLES.match(words) else 0
                if kind == 'LOC' and ', ' in words:
                    for piece in re.finditer(r'[^,]+', words):
                        lead = len(piece.group()) - len(piece.group().lstrip())
                        kept.append((start + piece.start() + lead, start + piece.end(), kind))
                    continue
                kept.append((start, end, kind))
            write(o, text, kept)


def joined(words):
    """A sentence as it is printed, and where its words stand in it."""
    text, places, quote = '', [], False
    for w in words:
        tight = not text or re.fullmatch(r"[.,;:!?%)\]}]|'s|n't|'(re|ve|ll|d|m)", w) or text[-1] in '([{$' or (text[-1] == '"' and quote)
        if w == '"':
            tight, quote = (True, False) if quote else (not text, True)
        text += '' if tight else ' '
        places.append((len(text), len(text) + len(w)))
        text += w
    return text, places


def crossner(data, out):
    with open(os.path.join(out, 'crossner.txt'), 'wb') as o:
        for part in ('train', 'dev', 'test'):
            with open(os.path.join(data, 'names/crossner-politics', part + '.txt'), encoding='utf-8') as f:
                for block in f.read().split('\n\n'):
                    cells = [line.split('\t') for line in block.split('\n') if '\t' in line]
                    if not cells:
                        continue
                    text, places = joined([c[0] for c in cells])
                    spans = []
                    for (start, end), (_, tag) in zip(places, cells):
                        kind = CROSSNER.get(tag[2:])
                        if kind and tag[0] == 'I' and spans and spans[-1][2] == kind:
                            spans[-1] = (spans[-1][0], end, kind)
                        elif kind:
                            spans.append((start, end, kind))
                    write(o, text, spans)


def main():
    data, out = sys.argv[1:3]
    os.makedirs(out, exist_ok=True)
    gum(data, out)
    crossner(data, out)
    for name in sorted(os.listdir(os.path.join(data, 'names'))):
        folder = os.path.join(data, 'names', name)
        if not os.path.exists(os.path.join(folder, 'gold.jsonl')):
            continue
        docs, spans = gold_of(folder)
        with open(os.path.join(out, name + '.txt'), 'wb') as o:
            for i, doc in docs.items():
                write(o, doc['text'], [(s, e, WW[k]) for s, e, k in spans[i] if k in WW])


main()
