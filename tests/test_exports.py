"""test_exports.py SILLOK SOURCE - every format of `sillok export`, read back by a reader that is not ours: what stands in it, that no
value is lost or made up, and that nothing a report says can become markup, a formula or a command.
"""
import csv
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ET

try:  # Debian: python3-shapely
    from shapely.geometry import shape
except ImportError:
    shape = None

SILLOK, SOURCE = sys.argv[1], sys.argv[2]
REPORTS = os.path.join(SOURCE, "examples/reports.jsonl")
FORMATS = ["acled", "csv", "datapackage", "ged", "geojson", "jsonl", "kml"]
KML = "{http://www.opengis.net/kml/2.2}"
LAUNCH = "KP-2027-03-10-weapon-test-1"


def run(*args, stdin=b""):
    r = subprocess.run([SILLOK, *args], input=stdin, capture_output=True, timeout=120)
    return r.returncode, r.stdout.decode("utf-8"), r.stderr.decode("utf-8", "replace")


def record(folder, reports):
    ledger = os.path.join(folder, "ledger.db")
    lines = "\n".join(json.dumps(r) for r in reports)
    status, _, err = run("add", "--quiet", "--ledger", ledger, "-", stdin=lines.encode())
    assert status == 0, err
    return ledger


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
        package = json.loads(self.export("datapackage"))
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
        g = json.loads(self.export("geojson"))
        self.assertEqual(g["type"], "FeatureCollection")
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


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
