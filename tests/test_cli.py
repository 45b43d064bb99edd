"""test_cli.py SILLOK SOURCE - the program as its users meet it: help, exit statuses, messages, text and JSON output.

JSON is held against docs/report.schema.json, and beyond it: every span lies inside the text and holds words, every id that is
pointed at exists. Reports come from examples/, everything hostile is made here.
"""
import json
import os
import pty
import random
import select
import subprocess
import sys
import tempfile
import unicodedata
import unittest

import jsonschema

SILLOK, SOURCE = sys.argv[1], sys.argv[2]
STORY = os.path.join(SOURCE, "examples/story.txt")
REPORTS = os.path.join(SOURCE, "examples/reports.jsonl")
COMMANDS = ["read", "add", "events", "show", "timeline", "check", "export", "doctor", "watch"]
with open(os.path.join(SOURCE, "docs/report.schema.json"), encoding="utf-8") as f:
    SCHEMA = jsonschema.Draft202012Validator(json.load(f))


def contents(path):
    with open(path, "rb") as f:
        return f.read()


def run(*args, stdin=b"", env=None, **more):
    """The program's status, standard output (bytes) and standard error (text)."""
    r = subprocess.run([SILLOK, *args], input=stdin, capture_output=True, timeout=120, env=dict(os.environ, **(env or {})), **more)
    return r.returncode, r.stdout, r.stderr.decode("utf-8", "replace")


def on_terminal(*args, env=None, columns=80):
    """What the program writes when standard output is a terminal of so many columns."""
    import fcntl, struct, termios
    try:
        ours, theirs = pty.openpty()
    except OSError as e:
        raise unittest.SkipTest(f"this machine gives no terminal: {e}")
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    full = {**os.environ, "TERM": "xterm-256color", "NO_COLOR": "", **(env or {})}
    child = subprocess.Popen([SILLOK, *args], stdin=subprocess.DEVNULL, stdout=theirs, stderr=subprocess.DEVNULL, env=full)
    os.close(theirs)
    out = b""
    while True:
        if not select.select([ours], [], [], 60)[0]:
            break
        try:
            piece = os.read(ours, 65536)
        except OSError:
            break
        if not piece:
            break
        out += piece
    child.wait()
    os.close(ours)
    return out.decode("utf-8").replace("\r\n", "\n")


def width(line):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in line)


class Help(unittest.TestCase):
    def test_version_is_one_line(self):
        for flag in ("--version", "-V"):
            status, out, err = run(flag)
            self.assertEqual((status, err), (0, ""))
            self.assertRegex(out.decode(), r"^sillok \d+\.\d+\.\d+\n$")

    def test_program_help_names_every_command(self):
        for args in (["--help"], ["-h"], ["help"]):
            status, out, _ = run(*args)
            self.assertEqual(status, 0)
            for c in COMMANDS:
                self.assertIn(f"  {c} ", out.decode())

    def test_every_command_has_help_with_examples(self):
        for c in COMMANDS:
            for args in ([c, "--help"], ["help", c], [c, "-h"]):
                status, out, _ = run(*args)
                self.assertEqual(status, 0, args)
                self.assertIn(f"Usage: sillok {c}", out.decode())
                self.assertIn("Examples:\n  sillok", out.decode())
                self.assertLessEqual(max(map(len, out.decode().splitlines())), 80)

    def test_manual_pages_and_completions_name_every_option(self):
        for c in COMMANDS:
            wanted = [w for w in run(c, "--help")[1].decode().split() if w.startswith("--") and w.strip("-").isalpha()]
            page = run("--generate", "man", c)[1].decode().replace("\\-", "-")
            for option in wanted:
                self.assertIn(option, page)
            for shell in ("bash", "zsh", "fish"):
                status, out, _ = run("--generate", shell)
                self.assertEqual(status, 0)
                self.assertIn(c, out.decode())

    def test_bash_completes(self):
        script = run("--generate", "bash")[1].decode()
        ask = script + '\nCOMP_WORDS=(sillok %s); COMP_CWORD=%d; _sillok; echo "${COMPREPLY[@]}"\n'
        for words, at, wanted in (("ti", 1, "timeline"), ("read --for", 2, "--format"), ("export --format geo", 3, "geojson")):
            out = subprocess.run(["bash", "-c", ask % (words, at)], capture_output=True, text=True, timeout=20).stdout
            self.assertEqual(out.strip(), wanted)


class CommandLine(unittest.TestCase):
    def assert_wrong(self, args, *words):
        status, out, err = run(*args)
        self.assertEqual((status, out), (2, b""), args)
        self.assertEqual(err.count("\n"), 1, err)
        for w in words:
            self.assertIn(w, err)

    def test_wrong_command_lines(self):
        self.assert_wrong([], "--help")
        self.assert_wrong(["raed"], '"raed"', "did you mean read?")
        self.assert_wrong(["timelnie"], "did you mean timeline?")
        self.assert_wrong(["xyzzy"], '"xyzzy" is no command')
        self.assert_wrong(["help", "shwo"], "did you mean show?")
        self.assert_wrong(["--quiet", "read"], "options follow")
        self.assert_wrong(["read", "--publised", "2024"], "did you mean --published?")
        self.assert_wrong(["read", "--since", "2024"], "events, timeline or export")
        self.assert_wrong(["read", "--frobnicate"], "is no option of sillok read")
        self.assert_wrong(["read", "-z"], "is no option")
        self.assert_wrong(["read", "--format", "xml"], "text, json, jsonl")
        self.assert_wrong(["read", "--format"], "needs a value")
        self.assert_wrong(["read", "--quiet=yes"], "takes no value")
        self.assert_wrong(["read", "--input", "pdf"], "auto, text, html, jsonl, feed or warc")
        self.assert_wrong(["read", "--layers", "times,colours"], '"colours" is no layer')
        self.assert_wrong(["read", "--published", "Wednesday"], "2024-09-18")
        self.assert_wrong(["read", "--published", "2024-02-30"], "2024-09-18")
        self.assert_wrong(["read", "-j", "0"], "1 to 256")
        self.assert_wrong(["show"], "needs EVENT")
        self.assert_wrong(["show", "a", "b"], "too much")
        self.assert_wrong(["timeline", "x"], "no operand")

    def test_forms_of_options_mean_the_same(self):
        forms = (["--format=json", "-p", "2027-03-10"], ["-fjson", "-p2027-03-10"], ["-f", "json", "--published=2027-03-10"])
        outs = {run("read", *form, STORY)[1] for form in forms}
        outs.add(run("read", STORY, "--format", "json", "--published", "2027-03-10")[1])
        outs.add(run("read", "--format", "json", "--published", "2027-03-10", "--", STORY)[1])
        self.assertEqual(len(outs), 1)


class BadInput(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.TemporaryDirectory()
        self.addCleanup(self.dir.cleanup)

    def file(self, data, name="story.txt"):
        path = os.path.join(self.dir.name, name)
        with open(path, "wb") as out:
            out.write(data)
        return path

    def assert_refused(self, path, *words):
        """Text: one line on standard error that names the file. JSON lines: an object with the error as well. Status 1."""
        status, out, err = run("read", path)
        self.assertEqual((status, out), (1, b""))
        self.assertEqual(err.count("\n"), 1, err)
        for w in (os.path.basename(path), *words):
            self.assertIn(w, err)
        status, out, _ = run("read", "--format", "jsonl", path)
        self.assertEqual(status, 1)
        error = json.loads(out)["error"]
        self.assertTrue(error["code"] and error["message"])
        return error["code"]

    def test_files_that_cannot_be_read(self):
        self.assertEqual(self.assert_refused("/nonexistent/story.txt", "No such file"), "io")
        self.assertEqual(self.assert_refused(self.dir.name, "directory"), "io")

    def test_texts_in_other_encodings_are_read(self):
        cases = ((b"Line one.\nCaf\xe9 launch\n", "Line one.\nCaf\xe9 launch\n"), ("\ufeffA launch.\n".encode("utf-16-le"), "A launch.\n"),
                 ("\ub3d9\ud574\ub85c \ubbf8\uc0ac\uc77c\uc744 \uc3d8\uc558\ub2e4\n".encode("euc-kr"), "\ub3d9\ud574\ub85c \ubbf8\uc0ac\uc77c\uc744 \uc3d8\uc558\ub2e4\n"),
                 (b"Overlong \xc0\xaf and surrogate \xed\xa0\x80\n", "Overlong \ufffd\ufffd and surrogate \ufffd\ufffd\ufffd\n"))
        for data, text in cases:
            status, out, _ = run("read", "--format", "jsonl", "--layers", "sentences", self.file(data))
            self.assertEqual((status, json.loads(out)["report"]["text"]), (0, text))
        self.assertIn("U+FFFD", run("read", self.file(cases[-1][0]))[2])

    def test_what_is_no_text_is_refused(self):
        self.assertEqual(self.assert_refused(self.file(b"A missile\0was fired.\n")), "bad-encoding")

    def test_empty_reports(self):
        self.assertEqual(self.assert_refused(self.file(b""), "no text"), "empty")
        self.assertEqual(self.assert_refused(self.file(b" \n\t\r\n")), "empty")

    def test_over_the_limit(self):
        self.assertEqual(self.assert_refused(self.file(b"word " * (16 * 1024 * 1024 // 5 + 1)), "bytes"), "limit")

    def test_a_byte_order_mark_is_no_text(self):
        status, out, _ = run("read", "--format", "jsonl", "--layers", "sentences", self.file("\ufeffA missile was fired.\n".encode()))
        self.assertEqual(status, 0)
        self.assertTrue(json.loads(out)["report"]["text"].startswith("A missile"))

    def test_bad_lines_do_not_stop_the_good(self):
        lines = [b'{"id":"a","text":"North Korea fired a missile."}', b'{"id":"b","text":', b'[1,2]', b"", b'{"id":"c"}', b'{"id":"d","text":"  "}',
                 b'{"id":"e","text":"\xff"}', b'{"id":"f","text":7}', b'{"id":"g","text":"Iran launched a rocket.","published":"2027-02-20"}']
        path = self.file(b"\n".join(lines) + b"\n", "reports.jsonl")
        status, out, err = run("read", "--format", "jsonl", "--input", "jsonl", path)
        got = [json.loads(line) for line in out.decode().splitlines()]
        self.assertEqual(status, 1)
        self.assertEqual(len(got), 8)
        self.assertEqual([g["report"]["id"] for g in got if "report" in g], ["a", "g"])
        self.assertEqual([g["line"] for g in got if "error" in g], [2, 3, 5, 6, 7, 8])
        self.assertEqual([g["id"] for g in got if "error" in g][2:4], ["c", "d"])
        self.assertEqual(err.count("\n"), 6)
        self.assertIn("reports.jsonl:2: ", err)

    def test_a_date_that_is_none_counts_as_not_known(self):
        line = json.dumps({"id": "x", "text": "North Korea fired a missile on Wednesday, Seoul said.", "published": "None"}).encode()
        status, out, err = run("read", "-f", "jsonl", "-", stdin=line)
        self.assertEqual(status, 0)
        self.assertNotIn("published", json.loads(out)["report"])
        self.assertIn('standard input:1: "published" is no ISO 8601 date', err)
        status, out, err = run("read", "-q", "-f", "jsonl", "-p", "2027-03-10", "-", stdin=line)
        self.assertEqual((status, json.loads(out)["report"]["published"], err), (0, "2027-03-10", ""))

    def test_any_bytes_end_with_a_documented_status(self):
        rng = random.Random(20270310)
        story = contents(STORY)
        reports = contents(REPORTS)
        for k in range(40):
            data = bytearray(rng.choice((story, reports)))
            for _ in range(rng.randrange(1, 60)):
                at = rng.randrange(len(data))
                if rng.random() < 0.4:
                    del data[at:at + rng.randrange(1, 30)]
                elif rng.random() < 0.5:
                    data[at] = rng.randrange(256)
                else:
                    data[at:at] = bytes(rng.choice(b' .,"()-0123456789%{}[]\\\n') for _ in range(rng.randrange(1, 20)))
            status, out, _ = run("read", "--format", "jsonl", "-", stdin=bytes(data))
            self.assertIn(status, (0, 1), k)
            for line in out.decode("utf-8").splitlines():
                json.loads(line)

    def test_a_full_disk_is_said(self):
        with open("/dev/full", "wb") as full:
            r = subprocess.run([SILLOK, "read", STORY], stdout=full, stderr=subprocess.PIPE, timeout=60)
        self.assertEqual(r.returncode, 1)
        self.assertIn(b"standard output", r.stderr)

    def test_a_closed_pipe_is_no_fault(self):
        r = subprocess.run(["sh", "-c", '"$0" read --format jsonl "$1" | head -c 10', SILLOK, REPORTS], capture_output=True, timeout=60)
        self.assertEqual(r.stderr, b"")


class Json(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        status, out, err = run("read", "--format", "jsonl", REPORTS)
        assert (status, err) == (0, ""), err
        cls.readings = [json.loads(line) for line in out.decode("utf-8").splitlines()]

    def test_schema(self):
        for r in self.readings:
            errors = [f"{'/'.join(map(str, e.absolute_path))}: {e.message[:200]}" for e in SCHEMA.iter_errors(r)]
            self.assertEqual(errors, [], r["report"]["id"])

    def members(self, node, schema, path, unknown):
        """Collects members of the output that the schema does not name."""
        if "$ref" in schema:
            schema = {**SCHEMA.schema["$defs"][schema["$ref"].split("/")[-1]], **schema}
        named = dict(schema.get("properties", {}))
        for part in schema.get("allOf", []):
            named.update(SCHEMA.schema["$defs"][part["$ref"].split("/")[-1]].get("properties", {}))
        if isinstance(node, dict) and named:
            unknown.update(f"{path}/{k}" for k in node if k not in named)
        if isinstance(node, dict):
            more = schema.get("additionalProperties", {})
            for k, v in node.items():
                self.members(v, named.get(k, more if isinstance(more, dict) else {}), f"{path}/{k}", unknown)
        elif isinstance(node, list):
            for v in node:
                self.members(v, schema.get("items", {}), path, unknown)

    def test_every_member_is_in_the_schema(self):
        unknown = set()
        for r in self.readings:
            self.members(r, SCHEMA.schema, "", unknown)
        self.assertEqual(unknown, set())

    def test_texts_are_unaltered_and_in_order(self):
        given = [json.loads(line) for line in contents(REPORTS).splitlines()]
        self.assertEqual([(g["id"], g["text"]) for g in given], [(r["report"]["id"], r["report"]["text"]) for r in self.readings])

    def spans(self, node, text, path="", **_):
        if isinstance(node, dict):
            if "start" in node and "end" in node:
                self.assertLessEqual(0, node["start"], path)
                self.assertLess(node["start"], node["end"], path)
                self.assertLessEqual(node["end"], len(text), path)
                self.assertTrue(text[node["start"]:node["end"]].strip(), path)
            for k, v in node.items():
                self.spans(v, text, f"{path}/{k}")
        elif isinstance(node, list):
            for i, v in enumerate(node):
                self.spans(v, text, f"{path}/{i}")

    def test_spans_hold_words(self):
        for r in self.readings:
            self.spans(r, r["report"]["text"], r["report"]["id"])

    def test_ids_exist_and_values_have_evidence(self):
        for r in self.readings:
            said = {a["id"] for a in r["attributions"]}
            actors = {a["id"] for a in r["actors"]}
            events = {e["id"] for e in r["events"]}
            for a in r["attributions"]:
                self.assertIn(a.get("actor", "a1" if "a1" in actors else None), actors | {None})
                self.assertIn(a.get("inside", next(iter(said))), said)
            for e in r["events"]:
                self.assertLessEqual(set(e.get("same_as", [])), events)
                self.assertLessEqual(set(e["attributions"]), said)
                for w in e["withheld"]:
                    self.assertIn(w.get("by", next(iter(said), None)), said | {None})
                for name, values in e["fields"].items():
                    for v in values:
                        self.assertLessEqual(set(v["attributions"]), said, name)
                        self.assertTrue(v["evidence"] or v["basis"] == "assumed", (r["report"]["id"], e["id"], name))
                        if name == "actor" and isinstance(v["value"], str) and v["value"] in actors:
                            self.assertTrue(v["value"])

    def test_code_points_not_bytes(self):
        text = "— “SEOUL” — North Korea fired two missiles on Wednesday, 한국 said. 🚀 Japan’s ministry confirmed it."
        r = json.loads(run("read", "-f", "jsonl", "-", stdin=json.dumps({"id": "x", "text": text, "published": "2027-03-10"}).encode())[1])
        self.assertEqual(r["report"]["text"], text)
        words = [text[t["start"]:t["end"]] for t in r["tokens"]]
        self.assertIn("missiles", words)
        self.assertIn("🚀", words)
        self.assertIn("confirmed", words)

    def test_layers(self):
        for asked in (["times"], ["places", "events"], ["sentences"], ["tokens", "names"]):
            out = json.loads(run("read", "-f", "jsonl", "--layers", ",".join(asked), STORY)[1])
            self.assertEqual(sorted(out), sorted(["report", *asked]))

    def test_explain_names_the_rule_of_every_value(self):
        _, out, _ = run("read", "--explain", "-f", "jsonl", REPORTS)
        docs = [json.loads(line) for line in out.splitlines()]
        events = [e for d in docs for e in d.get("events", [])]
        self.assertTrue(events)
        for e in events:
            self.assertEqual(set(e["rules"]) - {"code"}, {"type", "happened", "certainty", "main"}, e)
            for values in e["fields"].values():
                self.assertTrue(all("." in v["rule"] for v in values), e)
        for d in docs:
            SCHEMA.validate(d)
        _, page, _ = run("read", "--explain", STORY, "--published", "2027-03-10")
        self.assertIn("event_words:fire/v", page.decode())
        _, plain, _ = run("read", "-f", "jsonl", REPORTS)
        self.assertNotIn(b'"rule', plain)

    def test_json_and_jsonl_say_the_same(self):
        one = json.loads(run("read", "-f", "json", "-p", "2027-03-10", STORY)[1])
        other = json.loads(run("read", "-f", "jsonl", "-p", "2027-03-10", STORY)[1])
        self.assertEqual(one, other)

    def test_id_is_the_hash_of_the_text_where_none_is_given(self):
        import hashlib
        r = json.loads(run("read", "-f", "jsonl", STORY)[1])
        self.assertEqual(r["report"]["id"], hashlib.sha256(contents(STORY)).hexdigest())

    def test_same_bytes_whatever_the_machine(self):
        many = contents(REPORTS) * 4
        base = run("read", "-f", "jsonl", "-j", "1", "-", stdin=many)[1]
        self.assertEqual(run("read", "-f", "jsonl", "-j", "4", "-", stdin=many)[1], base)
        for env in ({"LANG": "de_DE.UTF-8", "LC_ALL": "de_DE.UTF-8"}, {"TZ": "Pacific/Kiritimati"}, {"LC_ALL": "C", "TZ": "America/Caracas"}):
            self.assertEqual(run("read", "-f", "jsonl", "-", stdin=many, env=env)[1], base, env)


class Text(unittest.TestCase):
    def test_the_story(self):
        out = run("read", STORY, "--published", "2027-03-10")[1].decode()
        for words in ("published 2027-03-10 (given)", "The news", "weapon-test.missile.ballistic", "North Korea (PRK)", "“two”", "Sunan",
                      "Joint Chiefs of Staff", "withheld", "altitude", "Also told", "Checks", "agrees"):
            self.assertIn(words, out)

    def test_without_publication_date_the_page_says_so(self):
        out = run("read", "-", stdin=b"North Korea fired a missile on Wednesday, Seoul said.\n")[1].decode()
        self.assertIn("publication date not known", out)
        self.assertNotRegex(out, r"\b20\d\d-\d\d")

    def test_lines_fit_the_page(self):
        for columns in (60, 80, 120):
            out = on_terminal("read", "--no-color", REPORTS, columns=columns)
            for line in out.splitlines():
                self.assertLessEqual(width(line), columns, line)
                self.assertEqual(line, line.rstrip())

    def test_colour_only_where_wanted(self):
        self.assertIn("\033[1m", on_terminal("read", STORY))
        self.assertNotIn("\033", on_terminal("read", "--no-color", STORY))
        self.assertNotIn("\033", on_terminal("read", STORY, env={"NO_COLOR": "1"}))
        self.assertIn("\033", on_terminal("read", STORY, env={"NO_COLOR": ""}))
        self.assertNotIn("\033", on_terminal("read", STORY, env={"TERM": "dumb"}))
        self.assertNotIn(b"\033", run("read", STORY)[1])

    def test_a_report_cannot_steer_the_terminal(self):
        nasty = "SEOUL (X) - North \x1b[31mKorea\x1b]0;owned\x07 fired \u202etwo\u202c missiles\x9b on Wednesday, the JCS said.\n"
        r = run("read", "-", "-p", "2027-03-10", stdin=json.dumps({"text": nasty, "title": "A\x1b[2Jb", "outlet": "\x1bc", "id": "\x1b"}).encode())
        self.assertEqual(r[0], 0)
        for c in "\x1b\x07\x9b\u202e":
            self.assertNotIn(c, r[1].decode())

    def test_same_text_whatever_the_machine(self):
        base = run("read", REPORTS)[1]
        self.assertEqual(run("read", "-j", "3", REPORTS, env={"TZ": "Asia/Tokyo", "LC_ALL": "tr_TR.UTF-8", "COLUMNS": "40"})[1], base)

    def test_quiet_and_progress(self):
        self.assertEqual(run("read", "--progress", "never", STORY)[2], "")
        self.assertEqual(run("read", STORY)[2], "")
        self.assertIn("100%", run("read", "--progress", "always", STORY)[2])


class Pack(unittest.TestCase):
    def test_a_wrong_or_cut_pack_is_refused(self):
        real = os.environ["SILLOK_PACK"]
        with tempfile.TemporaryDirectory() as d:
            whole = contents(real)
            for name, data in (("cut", whole[:-100]), ("empty", b""), ("other", b"no pack at all" * 100), ("bent", whole[:5000] + b"!" + whole[5001:])):
                path = os.path.join(d, name)
                with open(path, "wb") as f:
                    f.write(data)
                status, out, err = run("read", STORY, env={"SILLOK_PACK": path})
                self.assertEqual((status, out), (70, b""), name)
                self.assertEqual(err.count("\n"), 1)
                self.assertIn(path, err)
            status, _, err = run("read", STORY, env={"SILLOK_PACK": d + "/none"})
            self.assertEqual(status, 70)
            self.assertIn(d + "/none", err)


unittest.main(argv=sys.argv[:1] + sys.argv[3:])
