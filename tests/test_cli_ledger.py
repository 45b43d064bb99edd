"""test_cli_ledger.py SILLOK SOURCE - the commands over a ledger as their users meet them: what is recorded from the example
reports, and how events, show, timeline, check, export and doctor tell of it. How the ledger reconciles is tested elsewhere; here
stand formats, statuses and messages.
"""
import csv
import gzip
import io
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest

SILLOK, SOURCE = sys.argv[1], sys.argv[2]
STORY = os.path.join(SOURCE, "examples/story.txt")
REPORTS = os.path.join(SOURCE, "examples/reports.jsonl")
CERTAINTIES = {"confirmed", "reported", "claimed", "alleged", "denied", "disputed", "speculated", "planned", "did-not-happen"}
LAUNCH = ["--type", "weapon-test", "--actor", "PRK", "--since", "2027-03-10", "--until", "2027-03-10"]


def run(*args, stdin=b"", env=None):
    r = subprocess.run([SILLOK, *args], input=stdin, capture_output=True, timeout=600, env=dict(os.environ, **(env or {})))
    return r.returncode, r.stdout.decode("utf-8"), r.stderr.decode("utf-8", "replace")


def lines(text):
    return [json.loads(line) for line in text.splitlines()]


class Recorded(unittest.TestCase):
    """One ledger with all example reports; only read from."""

    @classmethod
    def setUpClass(cls):
        cls.dir = tempfile.mkdtemp()
        cls.ledger = os.path.join(cls.dir, "ledger.db")
        cls.added = run("add", "--ledger", cls.ledger, REPORTS)
        with open(REPORTS, encoding="utf-8") as f:
            cls.texts = {json.loads(line)["id"]: json.loads(line)["text"] for line in f}
        cls.listed = lines(cls.ask("events", "--format", "jsonl"))
        cls.events = [e for e in cls.listed if e["type"] != "deed"]

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.dir)

    @classmethod
    def ask(cls, *args, status=0):
        got, out, err = run(*args[:1], "--ledger", cls.ledger, *args[1:])
        assert (got, err) == (status, ""), (args, got, err)
        return out

    def the_launch(self):
        found = lines(self.ask("events", "--format", "jsonl", *LAUNCH))
        self.assertEqual(len(found), 1)
        return found[0]

    def test_add_says_what_it_recorded(self):
        status, out, err = self.added
        self.assertEqual((status, err), (0, ""))
        for report in self.texts:
            self.assertIn(report, out)

    def test_events_are_whole(self):
        self.assertEqual(len({e["id"] for e in self.events}), len(self.events))
        for e in self.events:
            self.assertIn(e["certainty"], CERTAINTIES)
            self.assertTrue(e["reports"] and e["mentions"])
            self.assertLessEqual({r["id"] for r in e["reports"]}, set(self.texts))
            for m in e["mentions"]:
                self.assertIn(m["report"], {r["id"] for r in e["reports"]})
                self.assertTrue(self.texts[m["report"]][m["start"]:m["end"]].strip())
            for values in e["fields"].values():
                for v in values:
                    self.assertIn(v["basis"], ("stated", "resolved", "computed", "assumed"))
                    self.assertIsInstance(v["sources"], list)
                    self.assertTrue(v["evidence"] or v["basis"] == "assumed")
                    for q in v["evidence"]:
                        self.assertEqual(self.texts[v["report"]][q["start"]:q["end"]], q["quote"])

    def test_one_launch_of_three_reports(self):
        e = self.the_launch()
        self.assertEqual({r["id"] for r in e["reports"]}, {"kp-0310-meridian", "kp-0310-harbor", "kp-0311-kcna-digest"})
        counts = {(v["value"]["min"], v["value"].get("max")) for v in e["fields"]["count"]}
        self.assertLessEqual({(2, 2), (3, None)}, counts)

    def test_the_other_launch_of_three_reports(self):
        found = lines(self.ask("events", "--format", "jsonl", "--type", "weapon-test", "--actor", "IND"))
        told = {r["id"]: e["id"] for e in found for r in e["reports"]}
        self.assertEqual({told.get(r) for r in ("in-0318-delhi", "in-0318-coastline", "in-0319-frontier")}, {told["in-0318-delhi"]})

    def test_filters(self):
        ids = lambda *a: {e["id"] for e in lines(self.ask("events", "--format", "jsonl", *a))}
        everything = {e["id"] for e in self.events}
        self.assertEqual(ids("--type", "weapon-test"), {e["id"] for e in self.events if (e["type"] + ".").startswith("weapon-test.")})
        self.assertEqual(ids("--actor", "PRK"), ids("--actor", "KP"))
        self.assertEqual(ids("--actor", "PRK"), ids("--actor", "north korea"))
        self.assertEqual(ids("--certainty", "denied"), {e["id"] for e in self.events if e["certainty"] == "denied"})
        self.assertEqual(ids("--type", "no-such-type"), set())
        self.assertLess(ids("--as-of", "2027-03-05"), everything)
        self.assertEqual(len(ids("--limit", "2")), 2)
        dated = {e["id"]: e["time"][:10] for e in self.events if len(e.get("time", "")) >= 10}
        self.assertEqual(ids("--since", "2027-03-15") & set(dated), {i for i, day in dated.items() if day >= "2027-03-15"})
        self.assertEqual(ids("--until", "2027-02") & set(dated), {i for i, day in dated.items() if day <= "2027-02-28"})
        self.assertEqual(ids("--since", "2027-03", "--until", "2027-03") & set(dated), {i for i, day in dated.items() if day[:7] == "2027-03"})
        self.assertEqual(ids("--since", "2028"), set())

    def test_show_text(self):
        event = self.the_launch()["id"]
        out = self.ask("show", event)
        for words in (event, "how many", "differ", "at least 3", "Joint Chiefs of Staff", "withheld", "altitude", "Checks", "Reports", "[3]",
                      "kp-0311-kcna-digest", "Harbor Press"):
            self.assertIn(words, out)
        self.assertEqual(self.ask("show", event[:len("KP-2027-03-10-weapon")]), out)  # a unique beginning will do
        self.assertIn("joined:", self.ask("show", "--verbose", event))
        self.assertLessEqual(max(map(len, out.splitlines())), 100)

    def test_show_json(self):
        event = self.the_launch()
        d = json.loads(self.ask("show", "--format", "json", event["id"]))
        self.assertEqual(d["id"], event["id"])
        self.assertTrue(d["agreement"]["count"]["conflict"])
        self.assertEqual([r["id"] for r in d["reports"] if r.get("outlet") == "Harbor Press"], ["kp-0310-harbor"])
        self.assertIn("altitude", {w["field"] for w in d["withheld"]})
        for kind in ("withheld", "checks"):
            for x in d[kind]:
                for q in x["evidence"]:
                    self.assertEqual(self.texts[x["report"]][q["start"]:q["end"]], q["quote"])

    def test_show_as_known_on_a_day(self):
        event = self.the_launch()["id"]
        d = json.loads(self.ask("show", "--format", "json", "--as-of", "2027-03-10", event))
        self.assertEqual({r["id"] for r in d["reports"]}, {"kp-0310-meridian", "kp-0310-harbor"})

    def test_show_what_is_not_there(self):
        for word, wanted in (("XX-1900", "XX-1900"), ("KP", "KP")):
            status, out, err = run("show", "--ledger", self.ledger, word)
            self.assertEqual((status, out), (1, ""))
            self.assertIn(wanted, err)
            self.assertEqual(err.count("\n"), 1)

    def test_timeline(self):
        steps = lines(self.ask("timeline", "--format", "jsonl", "--actor", "PRK", "--type", "weapon-test.missile"))
        dated = [s for s in steps if "nth" in s]
        self.assertEqual([s["time"][:10] for s in dated][-2:], ["2027-03-04", "2027-03-10"])
        self.assertEqual((dated[-1]["gap_days"], dated[-1]["in_week"]), (6, 2))
        self.assertEqual(json.loads(self.ask("timeline", "--format", "json", "--actor", "PRK", "--type", "weapon-test.missile")), steps)
        out = self.ask("timeline", "--actor", "PRK", "--type", "weapon-test.missile")
        self.assertIn("+6 d", out)
        self.assertIn("2nd in 7 days", out)
        self.assertIn("No event", self.ask("timeline", "--actor", "FRA"))

    def test_check(self):
        recorded = lines(self.ask("check", "--format", "jsonl"))
        self.assertEqual(json.loads(self.ask("check", "--format", "json")), recorded)
        second = [c for c in recorded if c["report"] == "kp-0310-meridian"]
        self.assertEqual([c["verdict"] for c in second], ["agrees"])
        self.assertEqual(len(second[0]["against"]), 1)
        self.assertIn(second[0]["against"][0], {e["id"] for e in self.events})
        for c in recorded:
            for q in c["evidence"]:
                self.assertEqual(self.texts[c["report"]][q["start"]:q["end"]], q["quote"])
        status, out, err = run("check", "--ledger", self.ledger, STORY, "--published", "2027-03-10")
        self.assertEqual((status, err), (0, ""))
        self.assertIn("agrees", out)
        self.assertIn("within a week", out)
        status, out, err = run("check", "--ledger", self.ledger, "/nonexistent", STORY, "--published", "2027-03-10")
        self.assertEqual((status, "within a week" in out), (1, True))
        self.assertIn("Nothing", run("check", "--ledger", self.ledger, "-", stdin=b"North Korea fired a missile, Seoul said.")[1])

    def test_export_csv(self):
        text = self.ask("export", "--format", "csv")
        self.assertTrue(text.endswith("\r\n") or text.endswith("\n"))
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        self.assertEqual([r["id"] for r in rows], [e["id"] for e in self.events])
        for r, e in zip(rows, self.events):
            self.assertNotIn(None, r)
            self.assertEqual(int(r["reports"]), len(e["reports"]))
            self.assertEqual(r["report_ids"].split(" | "), [x["id"] for x in e["reports"]])
        launch = next(r for r in rows if r["id"] == self.the_launch()["id"])
        self.assertIn("count", launch["conflicts"].split())
        self.assertEqual(launch["time_utc"], "2027-03-09T22:12Z")

    def test_export_jsonl_is_what_events_prints(self):
        self.assertEqual(lines(self.ask("export", "--format", "jsonl")), self.events)

    def test_deeds(self):
        """What else reports of a story tell of stands behind the events, of full lists and where it is asked for."""
        deeds = [e for e in self.listed if e["type"] == "deed"]
        self.assertTrue(deeds)
        self.assertEqual(self.listed, self.events + deeds)
        for d in deeds:
            self.assertEqual({m["report"] for m in d["mentions"]}, {r["id"] for r in d["reports"]})
            for m in d["mentions"]:
                self.assertTrue(self.texts[m["report"]][m["start"] : m["end"]].strip())
        self.assertEqual(lines(self.ask("events", "--format", "jsonl", "--limit", "500")), self.events)
        self.assertNotIn(deeds[0]["id"], self.ask("events"))
        self.assertIn(deeds[0]["id"], self.ask("events", "--all"))

    def test_doctor(self):
        d = json.loads(self.ask("doctor", "--format", "json"))
        self.assertTrue(d["pack"]["sound"] and d["ledger"]["sound"])
        self.assertEqual((d["ledger"]["reports"], d["ledger"]["events"]), (len(self.texts), len(self.events)))
        self.assertIn("sound", self.ask("doctor"))

    def test_same_output_whatever_the_machine(self):
        for args in (["events", "-f", "jsonl"], ["timeline"], ["export"]):
            base = self.ask(*args)
            self.assertEqual(run(*args, "--ledger", self.ledger, env={"TZ": "America/Caracas", "LC_ALL": "de_DE.UTF-8"})[1], base)


class Fresh(unittest.TestCase):
    def setUp(self):
        tmp = tempfile.TemporaryDirectory()
        self.addCleanup(tmp.cleanup)
        self.dir = tmp.name
        self.ledger = os.path.join(self.dir, "ledger.db")

    def dump(self, path):
        return run("events", "-f", "jsonl", "--ledger", path)[1]

    def test_adding_again_changes_nothing(self):
        self.assertEqual(run("add", "--ledger", self.ledger, REPORTS)[0], 0)
        before = self.dump(self.ledger)
        status, out, _ = run("add", "--ledger", self.ledger, REPORTS)
        self.assertEqual(status, 0)
        self.assertEqual(self.dump(self.ledger), before)

    def test_threads_do_not_matter(self):
        other = os.path.join(self.dir, "other.db")
        run("add", "--ledger", self.ledger, "-j", "1", REPORTS)
        run("add", "--ledger", other, "-j", "4", REPORTS)
        self.assertEqual(self.dump(self.ledger), self.dump(other))

    def test_default_place(self):
        for env in ({"XDG_DATA_HOME": self.dir}, {"HOME": self.dir, "XDG_DATA_HOME": ""}, {"HOME": self.dir, "XDG_DATA_HOME": "relative"}):
            self.assertEqual(run("add", STORY, "--published", "2027-03-10", env=env)[0], 0, env)
        self.assertTrue(os.path.exists(os.path.join(self.dir, "sillok/ledger.db")))
        self.assertTrue(os.path.exists(os.path.join(self.dir, ".local/share/sillok/ledger.db")))

    def test_bad_reports_do_not_stop_the_good(self):
        data = b'{"id":"x","text":\n' + json.dumps({"id": "y", "text": "Iran launched a Simorgh rocket on Monday, state TV said.", "published": "2027-02-20"}).encode()
        status, out, err = run("add", "--ledger", self.ledger, "--input", "jsonl", "-", stdin=data)
        self.assertEqual(status, 1)
        self.assertIn(":1:", err)
        self.assertIn("y", {r["id"] for e in lines(self.dump(self.ledger)) for r in e["reports"]})

    def assert_unusable(self, path, *words, command=("events",), env=None):
        status, out, err = run(*command, "--ledger", path, env=env)
        self.assertEqual((status, out), (3, ""), err)
        self.assertEqual(err.count("\n"), 1, err)
        for w in words:
            self.assertIn(w, err)

    def test_ledgers_that_cannot_be_used(self):
        self.assert_unusable(self.ledger, self.ledger, "no ledger yet")
        for c in (("show", "x"), ("timeline",), ("check",), ("export",)):
            self.assert_unusable(self.ledger, "no ledger yet", command=c)
        with open(self.ledger, "wb") as f:
            f.write(b"this is no database at all, only some words\n" * 100)
        self.assert_unusable(self.ledger, self.ledger)
        self.assert_unusable(self.ledger, self.ledger, command=("add", STORY))
        self.assert_unusable(self.dir, self.dir)
        self.assert_unusable("postgresql://host/db", "file")
        other = os.path.join(self.dir, "other.db")
        with sqlite3.connect(other) as db:
            db.execute("create table somebody_elses (x)")
        self.assert_unusable(other, other)
        self.assert_unusable(other, other, command=("add", STORY))

    def archive(self, n):
        path = os.path.join(self.dir, "pages.warc.gz")
        with open(path, "wb") as f:
            for i in range(n):
                body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>The minister met %d envoys on Monday, he said.</p>" % i
                head = b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://wire.example/%d\r\nContent-Length: %d\r\n\r\n"
                f.write(gzip.compress(head % (i, len(body)) + body + b"\r\n\r\n"))
        return path

    def test_an_interrupted_archive_is_gone_on_with(self):
        n, path, draw = 3000, self.archive(3000), random.Random(3)
        command = [SILLOK, "add", "--ledger", self.ledger, "--format", "jsonl", "--resume", path]
        said, resumed = [], 0
        for i in range(16):
            if resumed > 2:
                break
            p = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            time.sleep(draw.uniform(0.1, 0.4) * (1 + i / 4))
            p.kill()
            out, err = p.communicate()
            resumed += b"goes on behind byte" in err
            said += [x["source"] for x in map(json.loads, out.decode().split("\n")[:-1]) if x["status"] == "recorded"]
        status, out, err = run(*command[1:])
        self.assertEqual(status, 0)
        said += [x["source"] for x in lines(out) if x["status"] == "recorded"]
        with sqlite3.connect(self.ledger) as db:
            self.assertEqual(db.execute("SELECT count(*), count(DISTINCT url) FROM report").fetchone(), (n, n))
            self.assertEqual(db.execute("SELECT count(*) FROM file_position").fetchone(), (0,))
        self.assertEqual(len(said), len(set(said)))  # nothing was read twice
        self.assertTrue(resumed, "no run was resumed")
        status, out, err = run(*command[1:])  # the last run came to its end: all anew
        self.assertEqual((status, {x["status"] for x in lines(out)}, err), (0, {"already"}, ""))

    def test_progress_says_pace_and_time_left(self):
        status, _, err = run("add", "--ledger", self.ledger, "--progress", "always", "-j", "1", self.archive(5000))
        self.assertEqual(status, 0)
        self.assertRegex(err, r"\] +\d+%  \d+ reports  \d+/s  \d+ (s|min) left")
        self.assertRegex(err, r"100%  5000 reports  \d+/s")

    def test_doctor_finds_damage(self):
        run("add", "--ledger", self.ledger, REPORTS)
        with open(self.ledger, "r+b") as f:
            size = os.path.getsize(self.ledger)
            f.seek(size // 2)
            f.write(b"\xff" * 8192)
        for ending in ("-wal", "-shm"):
            if os.path.exists(self.ledger + ending):
                os.remove(self.ledger + ending)
        status, out, err = run("doctor", "--ledger", self.ledger)
        self.assertEqual(status, 3, out)

    def test_doctor_without_a_ledger(self):
        status, out, err = run("doctor", env={"XDG_DATA_HOME": self.dir})
        self.assertEqual((status, err), (0, ""))
        self.assertIn("not there yet", out)
        self.assertEqual(run("doctor", "--ledger", self.ledger)[0], 3)


unittest.main(argv=sys.argv[:1] + sys.argv[3:])
