#!/usr/bin/env python3
"""prepare.py DATA OUT - puts the names of the corpora into the trees: writes OUT/gum.conllu, OUT/gum-dev.conllu and the
latter by genre (trees of GUM, NER= in the last column) and OUT/names.conllu (sentences of CrossNER politics: names only, no trees). The trainer reads them.

DATA holds language/gum-train, names/gum-train, the same for gum-dev, and names/crossner-politics. To train on, only the genres of
GUM are taken whose texts may be used in trained weights."""
import json
import os
import sys

GENRES = ('news', 'interview', 'speech', 'academic', 'textbook', 'vlog', 'conversation', 'court', 'bio', 'voyage')
CROSSNER = {'politician': 'PER', 'person': 'PER', 'politicalparty': 'ORG', 'organisation': 'ORG', 'country': 'LOC', 'location': 'LOC'}


def lines(path):
    with open(path, encoding='utf-8') as f:
        return [json.loads(line) for line in f]


def spans_of(folder):
    found = {}
    for g in lines(os.path.join(folder, 'gold.jsonl')):
        found.setdefault(g['doc'], []).append((g['start'], g['end'], g['type']))
    return found


class Places:
    """Where the words of a document stand in its text, one after the other; white space does not count."""

    def __init__(self, text):
        self.text, self.at = text, 0

    def next(self, form):
        start = None
        for c in form:
            if c.isspace():
                continue
            while self.at < len(self.text) and self.text[self.at].isspace():
                self.at += 1
            if self.at >= len(self.text) or self.text[self.at] != c:
                return None
            start = self.at if start is None else start
            self.at += 1
        return (start, self.at)


def label(place, spans):
    for start, end, kind in spans:
        if place and start <= place[0] and place[1] <= end:
            return ('B-' if place[0] == start else 'I-') + kind
    return 'O'


def gum(data, part, genres, out):
    texts = {d['id']: d['text'] for d in lines(os.path.join(data, 'names', part, 'docs.jsonl'))}
    spans, places, lost = spans_of(os.path.join(data, 'names', part)), None, 0
    with open(os.path.join(data, 'language', part, 'gold.conllu'), encoding='utf-8') as f, open(out, 'w', encoding='utf-8') as o:
        keep, doc, pending = False, None, None
        for line in f:
            line = line.rstrip('\n')
            if line.startswith('# newdoc id = '):
                doc = line.split(' = ')[1]
                keep = not genres or doc.split('_')[1] in genres
                places = Places(texts[doc]) if doc in texts else None
            if not keep:
                continue
            cells = line.split('\t')
            if len(cells) == 10 and cells[0].isdigit() and places:
                if pending and int(cells[0]) <= pending[1]:  # a part of a word in several parts has the place of the whole
                    place = pending[2]
                else:
                    place = places.next(cells[1])
                if place is None:
                    lost, places = lost + 1, None
                else:
                    cells[9] = 'NER=' + label(place, spans.get(doc, ()))
                    line = '\t'.join(cells)
            elif len(cells) == 10 and '-' in cells[0] and places:
                first, last = map(int, cells[0].split('-'))
                pending = (first, last, places.next(cells[1]))
            elif not line:
                pending = None
            o.write(line + '\n')
    print('%s: documents whose words and text do not fit: %d' % (part, lost))


def by_genre(path):
    """The documents of each genre in a file of its own beside it: gum-dev.conllu -> gum-dev-news.conllu."""
    parts = {}
    with open(path, encoding='utf-8') as f:
        for line in f:
            if line.startswith('# newdoc id = '):
                genre = line.split('_')[1]
            parts.setdefault(genre, []).append(line)
    for genre, part in parts.items():
        with open(path.replace('.conllu', '-%s.conllu' % genre), 'w', encoding='utf-8') as o:
            o.writelines(part)


def crossner(data, out):
    with open(out, 'w', encoding='utf-8') as o:
        for part in ('train', 'dev', 'test'):
            n = 0
            with open(os.path.join(data, 'names/crossner-politics', part + '.txt'), encoding='utf-8') as f:
                for line in f:
                    cells = line.rstrip('\n').split('\t')
                    if len(cells) < 2:
                        n = 0
                        o.write('\n')
                        continue
                    n += 1
                    kind = CROSSNER.get(cells[1][2:])
                    ner = cells[1][:2] + kind if kind else 'O'
                    o.write('\t'.join((str(n), cells[0], '_', '_', '_', '_', '_', '_', '_', 'NER=' + ner)) + '\n')
            o.write('\n')


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    data, out = sys.argv[1:]
    os.makedirs(out, exist_ok=True)
    gum(data, 'gum-train', GENRES, os.path.join(out, 'gum.conllu'))
    gum(data, 'gum-dev', (), os.path.join(out, 'gum-dev.conllu'))
    by_genre(os.path.join(out, 'gum-dev.conllu'))
    crossner(data, os.path.join(out, 'names.conllu'))


if __name__ == '__main__':
    main()
