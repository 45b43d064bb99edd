#!/usr/bin/env python3
"""prepare_names.py DATA OUT - texts with their names for train-names: OUT/gum.txt, OUT/crossner.txt (what weights may be
trained on), the same about other people (varied.txt, see vary_names.py), and OUT/SET.txt for every set of DATA/names that has
gold (to measure only; ww-* is never trained on).

Conventions are brought into one: titles stand outside names of persons, "Town, State" are two names, peoples are no names; a
country is a name also where it stands within the mention of something else ("the government of Ghana"), which GUM leaves out."""
import collections
import json
import os
import random
import re
import sys

import vary_names

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
    return {w for (cell,) in vary_names.table('countries.tsv', 'demonyms') for w in cell.split('|')}


def countries():
    """A pattern for countries and capitals."""
    rows = vary_names.table('countries.tsv', 'name', 'aliases', 'capital')
    found = {n for row in rows for cell in row for n in cell.split('|') if n and not n.startswith('the ')}
    return re.compile(r'\b(?:%s)(?!\w)' % '|'.join(re.escape(n) for n in sorted(found, key=lambda n: (-len(n), n))))


def gum(data):
    """The texts of GUM that weights may be trained on, each with its names."""
    folk, states = peoples(), countries()
    docs, spans = gold_of(os.path.join(data, 'names/gum-train'))
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
        kept += [(*m.span(), 'LOC') for m in states.finditer(text) if not any(s < m.end() and m.start() < e for s, e, _ in kept)]
        yield text, kept


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


def crossner(data):
    """The sentences of CrossNER, each with its names."""
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
                yield text, spans


def main():
    data, out = sys.argv[1:3]
    os.makedirs(out, exist_ok=True)
    texts = {'gum': list(gum(data)), 'crossner': list(crossner(data))}
    for name in texts:
        with open(os.path.join(out, name + '.txt'), 'wb') as o:
            for text, spans in texts[name]:
                write(o, text, spans)
    others = vary_names.Names(random.Random(1))
    with open(os.path.join(out, 'varied.txt'), 'wb') as o:
        for text, spans in (texts['gum'] + texts['crossner']) * 2:
            write(o, *vary_names.vary(text, spans, others))
        for mould in vary_names.moulds() * 25:
            write(o, *others.fill(mould))
    for name in sorted(os.listdir(os.path.join(data, 'names'))):
        folder = os.path.join(data, 'names', name)
        if not os.path.exists(os.path.join(folder, 'gold.jsonl')):
            continue
        docs, spans = gold_of(folder)
        with open(os.path.join(out, name + '.txt'), 'wb') as o:
            for i, doc in docs.items():
                write(o, doc['text'], [(s, e, WW[k]) for s, e, k in spans[i] if k in WW])


main()
