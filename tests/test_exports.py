"""test_exports.py SILLOK SOURCE - every format of `sillok export`, read back by a reader that is not ours: what stands in it, that no
value is lost or made up, and that nothing a report says can become markup, a formula or a command.
"""
import csv
import html
import html.parser
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unicodedata
import unittest
import xml.etree.ElementTree as ET

import jsonschema

try:  # Debian: python3-shapely, python3-bibtexparser
    from shapely.geometry import shape
except ImportError:
    shape = None
try:
    import bibtexparser
except ImportError:
    bibtexparser = None

SILLOK, SOURCE = sys.argv[1], sys.argv[2]
REPORTS = os.path.join(SOURCE, "examples/reports.jsonl")
FORMATS = ["acled", "atom", "bibtex", "csv", "datapackage", "ged", "geojson", "html", "jsonl", "kml", "plover", "stix", "timelinejs", "webanno"]
TABLES = ["acled", "csv", "ged"]
with open(os.path.join(SOURCE, "tests/schemas/exports.json"), encoding="utf-8") as f:
    SCHEMA = json.load(f)
KML = "{http://www.opengis.net/kml/2.2}"
LAUNCH = "KP-2027-03-10-weapon-test-1"


def run(*args, stdin=b""):
    r = subprocess.run([SILLOK, *args], input=stdin, capture_output=True, timeout=600)
    return r.returncode, r.stdout.decode("utf-8"), r.stderr.decode("utf-8", "replace")


def record(folder, reports):
    ledger = os.path.join(folder, "ledger.db")
    lines = "\n".join(json.dumps(r) for r in reports)
    status, _, err = run("add", "--quiet", "--ledger", ledger, "-", stdin=lines.encode())
    assert status == 0, err
    return ledger


def valid(name, document):
    """Holds a document against the schema of its standard."""
    jsonschema.Draft202012Validator({"$ref": "#/$defs/" + name, "$defs": SCHEMA["$defs"]}).validate(document)
    return document


class Page(html.parser.HTMLParser):
    """The static report as a browser would take it apart: which tags and attributes it has, whether they close, and its text."""

    TAGS = set("html head meta title style body header main footer article h1 h2 h3 p dl dt dd ul li table thead tbody tr th td div span b bdi q mark a "
               "strong br".split())
    ATTRIBUTES = set("lang charset http-equiv content name class id scope rel href".split())
    VOID = {"meta", "br"}

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.words, self.ids, self.links = [], [], set(), []
        self.feed(text)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag, attrs):
        assert tag in self.TAGS, (tag, self.getpos())
        for name, value in attrs:
            assert name in self.ATTRIBUTES, (tag, name, self.getpos())
            if name == "href":
                self.links.append(value)
                assert re.match(r"#|https?://", value), value
            if name == "id":
                assert value not in self.ids, value
                self.ids.add(value)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, (tag, self.getpos())

    def handle_comment(self, data):
        raise AssertionError(("comment", data))

    def handle_data(self, data):
        if "style" not in self.open:
            self.words.append(data)


class Exports(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.dir = tempfile.mkdtemp()
        with open(REPORTS, encoding="utf-8") as f:
            cls.reports = [json.loads(line) for line in f]
        cls.texts = {r["id"]: r["text"] for r in cls.reports}
        cls.ledger = record(cls.dir, cls.reports)
        cls.events = [json.loads(line) for line in cls.export("jsonl").splitlines()]

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.dir)

    @classmethod
    def export(cls, fmt, *args):
        status, out, err = run("export", "--quiet", "--ledger", cls.ledger, "--format", fmt, *args)
        assert (status, err) == (0, ""), (fmt, status, err)
        return out

    def test_events_by_name_or_filter(self):
        one = self.export("jsonl", LAUNCH)
        self.assertEqual(json.loads(one)["id"], LAUNCH)
        self.assertEqual(self.export("jsonl", LAUNCH[:-3]), one)  # a unique beginning will do
        for args, status in (((LAUNCH, "--type", "drill"), 2), (("XX-1900",), 1)):
            got, _, err = run("export", "--ledger", self.ledger, "--format", "jsonl", *args)
            self.assertEqual((got, err.count("\n")), (status, 1))
        then = json.loads(self.export("jsonl", LAUNCH, "--as-of", "2027-03-10"))
        self.assertEqual({r["id"] for r in then["reports"]}, {"kp-0310-meridian", "kp-0310-harbor"})

    def test_the_same_bytes_again(self):
        for fmt in FORMATS:
            self.assertEqual(self.export(fmt), self.export(fmt), fmt)

    def test_a_ledger_without_events(self):
        for fmt in FORMATS:
            out = self.export(fmt, "--type", "none")
            if fmt == "geojson":
                self.assertEqual(json.loads(out)["features"], [])
            elif fmt == "kml":
                self.assertEqual(len(ET.fromstring(out).findall(f".//{KML}Placemark")), 0)

    # ------------------------------------------------------------ tables

    def table(self, fmt, *args):
        return list(csv.DictReader(io.StringIO(self.export(fmt, *args), newline=""), strict=True))

    def test_datapackage_describes_the_table(self):
        package = valid("datapackage", json.loads(self.export("datapackage")))
        resource, = package["resources"]
        fields = resource["schema"]["fields"]
        rows = self.table("csv")
        self.assertEqual([f["name"] for f in fields], list(rows[0]))
        reads = {"integer": int, "number": float, "string": str, "boolean": {"true": True, "false": False}.__getitem__}
        for row in rows:
            for f in fields:
                if row[f["name"]]:
                    reads[f["type"]](row[f["name"]])
        self.assertEqual(len({r["id"] for r in rows}), len(rows))

    def test_acled(self):
        rows = {r["event_id_cnty"]: r for r in self.table("acled")}
        launch = rows[LAUNCH]
        self.assertEqual((launch["event_date"], launch["time_precision"], launch["year"]), ("2027-03-10", "1", "2027"))
        self.assertEqual((launch["disorder_type"], launch["sub_event_type"]), ("Strategic developments", "Other"))
        self.assertEqual((launch["actor1"], launch["inter1"], launch["country"]), ("North Korea", "State forces", "North Korea"))
        self.assertEqual(launch["geo_precision"], "1")
        for words in ("2 (Joint Chiefs of Staff)", "against", "at least 3"):  # both counts, each with its source
            self.assertIn(words, launch["notes"])
        certainties = {e["id"]: e["certainty"] for e in self.events}
        for i, r in rows.items():
            self.assertNotIn(certainties[i], ("denied", "planned", "speculated", "did-not-happen"))
            self.assertIn(r["time_precision"], "123")
            self.assertTrue(r["event_type"])

    # ------------------------------------------------------------ maps

    def check_rings(self, rings):
        for ring in rings:
            self.assertGreaterEqual(len(ring), 4)
            self.assertEqual(ring[0], ring[-1])
            area = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:]))
            self.assertGreater(area, 0)  # RFC 7946: outer rings are counterclockwise
            for lon, lat in ring:
                self.assertTrue(-180 <= lon <= 180 and -90 <= lat <= 90)

    def test_geojson(self):
        g = valid("geojson", json.loads(self.export("geojson")))
        self.assertEqual([f["id"] for f in g["features"] if "id" in f], [e["id"] for e in self.events])
        kinds = set()
        for f in g["features"]:
            self.assertEqual(f["type"], "Feature")
            if not f["geometry"]:
                continue
            kinds.add(f["geometry"]["type"])
            if shape:
                self.assertTrue(shape(f["geometry"]).is_valid, f)
            if f["geometry"]["type"] == "Polygon":
                self.check_rings(f["geometry"]["coordinates"])
        self.assertLessEqual(kinds, {"Polygon", "MultiPolygon", "LineString", "MultiLineString"})  # no point that nobody told
        launch = next(f for f in g["features"] if f.get("id") == LAUNCH)
        lons = [p[0] for p in launch["geometry"]["coordinates"][0]]
        lats = [p[1] for p in launch["geometry"]["coordinates"][0]]
        self.assertTrue(min(lons) < 125.67 < max(lons) and min(lats) < 39.224 < max(lats))  # Sunan, within a few kilometres
        self.assertTrue(0.02 < max(lats) - min(lats) < 0.2)
        self.assertEqual(launch["properties"]["precision"], "site")
        self.assertIn("count", launch["properties"]["conflicts"])

    def test_kml(self):
        root = ET.fromstring(self.export("kml"))
        self.assertEqual(root.tag, KML + "kml")
        marks = {p.get("id"): p for p in root.iter(KML + "Placemark")}
        self.assertEqual(list(marks), [e["id"] for e in self.events])
        self.assertEqual(list(root.iter(KML + "Point")), [])
        launch = marks[LAUNCH]
        self.assertEqual((launch.find(f"{KML}TimeSpan/{KML}begin").text, launch.find(f"{KML}TimeSpan/{KML}end").text),
                         ("2027-03-09T22:12:00Z", "2027-03-09T22:12:59Z"))
        for p in marks.values():
            for ring in p.iter(KML + "coordinates"):
                self.check_rings([[list(map(float, c.split(","))) for c in ring.text.split()]])
        data = {x.get("name"): x[0].text for x in launch.iter(KML + "Data")}
        self.assertEqual(data["count"].split(" | ")[:2], ["2", "at least 3"])
        self.assertIn("count", data["conflicts"].split())


    def test_atom(self):
        atom, georss = "{http://www.w3.org/2005/Atom}", "{http://www.georss.org/georss}"
        feed = ET.fromstring(self.export("atom"))
        for one in ("id", "title", "updated"):  # RFC 4287, 4.1.1 and 4.1.2
            self.assertEqual(len(feed.findall(atom + one)), 1)
            for entry in feed.findall(atom + "entry"):
                self.assertEqual(len(entry.findall(atom + one)), 1)
        entries = feed.findall(atom + "entry")
        self.assertEqual(len({e.find(atom + "id").text for e in entries}), len(self.events))
        self.assertEqual(feed.find(atom + "updated").text, max(e.find(atom + "updated").text for e in entries))
        self.assertEqual(list(feed.iter(georss + "point")), [])
        launch = next(e for e in entries if e.find(atom + "title").text.startswith("North Korea: weapon-test.missile.ballistic, Pyongyang"))
        self.assertEqual((launch.find(atom + "published").text, launch.find(atom + "updated").text), ("2027-03-10T00:00:00Z", "2027-03-11T00:00:00Z"))
        lats = list(map(float, launch.find(georss + "polygon").text.split()))[::2]
        self.assertTrue(min(lats) < 39.224 < max(lats))

    # the elements of CAP 1.2 in the order of its schema
    CAP = {"alert": "identifier sender sent status msgType source scope restriction addresses code note references incidents info".split(),
           "info": "language category event responseType urgency severity certainty audience eventCode effective onset expires senderName headline description "
                   "instruction web contact parameter resource area".split(),
           "area": "areaDesc polygon circle geocode altitude ceiling".split(), "parameter": "valueName value".split()}

    def test_cap(self):
        ns = "{urn:oasis:names:tc:emergency:cap:1.2}"
        alert = ET.fromstring(self.export("cap", LAUNCH))
        for e in alert.iter():
            names = [c.tag.replace(ns, "") for c in e]
            order = self.CAP.get(e.tag.replace(ns, ""), [])
            self.assertEqual(names, sorted(names, key=order.index))
        said = {e.tag.replace(ns, ""): e.text for e in alert.iter()}
        self.assertEqual((said["sent"], said["onset"]), ("2027-03-11T00:00:00-00:00", "2027-03-09T22:12:00-00:00"))
        self.assertEqual((said["certainty"], said["urgency"], said["severity"], said["scope"]), ("Observed", "Past", "Unknown", "Restricted"))
        self.assertRegex(said["circle"], r"^39\.224000,125\.670000 4\.000$")
        for must in ("identifier", "sender", "status", "msgType", "category", "event", "areaDesc"):
            self.assertTrue(said[must])
        self.assertLessEqual(len(said["headline"]), 160)
        status, _, err = run("export", "--ledger", self.ledger, "--format", "cap")
        self.assertEqual(status, 1)
        self.assertIn("one event", err)

    # ------------------------------------------------------------ records, bundles, annotations

    def test_plover(self):
        records = [valid("plover", json.loads(line)) for line in self.export("plover").splitlines()]
        launch = next(r for r in records if r["id"] == LAUNCH)
        self.assertEqual((launch["event"], launch["mode"], launch["quad"], launch["date"]), ("MOBILIZE", "weapons", 4, "2027-03-10"))
        self.assertEqual([(a["country"], a["sector"]) for a in launch["actor"]], [("PRK", "GOV")])
        self.assertEqual(len(launch["source"]), 3)
        for r in records:
            if r["status"] in ("planned", "denied", "speculated", "did-not-happen"):
                self.assertIn("aux", r)
        self.assertEqual(len({r["id"] for r in records}), len(records))

    def test_stix(self):
        bundle = valid("stix", json.loads(self.export("stix")))
        ids = [o["id"] for o in bundle["objects"]]
        self.assertEqual(len(set(ids)), len(ids))
        for o in bundle["objects"]:  # nothing points outside of the bundle
            refs = [v for k, v in o.items() if k.endswith("_ref")] + o.get("object_refs", [])
            self.assertLessEqual(set(refs), set(ids))
            self.assertLessEqual(o["created"], o["modified"])
        incidents = {e["id"]: (o, e) for o in bundle["objects"] if o["type"] == "incident" for e in o["extensions"].values()}
        self.assertEqual(set(incidents), {e["id"] for e in self.events})
        launch, extension = incidents[LAUNCH]
        self.assertEqual(extension["fields"], next(e for e in self.events if e["id"] == LAUNCH)["fields"])  # every source's value
        self.assertIn("count", extension["conflicts"])
        ends = {o["relationship_type"]: o["target_ref"] for o in bundle["objects"] if o["type"] == "relationship" and o["source_ref"] == launch["id"]}
        place = next(o for o in bundle["objects"] if o["id"] == ends["located-at"])
        self.assertEqual((place["country"], place["precision"]), ("KP", 4000))
        self.assertEqual(len([o for o in bundle["objects"] if o["type"] == "report" and o["object_refs"] == [launch["id"]]]), 3)
        one = json.loads(self.export("stix", LAUNCH))
        self.assertLessEqual({o["id"] for o in one["objects"]}, set(ids))  # the same names in another bundle
        self.assertNotEqual(one["id"], bundle["id"])

    def test_webanno(self):
        collection = valid("webanno", json.loads(self.export("webanno")))
        items = collection["first"]["items"]
        self.assertEqual(collection["total"], len(items))
        self.assertEqual(len(items), sum(len(c) for e in self.events for c in e["fields"].values()))
        self.assertEqual(len({a["id"] for a in items}), len(items))
        by_hash = {}
        for e in self.events:
            for r in json.loads(run("show", "--ledger", self.ledger, "-f", "json", e["id"])[1])["reports"]:
                by_hash["urn:sillok:sha256:" + r["sha256"]] = self.texts[r["id"]]
        for a in items:
            self.assertEqual(json.loads(a["body"][2]["value"])["text"], a["body"][1]["value"])
            for t in a["target"]:
                text = by_hash[t["source"]["id"]]
                if "selector" not in t:  # it has no words of its own
                    self.assertEqual(json.loads(a["body"][2]["value"])["evidence"], [])
                    continue
                quote, position = t["selector"]
                self.assertEqual(text[position["start"]:position["end"]], quote["exact"])
                self.assertTrue(text[:position["start"]].endswith(quote.get("prefix", "")))
                self.assertTrue(text[position["end"]:].startswith(quote.get("suffix", "")))

    def test_timelinejs(self):
        timeline = valid("timelinejs", json.loads(self.export("timelinejs")))
        slides = {e["unique_id"]: e for e in timeline["events"]}
        self.assertEqual(set(slides), {e["id"] for e in self.events if e.get("time")})  # those without a date are left out
        self.assertEqual(slides[LAUNCH]["start_date"], {"year": 2027, "month": 3, "day": 10, "hour": 7, "minute": 12})
        self.assertEqual(slides["KP-2026-11-weapon-test-1"]["start_date"], {"year": 2026, "month": 11})

    def bibtex(self, text):
        """Entries by key. Braces balance, and every @ that begins a line begins an entry."""
        depth = 0
        for c in text:
            depth += (c == "{") - (c == "}")
            self.assertGreaterEqual(depth, 0)
        self.assertEqual(depth, 0)
        heads = re.findall(r"^@misc\{([a-z0-9-]+),$", text, re.M)
        self.assertEqual(len(heads), len(re.findall(r"^\s*@", text, re.M)))
        entries = {h: None for h in heads}
        if bibtexparser:  # which is slow: of many entries a part
            sample = text.split("\n\n@")[::1 + len(heads) // 100]
            parsed = bibtexparser.loads("\n\n".join("@" + e.lstrip("@") for e in sample))
            self.assertEqual([e["ID"] for e in parsed.entries], heads[::1 + len(heads) // 100])
            entries.update({e["ID"]: e for e in parsed.entries})
        return entries

    def test_bibtex(self):
        entries = self.bibtex(self.export("bibtex"))
        told = {r["id"] for e in self.events for r in e["reports"]}
        self.assertEqual(len(entries), len(told))  # each report once, however many events it tells of
        key = next(k for k in entries if k.startswith("harborpress-2027-03-10-"))
        if bibtexparser:
            self.assertEqual(entries[key]["title"].strip("{}"), "Japan says North Korea launched at least three missiles")
            self.assertEqual((entries[key]["year"], entries[key]["month"], entries[key]["day"]), ("2027", "3", "10"))

    def test_html(self):
        text = self.export("html", LAUNCH)
        page = Page(text)
        words = "".join(page.words)
        shown = json.loads(run("show", "--ledger", self.ledger, "-f", "json", LAUNCH)[1])
        for r in shown["reports"]:  # hashes, versions
            self.assertIn(r["sha256"], words)
        for wanted in ("sillok 0.", "pack", "model english.net", "▲ differ", "● agree", "◌ Withheld", "✓ agrees", "actor.role-in-frame", "speaking of itself",
                       "at least 3", "Japan Coast Guard"):
            self.assertIn(wanted, words)
        for claims in shown["fields"].values():
            for c in claims:
                for q in c["evidence"]:
                    self.assertIn("<mark>%s</mark>" % html.escape(q["quote"]).replace("&#x27;", "&#39;"), text)
        for c in shown["checks"]:
            self.assertIn(c["says"], words)
        self.assertIn("As known on 2027-03-10", "".join(Page(self.export("html", LAUNCH, "--as-of", "2027-03-10")).words))
        whole = Page(self.export("html"))
        self.assertLessEqual({e["id"] for e in self.events}, whole.ids)
        for link in whole.links:
            if link.startswith("#"):
                self.assertIn(link[1:], whole.ids)


# ---------------------------------------------------------------- what a report could smuggle in

with open(os.path.join(SOURCE, "tests/cases/attacks.json"), encoding="utf-8") as f:
    ATTACKS = json.load(f)


def payloads():
    """2,000 texts: each attack alone and with others around it."""
    bases = ATTACKS
    out = list(bases)
    for n in range(1, 100):
        for i, b in enumerate(bases):
            other = bases[(i * 7 + n) % len(bases)]
            out.append((b + other, b + " " + other, "x" * n + b + other, other + b * (1 + n % 3))[n % 4])
            if len(out) == 2000:
                return out
    raise AssertionError(len(out))


def spoils(c):
    return (unicodedata.category(c) == "Cc" and c not in "\n\t") or c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


class Hostile(Exports):
    """A ledger in which every text of every report is made of attacks: 2,000 of them as title, body, outlet, author, address, source and
    place, four in each text, each first in some."""

    @classmethod
    def setUpClass(cls):
        cls.dir = tempfile.mkdtemp()
        all_of_them = payloads()
        cls.payloads = [" ".join(all_of_them[(i + k * 500) % 2000] for k in range(4)) for i in range(2000)]
        day = lambda n: "%d-%02d-%02d" % (1950 + n // 330, n % 330 // 28 + 1, n % 28 + 1)
        cls.ledger = record(cls.dir, [{"id": "r%d" % i, "published": day(i), "text":
                            "North Korea fired a missile from Wonsan toward the sea on %s, South Korea's military said. %s" % (day(i), p)}
                            for i, p in enumerate(cls.payloads[:500])])
        db = sqlite3.connect(cls.ledger)
        db.create_function("attack", 1, lambda n: cls.payloads[int(n) * 4 % 2000 + int(n) // 500 % 4])
        db.executescript("""
            UPDATE report SET title = attack(row), outlet = attack(row + 1), author = attack(row + 2), url = attack(row + 3),
              source = attack(row + 4), id = attack(row + 5), language = 'en';
            UPDATE chain SET text = attack(row), names = attack(row);
            UPDATE claim SET text = attack(row), note = attack(row + 1), place_kind = attack(row + 2) WHERE kind IN ('text', 'actor', 'place');
            UPDATE evidence SET words = attack(claim + n);
            UPDATE telling SET place = attack(row), actor = attack(row + 1), words = attack(row + 2), main_reason = attack(row + 3);
            UPDATE event SET place = attack(row), actor = attack(row + 1);
            UPDATE withheld SET words = attack(telling);
            UPDATE checked SET says = attack(row), words = attack(row + 1);""")
        db.execute("INSERT OR IGNORE INTO claim(telling, field, kind, text, bound, time, country, sector, basis, stance, certainty)"
                   " SELECT row, 'target', 'text', attack(row + 9), 'exact', '', '', '', 'stated', '', 'CT+' FROM telling")
        db.commit()
        db.close()
        cls.out = {f: cls.export(f) for f in FORMATS}

    def strings(self, x):
        if isinstance(x, dict):
            for k, v in x.items():
                yield from self.strings(v)
        elif isinstance(x, list):
            for v in x:
                yield from self.strings(v)
        elif isinstance(x, str):
            yield x

    def test_json_keeps_every_word(self):
        documents = {f: [json.loads(line) for line in self.out[f].splitlines()] for f in ("jsonl", "plover")}
        documents.update({f: json.loads(self.out[f]) for f in ("geojson", "stix", "webanno", "timelinejs")})
        for f, at in (("geojson", "features"), ("stix", "objects"), ("timelinejs", "events")):  # a part: validators are slow
            valid(f, dict(documents[f], **{at: documents[f][at][::40]}))
        valid("webanno", dict(documents["webanno"], first=dict(documents["webanno"]["first"], items=documents["webanno"]["first"]["items"][::100])))
        wanted = set(self.payloads)
        for f in ("jsonl", "webanno", "stix"):
            self.assertGreater(len(wanted & set(self.strings(documents[f]))), 450, f)
        for slide in documents["timelinejs"]["events"]:
            for t in slide["text"].values():
                self.assertNotRegex(t, r"[<>\"']|&(?!(amp|lt|gt|quot|#39);)")

    def test_no_formula_in_a_table(self):
        for f in TABLES:
            rows = list(csv.reader(io.StringIO(self.out[f], newline=""), strict=True))
            self.assertEqual({len(r) for r in rows}, {len(rows[0])}, f)
            for row in rows[1:]:
                for name, cell in zip(rows[0], row):
                    self.assertFalse(any(map(spoils, cell)), (f, cell))
                    if name in ("lat", "lon", "latitude", "longitude", "timestamp", "year"):
                        float(cell or 0)
                        continue
                    self.assertFalse(cell[:1] in ("\t", "\r", "\n") or cell.lstrip().lstrip("\ufeff\u200b")[:1] in tuple("=+-@＝＋－＠"), (f, name, cell))
        self.assertEqual(len(list(csv.reader(io.StringIO(self.out["csv"], newline="")))), 1 + len(self.out["jsonl"].splitlines()))

    def test_no_markup_in_kml(self):
        root = ET.fromstring(self.out["kml"])
        tags = {e.tag.replace(KML, "") for e in root.iter()}
        self.assertLessEqual(tags, set("kml Document name Style LineStyle color width PolyStyle BalloonStyle text Placemark description TimeSpan begin end styleUrl "
                                       "ExtendedData Data value Polygon MultiGeometry outerBoundaryIs LinearRing coordinates".split()))
        for d in root.iter(KML + "description"):
            self.assertNotIn("<", d.text)
        self.assertEqual(len(list(root.iter(KML + "Placemark"))), len(self.out["jsonl"].splitlines()))

    def test_no_markup_in_atom_and_cap(self):
        feed = ET.fromstring(self.out["atom"])
        self.assertLessEqual({e.tag.split("}")[1] for e in feed.iter()},
                             set("feed id title author name generator updated entry published category content polygon".split()))
        ids = [json.loads(line)["id"] for line in self.out["jsonl"].splitlines()]
        for event in ids[::50]:
            alert = ET.fromstring(self.export("cap", event))
            self.assertLessEqual({e.tag.split("}")[1] for e in alert.iter()}, set(sum(self.CAP.values(), ["alert"])))

    def test_no_markup_in_html(self):
        page = Page(self.out["html"])
        words = "".join(page.words)
        self.assertFalse(any(map(spoils, words)))
        self.assertIn("<script>alert(1)</script>", words)  # shown as what it is

    def test_bibtex_holds_together(self):
        self.assertEqual(len(self.bibtex(self.out["bibtex"])), 500)


for name in [n for n in dir(Exports) if n.startswith("test_")]:
    setattr(Hostile, name, None)  # those are of the examples


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
