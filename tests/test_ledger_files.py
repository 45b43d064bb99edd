"""test_ledger_files.py SILLOK SOURCE - ledgers as files: those that older versions left, views for other programs, copies, strange and
hostile files, splits and joins from the command line. Read with Python's sqlite3, which is not ours."""
import glob
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import unittest

SILLOK, SOURCE = sys.argv[1], sys.argv[2]
APPLICATION = 0x53696C6B

REPORTS = [
    {"id": "a-1", "published": "2027-03-10", "outlet": "Meridian Wire", "title": "Two missiles",
     "text": "Iran fired two short-range ballistic missiles from Semnan on Tuesday, state television said."},
    {"id": "b-1", "published": "2027-03-11", "outlet": "Harbour Post",
     "text": "Iran fired three short-range ballistic missiles on March 9, a military spokesman said."},
    {"id": "c-1", "published": "2027-04-02",
     "text": "India launched a cruise missile off Balasore on April 1, the defence ministry said."},
]
LAUNCH, OTHER = "IR-2027-03-09-weapon-test-1", "IN-2027-04-01-weapon-test-1"

VIEWS = {
    "v1_events": "id type actor actor_country time earliest_utc latest_utc place latitude longitude certainty is_news "
                 "has_conflict reports independent_sources known_since",
    "v1_reports": "id sha256 title outlet author url file language published published_basis known_since recorded_utc repeats "
                  "read_by text",
    "v1_tellings": "id report event type plover plover_mode cameo certainty is_news news_reason actor actor_country "
                   "target_country time place latitude longitude weapon_class trigger trigger_start trigger_end root_source "
                   "is_party",
    "v1_claims": "id event telling report field kind text low high unit si si_high bound time country latitude longitude basis "
                 "stance certainty note rule source root_source evidence",
    "v1_evidence": "claim n start end words",
    "v1_sources": "id chain names root_source root_country",
    "v1_links": "event telling report reason decision",
    "v1_decisions": "number what decided_by why made_utc event other undoes",
    "v1_withheld": "event telling report field source words",
    "v1_checks": "id report kind verdict says against words",
}


class Files(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="sillok-files-")
        self.path = os.path.join(self.folder.name, "ledger.db")

    def tearDown(self):
        self.folder.cleanup()

    def run_it(self, *args, status=0, stdin=""):
        done = subprocess.run([SILLOK, *args], input=stdin, capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, status, f"{args}: {done.stdout}{done.stderr}")
        return done

    def fill(self):
        self.run_it("add", "-l", self.path, "-", stdin="".join(json.dumps(r) + "\n" for r in REPORTS))

    def ids(self, *args):
        out = self.run_it("events", "-l", self.path, "--format", "jsonl", *args).stdout
        events = [json.loads(line) for line in out.splitlines()]
        return [e["id"] for e in events if e["type"] != "deed"]  # what stories tell of in common is no row of the ledger

    def assert_sound(self):
        self.assertTrue(json.loads(self.run_it("doctor", "-l", self.path, "-f", "json").stdout)["ledger"]["sound"])

    # ---------------------------------------------------------------- older versions

    def test_every_older_schema(self):
        files = glob.glob(os.path.join(SOURCE, "tests", "cases", "ledgers", "schema_*.sql"))
        with open(os.path.join(SOURCE, "src", "ledger", "ledger.h"), encoding="utf-8") as f:
            newest = int(re.search(r"#define SLK_LEDGER_SCHEMA (\d+)", f.read())[1])
        self.assertEqual(sorted(int(re.search(r"_(\d+)", os.path.basename(f))[1]) for f in files)[:8], list(range(1, 9)))
        for name in sorted(files):
            with self.subTest(name=os.path.basename(name)):
                with open(name, encoding="utf-8") as f:
                    script = f.read()
                with sqlite3.connect(self.path) as db:
                    db.executescript(script)
                db.close()
                self.assertEqual(self.ids(), [LAUNCH])
                self.assertEqual(self.ids("--actor", "IR", "--type", "weapon-test", "--since", "2027-03-09"), [LAUNCH])
                self.assertEqual(self.ids("--source", "spokesman", "--text", "\"second launch\""), [LAUNCH])
                self.assertEqual(self.ids("--status", "conflict"), [LAUNCH])  # two or three
                self.assertEqual(self.ids("--near", "Semnan,50"), [LAUNCH])
                self.fill()  # the same reports again, and a new one
                self.assertEqual(self.ids(), [LAUNCH, OTHER])
                self.assert_sound()
                db = sqlite3.connect(self.path)
                self.assertEqual(db.execute("PRAGMA user_version").fetchone()[0], newest)
                db.close()
                for end in ("", "-wal", "-shm"):
                    if os.path.exists(self.path + end):
                        os.unlink(self.path + end)

    def test_newer_is_refused(self):
        self.fill()
        db = sqlite3.connect(self.path)
        db.execute("PRAGMA user_version = 99")
        db.close()
        for command in (["events"], ["add", os.devnull], ["backup", self.path + "-2"]):
            self.assertIn("newer", self.run_it(*command, "-l", self.path, status=3).stderr)

    # ---------------------------------------------------------------- views

    def test_views(self):
        self.fill()
        db = sqlite3.connect(self.path)
        for view, columns in VIEWS.items():
            with self.subTest(view=view):
                self.assertEqual([d[0] for d in db.execute(f"SELECT * FROM {view}").description], columns.split())
        with open(os.path.join(SOURCE, "docs", "ledger-views.md"), encoding="utf-8") as f:
            page = f.read()
        for view, columns in VIEWS.items():
            self.assertIn(view, page)
            for column in columns.split():
                self.assertIn(f"`{column}`", page)
        row = db.execute("SELECT type, actor_country, time, latitude, reports, has_conflict FROM v1_events WHERE id = ?",
                         [LAUNCH]).fetchone()
        self.assertEqual(row[:3], ("weapon-test.missile.ballistic", "IRN", "2027-03-09"))
        self.assertAlmostEqual(row[3], 35.58, places=1)
        self.assertEqual(row[4:], (2, 1))
        counts = db.execute("SELECT report, low, evidence FROM v1_claims WHERE event = ? AND field = 'count' ORDER BY low",
                            [LAUNCH]).fetchall()
        self.assertEqual(counts, [("a-1", 2.0, "two"), ("b-1", 3.0, "three")])
        for view in VIEWS:  # every row of every event is reached, and none twice
            n, distinct = db.execute(f"SELECT count(*), count(DISTINCT rowid_) FROM (SELECT *, row_number() OVER () AS rowid_"
                                     f" FROM {view})").fetchone()
            self.assertEqual(n, distinct)
        self.assertEqual(db.execute("SELECT count(*) FROM v1_claims").fetchone(),
                         db.execute("SELECT count(*) FROM claim").fetchone())
        db.close()

    # ---------------------------------------------------------------- what people decide

    def test_decisions(self):
        self.fill()
        said = self.run_it("split", "-l", self.path, LAUNCH, "b-1", "--by", "Kim", status=2).stderr
        self.assertIn("--why", said)
        done = json.loads(self.run_it("split", "-l", self.path, LAUNCH, "b-1", "--by", "Kim", "--why", "another day", "-f",
                                      "json").stdout)
        self.assertEqual((done["event"], done["tellings"]), (LAUNCH, 1))
        self.assertEqual(self.ids(), [LAUNCH, done["other"], OTHER])
        shown = json.loads(self.run_it("show", "-l", self.path, LAUNCH, "-f", "json").stdout)
        self.assertEqual([t["id"] for t in shown["tellings"]], ["a-1#0"])
        self.assertEqual([(d["what"], d["by"], d["why"]) for d in shown["decisions"]], [("split", "Kim", "another day")])
        self.assertIn("another day", self.run_it("show", "-l", self.path, done["other"]).stdout)
        self.run_it("undo", "-l", self.path, str(done["decision"]), "--by", "Kim", "--why", "a mistake")
        self.assertEqual(self.ids(), [LAUNCH, OTHER])
        self.assertEqual(json.loads(self.run_it("show", "-l", self.path, done["other"], "-f", "json").stdout)["id"], LAUNCH)
        self.run_it("join", "-l", self.path, OTHER, LAUNCH, "--by", "Kim", "--why", "to see")
        self.assertEqual(self.ids(), [OTHER])
        self.assertEqual(json.loads(self.run_it("show", "-l", self.path, LAUNCH, "-f", "json").stdout)["id"], OTHER)
        self.assert_sound()
        self.run_it("join", "-l", self.path, "XX-1", LAUNCH, "--by", "Kim", "--why", "x", status=1)
        self.run_it("split", "-l", self.path + "-no", LAUNCH, "b-1", "--by", "Kim", "--why", "x", status=3)
        self.assertFalse(os.path.exists(self.path + "-no"))

    # ---------------------------------------------------------------- copies

    def test_backup(self):
        self.fill()
        copy = os.path.join(self.folder.name, "copy.db")
        reader = sqlite3.connect(self.path)  # somebody reads meanwhile
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM report").fetchone()
        self.run_it("backup", "-l", self.path, copy)
        reader.close()
        self.assertEqual(sorted(os.listdir(self.folder.name)),
                         sorted(f for f in os.listdir(self.folder.name) if "part" not in f))
        a, b = sqlite3.connect(self.path), sqlite3.connect(copy)
        self.assertEqual(list(a.iterdump()), list(b.iterdump()))
        a.close()
        b.close()
        self.run_it("backup", "-l", self.path, copy)  # in the place of the old one
        said = self.run_it("backup", "-l", self.path, os.path.join(self.folder.name, "no", "copy.db"), status=1).stderr
        self.assertIn("no/copy.db", said)

    def test_damaged_is_not_copied(self):
        self.fill()
        with open(self.path, "r+b") as f:
            f.seek(5 * 4096)
            f.write(b"\x5a" * 40000)
        copy = os.path.join(self.folder.name, "copy.db")
        self.run_it("backup", "-l", self.path, copy, status=3)
        self.assertEqual([f for f in os.listdir(self.folder.name) if f.startswith("copy")], [])

    # ---------------------------------------------------------------- repair

    def repair(self, status=0):
        return self.run_it("doctor", "-l", self.path, "--repair", status=status).stderr

    def test_repair_of_a_sound_one(self):
        self.fill()
        before = self.run_it("export", "-l", self.path, "--format", "jsonl").stdout
        self.assertIn("nothing wrong", self.repair())
        self.assertEqual(self.run_it("export", "-l", self.path, "--format", "jsonl").stdout, before)
        self.assertEqual([f for f in os.listdir(self.folder.name) if "repair" in f or "damaged" in f], [])

    def test_repair_of_rows(self):
        wrongs = {
            "a link is lost": "DELETE FROM link WHERE telling = 1",
            "a telling is lost": "DELETE FROM telling WHERE row = 1",
            "a source is lost": "DELETE FROM chain WHERE row = 1",
            "an event is lost": "DELETE FROM event WHERE row = 1",
            "postings are lost": "DELETE FROM posting; UPDATE event SET facets = NULL, type = 'nothing'",
            "full text is lost": "UPDATE report_words_data SET block = x'00' WHERE id > 10; DELETE FROM link WHERE telling = 1",
        }
        for name, sql in wrongs.items():
            with self.subTest(name=name):
                self.fill()
                db = sqlite3.connect(self.path)
                db.executescript(sql)
                db.close()
                said = self.repair()
                self.assertIn("found:", said)
                self.assertIn("before-repair-1", said)
                self.assert_sound()
                self.assertTrue(os.path.exists(self.path + ".before-repair-1"))
                self.assertIn(OTHER, self.ids("--actor", "IND"))
                self.assertEqual(self.ids("--text", "Balasore"), [OTHER])
                self.clear()

    def clear(self):
        for name in os.listdir(self.folder.name):
            os.unlink(os.path.join(self.folder.name, name))

    def test_salvage(self):
        many = [dict(REPORTS[2], id=f"m-{i}", text=REPORTS[2]["text"] + f" It was flight number {i} of that kind, one said.")
                for i in range(150)]
        self.run_it("add", "-l", self.path, "-", stdin="".join(json.dumps(r) + "\n" for r in many))
        with open(self.path, "rb") as f:
            whole = f.read()
        pages = len(whole) // 4096
        db = sqlite3.connect(self.path)  # what hangs on the first page of a table cannot be reached without it
        roots = {r[0] - 1 for r in db.execute("SELECT rootpage FROM sqlite_master")}
        roots |= {r[0] - 1 for r in db.execute("SELECT pageno FROM dbstat WHERE name = 'sqlite_schema'")}
        db.close()
        saved = []
        starts = [s for s in range(2, pages - 4) if not roots & set(range(s, s + 4))]
        for start in starts[::len(starts) // 6]:  # damage of four pages, here and there
            with self.subTest(start=start):
                with open(self.path, "wb") as f:
                    f.write(whole[:start * 4096] + b"\x5a" * (4 * 4096) + whole[(start + 4) * 4096:])
                with open(self.path, "rb") as f:
                    damaged = f.read()
                said = self.repair()
                self.assert_sound()
                db = sqlite3.connect(self.path)
                saved.append(db.execute("SELECT count(*) FROM report").fetchone()[0])
                db.close()
                kept = [f for f in os.listdir(self.folder.name) if re.search(r"damaged-\d+$|before-repair-\d+$", f)]
                self.assertEqual(len(kept), 1, said)
                if "damaged" in kept[0]:
                    with open(os.path.join(self.folder.name, kept[0]), "rb") as f:
                        self.assertEqual(f.read(), damaged)
                self.clear()
        self.assertGreaterEqual(min(saved), 100, saved)
        self.assertGreaterEqual(sorted(saved)[len(saved) // 2], 130, saved)

    # ---------------------------------------------------------------- strange and hostile files

    def test_hostile(self):
        tricks = {
            "a trigger": "CREATE TRIGGER t AFTER INSERT ON report BEGIN DELETE FROM event; END",
            "a view in the place of a table": "ALTER TABLE event RENAME TO gone; CREATE VIEW event AS SELECT * FROM gone",
        }
        for name, sql in tricks.items():
            with self.subTest(name=name):
                self.fill()
                db = sqlite3.connect(self.path)
                db.executescript("PRAGMA legacy_alter_table = ON;" + sql)
                before = list(db.execute("SELECT id FROM report"))
                db.close()
                for command in (["events"], ["add", "-"], ["doctor"]):
                    self.run_it(*command, "-l", self.path, status=3, stdin=json.dumps(REPORTS[0]) + "\n")
                db = sqlite3.connect(self.path)
                self.assertEqual(list(db.execute("SELECT id FROM report")), before)
                db.close()
                os.unlink(self.path)

    def test_own_views_are_not_hindered(self):
        self.fill()
        db = sqlite3.connect(self.path)
        db.execute("CREATE VIEW mine AS SELECT load_extension('/nowhere.so') FROM report")
        db.close()
        self.assertEqual(self.ids(), [LAUNCH, OTHER])

    def test_strange(self):
        for content in (b"", b"no ledger at all, only words\n" * 40, b"SQLite format 3\0" + b"\xff" * 5000,
                        b"SQLite format 3\0" + b"\0" * 8192):
            with self.subTest(content=content[:24]):
                with open(self.path, "wb") as f:
                    f.write(content)
                if content:
                    self.run_it("events", "-l", self.path, status=3)
                    with open(self.path, "rb") as f:
                        self.assertEqual(f.read(), content)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
