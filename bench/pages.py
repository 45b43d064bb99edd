"""pages.py BENCH FOLDER WORK [PAGES] - how fast pages are read, beside @mozilla/readability on the same pages in the same run; see bench.sh.
BENCH: the program bench-pages; FOLDER: where npm put the packages. PAGES: a file of JSON lines with "html"; without it pages are made of
the example reports: the story amid menus, cards of other stories, scripts and styles as newsrooms have them, some 70 kB each."""
import json, os, random, re, subprocess, sys

PAGES = 120
SECONDS = "8"


def words(rng, texts, n):
    """n words in a row out of one of the reports."""
    all_words = rng.choice(texts).split()
    at = rng.randrange(max(1, len(all_words) - n))
    return " ".join(all_words[at:at + n]).replace("<", "").replace("&", "and")


def card(rng, texts):
    link = "/".join(re.findall(r"[a-z]+", words(rng, texts, 4).lower())) or "a"
    return (f'<div class="card card--{rng.randrange(9)} teaser-item" data-id="{rng.randrange(10**9)}"><a class="card__link" href="/{link}">'
            f'<img class="card__image lazy" alt="" src="/img/{rng.randrange(10**6)}.jpg" srcset="/img/a.jpg 320w, /img/b.jpg 640w">'
            f'<h3 class="card__title">{words(rng, texts, 9)}</h3></a><p class="card__teaser">{words(rng, texts, 18)}</p>'
            f'<span class="card__meta"><time datetime="2027-03-0{rng.randrange(1, 9)}">{rng.randrange(1, 9)} hours ago</time></span></div>')


def page(rng, texts, doc):
    title = (doc.get("title") or words(rng, texts, 8)).replace("<", "")
    day = str(doc.get("published") or "2027-03-10")
    facts = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": title, "datePublished": day,
             "author": {"@type": "Person", "name": "Ada Holm"}, "publisher": {"@type": "Organization", "name": "Meridian"}}
    script = ";".join(f'window.q{i}=window.q{i}||[];q{i}.push({{"k":"{rng.getrandbits(64):x}","v":{rng.random()}}})' for i in range(260))
    style = "".join(f".c{i}{{margin:{i}px;color:#{rng.getrandbits(24):06x}}}@media(max-width:{i * 9}px){{.c{i}{{display:none}}}}"
                    for i in range(140))
    menu = "".join(f'<li class="menu__item"><a href="/{i}">{words(rng, texts, 2)}</a></li>' for i in range(60))
    story = "".join(f'<p class="article__text">{line.replace("<", "")}</p>' for line in doc["text"].split("\n") if line.strip())
    cards = "".join(card(rng, texts) for _ in range(45))
    return (f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} | Meridian</title><meta property="og:title" '
            f'content="{title}"><script type="application/ld+json">{json.dumps(facts)}</script><style>{style}</style>'
            f'<script>{script}</script></head><body><header class="site-header"><nav class="menu"><ul>{menu}</ul></nav></header><main>'
            f'<article class="article"><h1 class="article__title">{title}</h1><div class="byline">By Ada Holm</div>{story}</article>'
            f'<aside class="related">{cards}</aside></main><footer class="site-footer"><ul>{menu}</ul></footer><script>{script}</script>'
            "</body></html>")


def make(target, here):
    rng = random.Random(7)
    with open(os.path.join(here, "..", "examples", "reports.jsonl"), encoding="utf-8") as f:
        docs = [json.loads(line) for line in f if line.strip()]
    texts = [d["text"] for d in docs]
    with open(target, "w", encoding="utf-8") as out:
        for i in range(PAGES):
            out.write(json.dumps({"html": page(rng, texts, docs[i % len(docs)])}, ensure_ascii=False) + "\n")


def main():
    bench, folder, work = sys.argv[1:4]
    pages = sys.argv[4] if len(sys.argv) > 4 else os.path.join(work, "pages.jsonl")
    if len(sys.argv) <= 4:
        make(pages, os.path.dirname(os.path.abspath(__file__)))
    n, size, whole, parse = subprocess.run([bench, pages], capture_output=True, text=True, check=True).stdout.split()
    ours = int(n) / float(whole)
    print(f"pages ({n} of {int(size) / int(n) / 1000:.0f} kB on average), one core, warm:")
    print(f"  gunzip, encoding, parse, main text, date, language: {ours:7,.0f} pages/s  {int(size) / 1e6 / float(whole):5.0f} MB/s")
    print(f"  parse alone:                                        {int(n) / float(parse):7,.0f} pages/s  {int(size) / 1e6 / float(parse):5.0f} MB/s")
    if not os.path.isdir(os.path.join(folder, "node_modules", "@mozilla", "readability")):
        print("  @mozilla/readability is not there (npm)")
        return
    for dom in ("jsdom", "linkedom"):
        command = ["node", os.path.join(folder, "readability.js"), pages, SECONDS, dom]
        ran = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
        theirs = int(ran[0]) / float(ran[2])
        print(f"  @mozilla/readability on {dom + ':':10} {theirs:20,.1f} pages/s; ours is {ours / theirs:.0f} times as fast")


main()
