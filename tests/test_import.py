"""The commands `sillok import` and `sillok check --against` as their users meet them: usage test_import.py SILLOK SOURCE.

Samples of each database's form stand in cases/imports; all rows are invented. Every claim's words must be the characters of a cell."""
import csv
import gzip
import json
import os
import subprocess
import sys
import tempfile
import unittest
import zipfile

SILLOK = sys.argv.pop(1)
SOURCE = sys.argv.pop(1)
IMPORTS = os.path.join(SOURCE, "tests/cases/imports")


class Imports(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.db = os.path.join(self.folder.name, "ledger.db")

    def run_sillok(self, *args, status=0):
        done = subprocess.run([SILLOK, *args], capture_output=True, text=True)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done

    def take(self, *files, status=0, args=()):
        paths = [f if os.path.isabs(f) else os.path.join(IMPORTS, f) for f in files]
        done = self.run_sillok("import", "--ledger", self.db, "--format", "jsonl", *args, *paths, status=status)
        return [json.loads(line) for line in done.stdout.splitlines()], done.stderr

    def events(self, *args):
        done = self.run_sillok("events", "--ledger", self.db, "--format", "jsonl", *args)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def event_of(self, report):
        found = [e for e in self.events() if any(r["id"] == report for r in e["reports"])]
        self.assertEqual(len(found), 1, report)
        return found[0]

    def write(self, name, text):
        path = os.path.join(self.folder.name, name)
        with open(path, "w", encoding="utf-8", newline="") as f:
            f.write(text)
        return path

    def sample(self, name):
        with open(os.path.join(IMPORTS, name), encoding="utf-8", newline="") as f:
            return f.read()

    def test_each_form(self):
        for name, rows, bad in (("acled.csv", 3, 0), ("cns.csv", 6, 1), ("csis.csv", 3, 0), ("gdelt1.tsv", 2, 0),
                                ("gdelt2.tsv", 1, 0), ("ged.csv", 2, 0), ("plover.jsonl", 3, 1)):
            with self.subTest(name):
                counts, said = self.take(name, status=1 if bad else 0)
                self.assertEqual((counts[0]["rows"], counts[0]["new"], counts[0]["bad"]), (rows, rows - bad, bad))
                if bad:
                    self.assertIn(name + ":", said)

    def test_again_changes_nothing(self):
        self.take("acled.csv", "ged.csv", "gdelt1.tsv")
        before = self.events()
        counts, _ = self.take("acled.csv", "ged.csv", "gdelt1.tsv")
        self.assertEqual([c["new"] + c["revised"] for c in counts], [0, 0, 0])
        self.assertEqual(self.events(), before)

    def test_words_are_cells(self):
        self.take("acled.csv", "ged.csv", "gdelt2.tsv")
        cells = set()
        for name, sep in (("acled.csv", ","), ("ged.csv", ","), ("gdelt2.tsv", "\t")):
            quoting = csv.QUOTE_NONE if sep == "\t" else csv.QUOTE_MINIMAL
            for row in csv.reader(self.sample(name).splitlines(True), delimiter=sep, quoting=quoting):
                cells.update(c.strip() for c in row)
        n = 0
        for e in self.events():
            for values in e["fields"].values():
                for v in values:
                    for w in v["evidence"]:
                        self.assertIn(w["quote"], cells)
                        n += 1
        self.assertGreater(n, 40)

    def test_times_and_zones(self):
        self.take("cns.csv", status=1)
        self.take("acled.csv", "ged.csv", "gdelt1.tsv")
        self.assertEqual(self.event_of("cns:1")["time"], "2031-09-15T06:57+09:00")  # 14 September 21:57 UTC
        self.assertEqual(self.event_of("cns:4")["time"], "2031-06-01")
        self.assertEqual(self.event_of("acled:MLI101")["time"], "2030-09")  # to the week
        self.assertEqual(self.event_of("ged:900002")["time"], "2030-09")  # to the month
        self.assertEqual(self.event_of("gdelt:400000001")["fields"]["time"][0]["basis"], "assumed")

    def test_salvo_is_one_event(self):
        self.take("cns.csv", status=1)
        self.assertEqual(self.event_of("cns:2")["id"], self.event_of("cns:3")["id"])

    def test_joins_reports(self):
        text = ("SEOUL, Sept. 15 (Meridian Wire) - North Korea fired an intermediate-range ballistic missile from Sunan at 6:57 a.m. "
                "local time on Monday, South Korea's military said. It flew 3,700 kilometers.\n")
        report = self.write("story.txt", text)
        self.run_sillok("add", "--ledger", self.db, "--published", "2031-09-15", report)
        self.take("cns.csv", status=1)
        self.take("csis.csv")
        e = self.event_of("cns:1")
        self.assertEqual(len(e["reports"]), 3)
        self.assertEqual((e["n_reports"], e["n_databases"]), (1, 2))  # a database is no report
        self.assertEqual(e["n_sources"], 1)  # and bears out nothing

    def test_revision(self):
        self.take("cns.csv", status=1)
        later = self.write("later.csv", self.sample("cns.csv").replace("3,700 km", "3,900 km"))
        counts, _ = self.take(later, status=1)
        self.assertEqual((counts[0]["new"], counts[0]["revised"], counts[0]["already"]), (0, 1, 4))
        e = self.event_of("cns:1@2")
        done = self.run_sillok("show", "--ledger", self.db, "--format", "json", e["id"])
        self.assertIn("3900 km", done.stdout)
        self.assertIn("superseded", done.stdout)
        moved = self.write("moved.csv", self.sample("cns.csv").replace("14-Sep-31", "12-Sep-31").replace("3,700 km", "3,900 km"))
        self.take(moved, status=1)
        self.assertEqual(self.event_of("cns:1@3")["id"], self.event_of("cns:1")["id"])  # all versions stay together
        self.assertEqual(self.event_of("cns:1@3")["time"], "2031-09-13T06:57+09:00")
        counts, _ = self.take("cns.csv", status=1)  # back to what it was: a revision again
        self.assertEqual(counts[0]["revised"], 1)
        self.run_sillok("doctor", "--ledger", self.db)

    def test_packed(self):
        packed = os.path.join(self.folder.name, "a.csv.gz")
        with gzip.open(packed, "wt", encoding="utf-8", newline="") as f:
            f.write(self.sample("acled.csv"))
        zipped = os.path.join(self.folder.name, "20300918.export.CSV.zip")
        with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as z:
            z.writestr("20300918.export.CSV", self.sample("gdelt1.tsv"))
        counts, _ = self.take(packed, zipped)
        self.assertEqual([c["new"] for c in counts], [3, 2])

    def test_unknown_and_missing_columns(self):
        unknown = self.write("x.csv", "day,who,what\n2030-01-01,a,b\n")
        _, said = self.take(unknown, status=1)
        self.assertIn("--as", said)
        lacking = self.write("y.csv", "event_id_cnty,event_type,actor1,geo_precision\nMLI1,Battles,a,1\n")
        _, said = self.take(lacking, status=1, args=("--as", "acled"))
        self.assertIn("event_date", said)
        more = self.write("z.csv", "event_id_cnty,event_date,event_type,actor1,mood\nMLI1,1 May 2030,Battles,Army,bad\n")
        counts, said = self.take(more)
        self.assertIn("mood", said)
        self.assertEqual(counts[0]["new"], 1)
        _, said = self.take("/nowhere.csv", status=1)
        self.assertIn("/nowhere.csv", said)

    def test_rows_that_are_broken(self):
        head = self.sample("acled.csv").split("\n")[0]
        good = self.sample("acled.csv").split("\n")[1]
        broken = self.write("b.csv", "\n".join([head, 'MLI7,"open', good, "MLI8,too,few", good.replace("MLI100", "MLI9"), ""]))
        counts, said = self.take(broken, status=1)
        self.assertEqual((counts[0]["new"], counts[0]["bad"]), (2, 2))
        self.assertIn("b.csv:2:", said)
        self.assertIn("b.csv:4:", said)


CNS = ("F1,Date,Launch Time (UTC),Missile Name,Missile Type,Facility Name,Facility Latitude,Facility Longitude,Landing Location,Apogee,"
       "Distance Travelled,Confirmation Status,Success\n")
SITES = {"Sunan": "39.20,125.67", "Sohae": "39.66,124.71", "Tonghae": "40.85,129.67", "Wonsan": "39.17,127.48"}
SEA = "Sea of Japan or East Sea"


def missile(key, day, clock, site, name, distance="", apogee="", at=None, landing=SEA):
    return f"{key},{day},{clock},{name},SRBM,{site},{at or SITES[site]},{landing},{apogee},{distance},Confirmed,Success\n"


# One database with planted errors among rows that are right, and what must be found: rule and rows.
PLANTED = [
    missile("1", "2030-01-10", "3:00:00 AM", "Sunan", "Toksa-1", "400 km", "50 km"),      # right
    missile("2", "2030-02-14", "9:30:00 PM", "Sohae", "Scud-Z", "900 km", "200 km"),      # the 15th there
    missile("3", "2030-03-05", "", "Wonsan", "Toksa-1", "210 km", "30 km"),               # right, no clock
    missile("4", "2030-04-20", "5:10:00 AM", "Wonsan", "Toksa-1", "230 km", "35 km"),     # right, a salvo of two
    missile("5", "2030-04-20", "5:10:00 AM", "Wonsan", "Toksa-1", "230 km", "35 km"),
    missile("6", "2030-05-01", "2:00:00 AM", "Tonghae", "Scud-Z", "600 km", "150 km"),    # right, two days running
    missile("7", "2030-05-02", "4:30:00 AM", "Tonghae", "Scud-Z", "620 km", "155 km"),
    missile("8", "2030-06-21", "11:03:00 PM", "Wonsan", "Musu-1", "400 km", "1400 km"),   # the 22nd there ...
    missile("9", "2030-06-22", "", "Wonsan", "Musu-1", "400 km", "1400 km"),              # ... and listed so again
    missile("10", "2030-08-11", "9:34:00 PM", "Sunan", "Toksa-1", "450 km", "60 km"),     # a day late: local date, UTC clock
    missile("11", "2030-09-04", "", "Sohae", "Scud-Z", "1000 km", "250 km"),              # the 5th there, the 4th in Washington
    missile("12", "2030-10-02", "6:00:00 AM", "Sunan", "Toksa-1", "300 km", "40 km"),     # the identifier again
    missile("12", "2030-10-20", "6:00:00 AM", "Tonghae", "Toksa-1", "310 km", "41 km"),
    missile("13", "2030-11-01", "6:00:00 AM", "Musudan point", "Toksa-1", "300 km", "40 km", at="39.50,132.00"),  # in the sea
    missile("14", "2030-11-10", "6:00:00 AM", "Wonsan", "Toksa-1", "200 km", "40 km", at="41.60,126.20"),         # far from its name
    missile("15", "2030-11-20", "6:00:00 AM", "Sunan", "Toksa-1", "40 km", "40 km"),      # cannot end in that sea
    missile("16", "2030-12-05", "6:00:00 AM", "Tonghae", "Scud-Z", "500 km", "100 km"),   # 200 km in the report
    missile("17", "2030-12-15", "", "Tonghae", "Pole-3", "455 km", "91 km"),              # the same figures a day apart
    missile("18", "2030-12-16", "", "Tonghae", "Pole-3", "455 km", "91 km"),
    missile("19", "2030-12-28", "1:00:00 AM", "Sohae", "Scud-Z", "880 km", "190 km"),     # right
]
REPORTS = [
    ("r10", "2030-08-11", "North Korea fired a ballistic missile from Sunan at 6:34 a.m. local time on Sunday, South Korea's military said."),
    ("r11", "2030-09-05", "North Korea fired a ballistic missile at 12:13 p.m. local time on Thursday, South Korea's military said."),
    ("r16", "2030-12-05", "North Korea fired a ballistic missile at 3:00 p.m. local time on Thursday, South Korea's military said. It flew 200 kilometers."),
]
FOUND = {
    "same-key": {("12", "12#2")},
    "two-days": {("8", "9"), ("17", "18")},
    "wrong-day": {("10", "r10")},
    "american-date": {("11", "r11")},
    "next-day": {("2",), ("8",), ("10",)},
    "impossible-place": {("13",), ("14",), ("15",)},
    "disagreement": {("16", "r16")},
}
ACLED_ROW = ("MLI{n},{day} May 2030,1,Battles,Armed clash,Military Forces of Mali (2021-),1,Example Front,2,466,Mali,Gao,16.27,-0.05,1,"
             "Example Daily,{notes},{dead}\n")
ACLED = ("event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,inter1,actor2,inter2,iso,country,location,latitude,"
         "longitude,geo_precision,source,notes,fatalities\n")
CLASHES = [
    ACLED_ROW.format(n=1, day=3, notes="Soldiers and fighters of the front clashed at the eastern gate of the town before dawn", dead=2),
    ACLED_ROW.format(n=2, day=3, notes="A patrol of soldiers was ambushed on the road to the airport and two trucks burnt out", dead=2),
    ACLED_ROW.format(n=3, day=7, notes="Fighters of the front attacked a post of the army near the river and were driven off", dead=4),
    ACLED_ROW.format(n=4, day=7, notes="Fighters of the front attacked a post of the army near the river and they were driven off", dead=4),
    ACLED_ROW.format(n=5, day=8, notes="Shots were exchanged at the market between soldiers and unknown men from the north", dead=1),
]


class Against(Imports):
    def findings(self, source, *args, status=0):
        done = self.run_sillok("check", "--ledger", self.db, "--against", source, "--format", "json", *args, status=status)
        found = {}
        for f in json.loads(done.stdout):
            rows = tuple(sorted((r.get("row") or r.get("report") for r in f["rows"]), key=lambda k: (k[0] == "r", len(k), k)))
            self.assertTrue(f["says"])
            found.setdefault(f["rule"], []).append(rows)
        return found

    def test_planted(self):
        lines = "".join(json.dumps({"id": i, "published": day, "text": "SEOUL - " + text}) + "\n" for i, day, text in REPORTS)
        self.run_sillok("add", "--ledger", self.db, self.write("r.jsonl", lines))
        self.take(self.write("planted.csv", CNS + "".join(PLANTED)))
        found = self.findings("cns")
        found.pop("missing", None)
        self.assertEqual({rule: sorted(rows) for rule, rows in found.items()}, {rule: sorted(rows) for rule, rows in FOUND.items()})
        text = self.run_sillok("check", "--ledger", self.db, "--against", "cns").stdout
        self.assertIn("planted.csv:", text)
        self.assertIn("two-days", self.run_sillok("check", "--ledger", self.db).stdout)  # behind the claims of order

    def test_covers(self):
        self.take(self.write("planted.csv", CNS + "".join(PLANTED)))
        story = self.write("s.txt", "SEOUL - North Korea fired a ballistic missile on Saturday, its second launch this month.\n")
        done = self.run_sillok("check", "--ledger", self.db, "--format", "json", "--published", "2030-12-28", story)
        claim = json.loads(done.stdout)[0]
        self.assertEqual(claim["verdict"], "disagrees")  # the 5th, 15th and 16th
        self.assertEqual(len(claim["against"]), 3)
        self.assertIn("cns lists 18 of them, from 2030-01-10 to 2030-12-28", claim["covers"])

    def test_file_is_not_recorded(self):
        path = self.write("planted.csv", CNS + "".join(PLANTED))
        found = self.findings(path)
        self.assertEqual(sorted(found["two-days"]), sorted(FOUND["two-days"]))
        self.assertEqual(self.events(), [])

    def test_duplicates(self):
        self.take(self.write("a.csv", ACLED + "".join(CLASHES)))
        self.assertEqual(self.findings("acled"), {"duplicate": [("MLI3", "MLI4")]})

    def test_missing(self):
        rows = [missile(str(n), f"2031-0{n}-11", "3:00:00 AM", "Sunan", "Toksa-1") for n in range(1, 8)]
        self.take(self.write("one.csv", CNS + "".join(rows)))
        self.take(self.write("two.csv", CNS + "".join(rows[:3] + rows[4:6])), args=("--name", "other"))
        found = self.findings("other")
        self.assertEqual(found, {"missing": [("4",)]})  # 7 lies behind what the other one covers

    def test_nothing_is_wrong(self):
        right = [row for row in PLANTED if row.split(",")[0] in ("1", "3", "4", "5", "6", "7", "19")]
        self.take(self.write("right.csv", CNS + "".join(right)))
        self.assertEqual(self.findings("all"), {})
        self.run_sillok("check", "--ledger", self.db, "--against", "nobody", status=1)


if __name__ == "__main__":
    unittest.main()
