#!/usr/bin/env python3
"""text.py gather DATA ADDRESSES > reports.jsonl - the texts without trees that may be trained on, one report a line.
text.py sift < read.conllu > text.conllu         - of what `sillok read` made of them: the sentences worth voting on.

DATA is the data folder; ADDRESSES holds the addresses of the presidents, one text file each, named by year. What is taken: WikiWars
and leads of places from Wikipedia (CC BY-SA), MEANTIME (CC BY), addresses from 1913 on, since when they are speeches (public
domain). re3d could be taken by its licences, but is a check of transfer and so nothing is trained on it."""
import glob
import json
import os
import re
import sys

from prepare import lines

WORDS_LEAST, WORDS_MOST, FIRST_YEAR = 3, 80, '1913'
FOLDERS = ('times/wikiwars-16', 'places/relpos-dev', 'times/meantime-airbus-gm', 'factuality/meantime-train')


def gather(data, addresses):
    for folder in FOLDERS:
        for d in lines(os.path.join(data, folder, 'docs.jsonl')):
            # numbers of notes are no text
            yield folder.split('/')[1] + ':' + d['id'], re.sub(r'\[(\d+|citation needed)\]', '', d['text'])
    for path in sorted(glob.glob(os.path.join(addresses, '[12]*.txt'))):
        name = os.path.basename(path)[:-4]
        if name >= FIRST_YEAR:
            with open(path, encoding='utf-8') as f:  # without "[laughter]"
                yield 'address:' + name, re.sub(r'\[[^\]\n]{1,40}\]', '', f.read().replace('--', ' -- '))


def prose(forms):
    text = ''.join(forms)
    letters = sum(c.isalpha() for c in text)
    small = sum(f.isalpha() and f.islower() for f in forms)
    return WORDS_LEAST <= len(forms) <= WORDS_MOST and 3 * letters >= 2 * len(text) and 3 * small >= len(forms)


def mould(forms):
    """What sentences share that differ in names and numbers only."""
    return re.sub(r'X( X)+', 'X', ' '.join('X' if f[0].isupper() else re.sub(r'\d', '0', f) for f in forms))


def sift(source, out):
    seen, left, words, forms = set(), 0, 0, []
    for line in source:
        cells = line.split('\t')
        if len(cells) == 10 and cells[0].isdigit():
            forms.append(cells[1])
        if line.strip() or not forms:
            continue
        if prose(forms) and mould(forms) not in seen:
            seen.add(mould(forms))
            words += len(forms)
            out.writelines('%d\t%s' % (i + 1, f) + '\t_' * 8 + '\n' for i, f in enumerate(forms))
            out.write('\n')
        else:
            left += 1
        forms = []
    print('text: kept %d sentences with %d words, left out %d' % (len(seen), words, left), file=sys.stderr)


def main():
    if len(sys.argv) == 4 and sys.argv[1] == 'gather':
        for name, text in gather(*sys.argv[2:]):
            print(json.dumps({'id': name, 'text': text}))
    elif len(sys.argv) == 2 and sys.argv[1] == 'sift':
        sift(sys.stdin, sys.stdout)
    else:
        sys.exit(__doc__)


if __name__ == '__main__':
    main()
