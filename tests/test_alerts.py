"""test_alerts.py SILLOK SOURCE - alerts from outside: a desk's file of rules, a little feed server and a receiver of webhooks on this
machine, a sendmail that writes down what it gets. That every alert arrives under kill -9 at any moment, that none is raised twice, how
long it takes from an item in a feed to an alert at the receiver, and that no request leaves for an address it must not go to.
"""
import base64
import datetime
import email
import email.policy
import email.utils
import hashlib
import hmac
import http.server
import json
import os
import random
import shutil
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import xml.etree.ElementTree as ET

SILLOK, SOURCE = sys.argv[1], sys.argv[2]
SECRET = "whsec_" + base64.b64encode(b"a secret of this test, 32 bytes.").decode()
ATOM, CAP = "{http://www.w3.org/2005/Atom}", "{urn:oasis:names:tc:emergency:cap:1.2}"

STATES = ["North Korea", "Iran", "India", "Pakistan", "Russia", "China"]


def report(n, who="North Korea", said="the military", count="two", day=10, more=""):
    return {"id": "r%s" % n, "published": "2027-03-%02d" % day, "outlet": "Outlet %s" % n,
            "text": "%s fired %s short-range ballistic missiles on March %d, 2027, %s said. %s" % (who, count, day, said, more)}


class Site(http.server.ThreadingHTTPServer):
    """A receiver of webhooks that writes down what it gets, and pages by path. answer(handler) gives (status, headers)."""
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, answer=None):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answer, self.got, self.asked, self.pages, self.lock = answer, [], 0, {}, threading.Lock()
        self.port = self.server_address[1]
        self.url = "http://127.0.0.1:%d" % self.port
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def handle_error(self, request, client_address):
        pass  # a client that was killed

    def close(self):
        self.shutdown()
        self.server_close()

    def wait_for(self, n, process):
        """Until n more requests came, or the process ended."""
        n += self.asked
        end = time.monotonic() + 20
        while self.asked < n and process.poll() is None and time.monotonic() < end:
            time.sleep(0.001)

    def keys(self):
        with self.lock:
            return [h["webhook-id"] for _, h, _, _ in self.got]


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def answer(self, status, headers, body):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.server.asked += 1
        body = self.server.pages.get(self.path)
        kind = "application/rss+xml" if self.path.startswith("/feed") else "text/html; charset=utf-8"
        self.answer(200 if body else 404, {"Content-Type": kind}, body or b"no such page")

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status, headers = self.server.answer(self) if self.server.answer else (200, {})
        with self.server.lock:
            self.server.asked += 1
            self.server.got.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body, time.monotonic()))
        self.answer(status, headers, b"")


class Alerts(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.mkdtemp()
        self.ledger = self.at("ledger.db")
        self.site = Site()
        self.env = dict(os.environ, DESK_SECRET=SECRET)

    def tearDown(self):
        self.site.close()
        shutil.rmtree(self.dir)

    def at(self, name):
        return os.path.join(self.dir, name)

    def write(self, name, text):
        with open(self.at(name), "w") as f:
            f.write(text)
        return self.at(name)

    def desk(self, rule="type = weapon-test\nwithin = any", to="desk", channels=None, name="desk.conf"):
        channels = channels or "[webhook desk]\nurl = %s/hook\nsecret-env = DESK_SECRET\nretry = 1s\n" % self.site.url
        return self.write(name, "[rule missiles]\n%s\nto = %s\n%s" % (rule, to, channels))

    def run_it(self, *args, status=0, private=False, text=None):
        more = ["--allow-private"] if private else []
        r = subprocess.run([SILLOK, *args, "--ledger", self.ledger, *more], capture_output=True, timeout=120, env=self.env,
                           input=text)
        if status is not None:
            self.assertEqual(r.returncode, status, r.stderr.decode())
        return r.stdout.decode(), r.stderr.decode()

    def add(self, *reports, more=()):
        lines = "".join(json.dumps(r) + "\n" for r in reports).encode()
        out, _ = self.run_it("add", "--format", "jsonl", "-j", "1", *more, "-", text=lines)
        return [json.loads(line) for line in out.splitlines()]

    def outbox(self, verbose=True):
        out, _ = self.run_it("alerts", "outbox", "--format", "jsonl", *(["-v"] if verbose else []))
        return [json.loads(line) for line in out.splitlines()]

    # ------------------------------------------------------------ rules

    def test_a_fault_in_the_rules_is_said_with_file_and_line(self):
        bad = self.write("bad.conf", "[rule a]\ntype = weapon-tst\nto = x\n")
        for args in (("alerts", "set", bad), ("alerts", "test", bad), ("add", "--alerts", bad, "-")):
            _, err = self.run_it(*args, status=2, text=b"")
            self.assertIn('bad.conf:2: "weapon-tst" is no type of event; did you mean weapon-test?', err)
        _, err = self.run_it("alerts", "set", self.at("none.conf"), status=2)
        self.assertRegex(err, "none.conf: .*No such file")
        _, err = self.run_it("alerts", "frobnicate", status=2)
        self.assertIn("list, outbox, test, set, off, send, retry", err)

    def test_rules_are_tried_out_set_shown_and_taken_off(self):
        self.add(report(1), report(2, who="Iran", day=11))
        desk = self.desk(rule="actor = IRN\nwithin = any")
        for args in (("alerts", "test", desk), ("alerts", "set", desk, "--dry-run")):
            out, _ = self.run_it(*args, "--format", "jsonl")
            self.assertEqual([(x["rule"], x["event"][:13]) for x in map(json.loads, out.splitlines())], [("missiles", "IR-2027-03-11")])
        self.assertIn("has no rules", self.run_it("alerts")[0])
        self.run_it("alerts", "set", desk)
        self.assertIn("actor = IRN", self.run_it("alerts")[0])
        self.assertEqual(self.add(report(3, who="Iran", day=12))[0]["alerts"], 1)
        self.run_it("alerts", "off")
        self.assertNotIn("alerts", self.add(report(4, who="Iran", day=13))[0])
        self.assertEqual([x["state"] for x in self.outbox()], ["waits"])

    def test_no_secret_and_no_channel_comes_into_the_ledger(self):
        secret = self.write("key", "hunter2-hunter2\n")
        desk = self.desk(channels="[webhook desk]\nurl = %s/private-path\nsecret-file = %s\n" % (self.site.url, secret))
        self.add(report(1), more=("--alerts", desk))
        self.run_it("alerts", "send", desk, private=True)
        self.assertEqual(len(self.site.got), 1)
        data = b""
        for end in ("", "-wal"):
            if os.path.exists(self.ledger + end):
                with open(self.ledger + end, "rb") as f:
                    data += f.read()
        for word in (b"hunter2", b"private-path", secret.encode()):
            self.assertNotIn(word, data)

    # ------------------------------------------------------------ channels

    def test_a_webhook_gets_json_signed_with_its_key(self):
        desk = self.desk()
        self.add(report(1), more=("--alerts", desk))
        self.run_it("alerts", "send", desk, private=True)
        (path, h, body, _), = self.site.got
        self.assertEqual((path, h["content-type"], h["user-agent"][:7]), ("/hook", "application/json", "sillok/"))
        self.assertEqual(h["idempotency-key"], h["webhook-id"])
        self.assertLess(abs(time.time() - int(h["webhook-timestamp"])), 60)
        signed = ("%s.%s." % (h["webhook-id"], h["webhook-timestamp"])).encode() + body
        mac = hmac.new(base64.b64decode(SECRET[6:]), signed, hashlib.sha256).digest()
        self.assertEqual(h["webhook-signature"], "v1," + base64.b64encode(mac).decode())
        alert = json.loads(body)
        self.assertEqual((alert["key"], alert["rules"], alert["why"][0]["state"]), (h["webhook-id"], ["missiles"], "new"))
        self.assertIn("North Korea: launch of a ballistic missile", alert["headline"])
        self.assertEqual(alert["event"]["country"], "PRK")
        self.assertIn("fired two", alert["report"]["sentence"])
        values = {v["field"]: v for v in alert["values"]}
        self.assertEqual((values["count"]["value"], values["count"]["words"]), ("2", "two"))
        self.assertEqual(self.outbox()[0]["state"], "sent")
        self.run_it("alerts", "send", desk, private=True)
        self.assertEqual(len(self.site.got), 1)  # once

    def test_feed_document_and_mail(self):
        os.mkdir(self.at("cap"))
        sendmail = self.write("sendmail", "#!/bin/sh\nn=$(ls %s/mail.* 2>/dev/null | wc -l)\necho \"$@\" > %s/args\ncat > %s/mail.$n\n"
                              % ((self.dir,) * 3))
        os.chmod(sendmail, stat.S_IRWXU)
        desk = self.desk(to="feed, cap, duty", channels=(
            "[atom feed]\nfile = %s\ntitle = Desk & more\n[cap cap]\nfolder = %s\nsender = desk@example.org\n"
            "[mail duty]\nto = a@example.org, b@example.org\nfrom = sillok@example.org\nprogram = %s\n"
            % (self.at("feed.atom"), self.at("cap"), sendmail)))
        self.add(report(1), more=("--alerts", desk))
        self.run_it("alerts", "send", desk)
        self.add(report(2, said="the Japanese coast guard", count="four"))
        self.run_it("alerts", "send", desk)
        rows = self.outbox()
        self.assertEqual([x["state"] for x in rows], ["sent"] * 6, rows)
        self.check_feed(rows)
        self.check_cap(rows)
        mails = []
        for n in range(2):
            with open(self.at("mail.%d" % n), "rb") as f:
                mails.append(email.message_from_binary_file(f, policy=email.policy.default))
        with open(self.at("args")) as f:
            self.assertEqual(f.read(), "-i -t\n")
        self.assertEqual(mails[0]["To"], "a@example.org, b@example.org")
        self.assertIn("North Korea: launch", mails[0]["Subject"])
        self.assertIn("the first report of it", mails[0].get_content())
        self.assertEqual(mails[1]["In-Reply-To"], mails[0]["Message-ID"])
        self.assertEqual(mails[1]["Auto-Submitted"], "auto-generated")

    def check_feed(self, rows):
        root = ET.parse(self.at("feed.atom")).getroot()
        self.assertEqual((root.tag, root.find(ATOM + "title").text), (ATOM + "feed", "Desk & more"))
        entries = root.findall(ATOM + "entry")
        keys = ["urn:uuid:" + x["key"] for x in rows if x["channel"] == "feed"]
        self.assertEqual([e.find(ATOM + "id").text for e in entries], keys[::-1])  # the newest first
        for e in [root] + entries:
            for name in ("id", "title", "updated"):  # RFC 4287: exactly one of each
                self.assertEqual(len(e.findall(ATOM + name)), 1)
        try:
            import feedparser
        except ImportError:
            return
        feed = feedparser.parse(self.at("feed.atom"))
        self.assertFalse(feed.bozo, feed.get("bozo_exception"))
        self.assertEqual((feed.version, [e.id for e in feed.entries]), ("atom10", keys[::-1]))
        self.assertIn("fired two", feed.entries[1].content[0].value)

    def check_cap(self, rows):
        keys = [x["key"] for x in rows if x["channel"] == "cap"]
        self.assertEqual(sorted(os.listdir(self.at("cap"))), sorted(k + ".xml" for k in keys))
        first, second = (ET.parse(os.path.join(self.at("cap"), k + ".xml")).getroot() for k in keys)
        self.assertEqual([first.find(CAP + "msgType").text, second.find(CAP + "msgType").text], ["Alert", "Update"])
        self.assertEqual(second.find(CAP + "references").text,
                         "desk@example.org,%s,%s" % (keys[0], first.find(CAP + "sent").text))
        self.assertRegex(first.find(CAP + "sent").text, r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d$")

    # ------------------------------------------------------------ what fails

    def test_what_fails_is_tried_again_and_given_up_in_its_time(self):
        answers = [500, 429, 200]
        self.site.answer = lambda h: (answers.pop(0) if answers else 200, {"Retry-After": "1"})
        desk = self.desk()
        self.add(report(1), more=("--alerts", desk))
        for wanted in ("waits", "waits", "sent"):
            self.run_it("alerts", "send", desk, private=True, status=None)
            self.assertEqual(self.outbox()[0]["state"], wanted)
            time.sleep(2.1 if wanted == "waits" else 0)
        self.assertEqual(len(set(self.site.keys())), 1)  # always the same key
        self.assertEqual(len(self.site.got), 3)

    def test_given_up_is_said_and_can_be_retried(self):
        self.site.answer = lambda h: (503, {})
        desk = self.desk(channels="[webhook desk]\nurl = %s/hook\nretry = 1s\ngive-up = 1s\n" % self.site.url)
        self.add(report(1), more=("--alerts", desk))
        self.run_it("alerts", "send", desk, private=True, status=1)
        time.sleep(1.1)
        _, err = self.run_it("alerts", "send", desk, private=True, status=1)
        self.assertIn("is given up: the receiver answered with status 503; sillok alerts retry tries again", err)
        self.assertEqual(self.outbox(verbose=False)[0]["state"], "given up")
        self.site.answer = None
        self.run_it("alerts", "send", desk, private=True)
        self.assertEqual(len(self.site.got), 2)
        self.run_it("alerts", "retry", "desk")
        self.run_it("alerts", "send", desk, private=True)
        self.assertEqual((len(self.site.got), self.outbox()[0]["state"]), (3, "sent"))

    def test_one_that_is_refused_holds_back_no_other(self):
        self.site.answer = lambda h: (400 if not self.site.got else 200, {})
        desk = self.desk()
        self.add(report(1), report(2, who="Iran", day=11), more=("--alerts", desk))
        self.run_it("alerts", "send", desk, private=True, status=1)
        self.assertEqual([x["state"] for x in self.outbox()], ["waits", "sent"])

    def test_redirects_are_not_followed(self):
        other = Site()
        self.site.answer = lambda h: (307, {"Location": other.url + "/elsewhere"})
        desk = self.desk()
        self.add(report(1), more=("--alerts", desk))
        self.run_it("alerts", "send", desk, private=True, status=1)
        self.assertEqual((len(self.site.got), other.got), (1, []))
        self.assertIn("redirects are not followed", self.outbox()[0]["why"])
        other.close()

    def test_a_long_answer_is_cut_off(self):
        self.site.answer = lambda h: (200, {"X-Filler": "x" * 70000})
        desk = self.desk()
        self.add(report(1), more=("--alerts", desk))
        self.run_it("alerts", "send", desk, private=True, status=1)
        self.assertIn("headers", self.outbox()[0]["why"])

    def test_no_connection_to_private_addresses(self):
        port = self.site.port
        hosts = ["127.0.0.1", "localhost", "[::1]", "169.254.169.254", "2130706433", "017700000001", "0x7f000001", "0x7f.1",
                 "127.1", "0", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "10.0.0.1", "192.168.0.1", "172.16.0.1", "100.64.0.1",
                 "[fe80::1]", "[fd00::1]", "[64:ff9b::7f00:1]", socket.gethostname()]
        for host in hosts:
            for end in ("", "-wal", "-shm"):
                if os.path.exists(self.ledger + end):
                    os.unlink(self.ledger + end)
            desk = self.desk(channels="[webhook desk]\nurl = http://%s:%d/hook\ngive-up = 0s\n" % (host, port))
            self.add(report(1), more=("--alerts", desk))
            _, err = self.run_it("alerts", "send", desk, status=1)
            self.assertRegex(err, "is not of the public internet|resolve|Could not|Couldn't|connect", host)
        self.assertEqual(self.site.got, [])
        for url in ("file:///etc/passwd", "gopher://127.0.0.1/", "ftp://127.0.0.1/"):
            desk = self.desk(channels="[webhook desk]\nurl = %s\n" % url)
            self.assertIn("is no address of http or https", self.run_it("alerts", "set", desk, status=2)[1])
        self.env["DESK_URL"] = "file:///etc/passwd"
        desk = self.desk(channels="[webhook desk]\nurl-env = DESK_URL\ngive-up = 0s\n")
        self.run_it("alerts", "retry")
        self.run_it("alerts", "send", desk, status=1)
        self.assertIn("only http and https", self.outbox()[0]["why"])

    def test_one_sender_a_ledger(self):
        held = threading.Event()
        self.site.answer = lambda h: (held.wait(20), (200, {}))[1]
        desk = self.desk()
        self.add(report(1), more=("--alerts", desk))
        w = subprocess.Popen([SILLOK, "alerts", "send", desk, "--ledger", self.ledger, "--allow-private"], env=self.env,
                             stderr=subprocess.PIPE)
        end = time.monotonic() + 20
        while not os.path.exists(self.ledger + ".alerts") and time.monotonic() < end:
            time.sleep(0.01)
        time.sleep(0.3)
        _, err = self.run_it("alerts", "send", desk, private=True, status=3)
        self.assertIn("another sillok sends the alerts of this ledger", err)
        held.set()
        self.assertEqual(w.wait(30), 0)
        w.stderr.close()

    # ------------------------------------------------------------ quiet

    def test_forty_copies_of_a_story_raise_one(self):
        desk = self.desk()
        more = "The missiles flew some 400 kilometers before they fell into the sea off the east coast, the staff told reporters."
        self.add(*[dict(report(n, more=more), outlet="Paper %d" % n, text=report(0, more=more)["text"] + " (%s %d)" % ("Paper", n))
                   for n in range(40)], more=("--alerts", desk))
        self.assertEqual([x["states"] for x in self.outbox()], [["new"]])

    # ------------------------------------------------------------ kill -9

    def reports(self, n):
        """Reports of which each has an event of its own."""
        return [report(i, who=STATES[i % 6], day=1 + i // 6) for i in range(n)]

    def keys_in_outbox(self):
        with sqlite3.connect(self.ledger) as db:
            return [k for k, in db.execute("SELECT key FROM alert ORDER BY row")]

    def test_kill_while_recording_loses_and_doubles_none(self):
        desk = self.desk()
        source = self.write("reports.jsonl", "".join(json.dumps(r) + "\n" for r in self.reports(168)))
        command = [SILLOK, "add", "--ledger", self.ledger, "--alerts", desk, "-j", "2"]
        subprocess.run(command + ["--quiet", source], check=True, env=self.env)
        clean = self.keys_in_outbox()
        self.assertGreaterEqual(len(clean), 140)
        chance = random.Random(20270310)
        partly = 0
        for _ in range(5):
            for end in ("", "-wal", "-shm"):
                if os.path.exists(self.ledger + end):
                    os.unlink(self.ledger + end)
            p = subprocess.Popen(command + [source], env=self.env, stdout=subprocess.PIPE)
            said = 0
            for _ in range(chance.randint(1, 70)):  # lines come by groups, each when it is on the disk
                said += p.stdout.readline().startswith(b"recorded")
            time.sleep(chance.random() * 0.02)
            p.kill()
            p.communicate()
            with sqlite3.connect(self.ledger) as db:  # each report with its alert, or neither
                reports, events, alerts = db.execute("SELECT (SELECT count(*) FROM report), (SELECT count(*) FROM event WHERE main),"
                                                     " (SELECT count(*) FROM alert)").fetchone()
            self.assertEqual(alerts, events)
            self.assertGreaterEqual(reports, said)
            partly += 0 < alerts < len(clean)
            subprocess.run(command + ["--quiet", source], check=True, env=self.env)
            self.assertEqual(self.keys_in_outbox(), clean)
        print("killed while recording: 5 times, %d of them within" % partly)
        self.assertGreater(partly, 2)

    def test_kill_while_sending_loses_none_and_repeats_only_keys(self):
        desk = self.desk()
        self.add(*self.reports(48), more=("--alerts", desk))
        keys = self.keys_in_outbox()
        command = [SILLOK, "alerts", "send", desk, "--ledger", self.ledger, "--allow-private", "--quiet"]
        chance = random.Random(20270310)
        kills = 0
        while len(set(self.site.keys())) < len(keys) and kills < 200:
            p = subprocess.Popen(command, env=self.env, stderr=subprocess.DEVNULL)
            self.site.wait_for(chance.randint(1, 8), p)
            time.sleep(chance.random() * 0.003)
            kills += p.poll() is None
            p.kill()
            p.wait()
        self.run_it("alerts", "send", desk, private=True)  # what was sent but not written down
        self.assertEqual({x["state"] for x in self.outbox()}, {"sent"})
        got = self.site.keys()
        bodies = {}
        for _, h, body, _ in self.site.got:
            self.assertEqual(bodies.setdefault(h["webhook-id"], body), body)  # the same key, the same alert
        print("killed while sending: %d times; %d alerts, %d requests, %d of them again" %
              (kills, len(keys), len(got), len(got) - len(set(got))))
        self.assertEqual(set(got), set(keys))
        self.assertGreater(kills, 3)

    def test_kill_while_watching_loses_none(self):
        s, n = self.site, 12
        desk = self.desk()
        items = ""
        for r in self.reports(n):
            s.pages["/" + r["id"]] = ("<!doctype html><title>A launch</title><article><h1>A launch</h1><p>%s</p><p>The report was the "
                                      "%s of the day, and those who had seen it spoke of a light above the hills.</p></article>"
                                      % (r["text"], r["id"])).encode()
            items += "<item><title>A launch</title><link>%s/%s</link><pubDate>%s</pubDate></item>" % (
                s.url, r["id"], email.utils.format_datetime(datetime.datetime.fromisoformat(r["published"] + "T08:00:00+00:00")))
        s.pages["/feed"] = ("<?xml version='1.0'?><rss version='2.0'><channel><title>Wire</title>%s</channel></rss>" % items).encode()
        command = [SILLOK, "watch", "--ledger", self.ledger, "--alerts", desk, "--allow-private", "--pause", "0", "--every", "1s",
                   "--quiet", s.url + "/feed"]
        chance = random.Random(20270310)
        kills, end = 0, time.monotonic() + 120

        def unsent():
            if not os.path.exists(self.ledger):
                return True
            with sqlite3.connect(self.ledger, timeout=20) as db:
                try:
                    return db.execute("SELECT (SELECT count(*) FROM report) < ? OR EXISTS(SELECT 1 FROM alert WHERE state <> 1)",
                                      (n,)).fetchone()[0]
                except sqlite3.OperationalError:
                    return True

        while unsent() and time.monotonic() < end:
            p = subprocess.Popen(command, env=self.env, stderr=subprocess.DEVNULL)
            s.wait_for(chance.randint(1, 6), p)
            time.sleep(chance.random() * 0.05)
            p.send_signal(signal.SIGKILL)
            p.wait()
            kills += 1
        keys, got = self.keys_in_outbox(), s.keys()
        print("killed while watching: %d times; %d alerts, %d requests" % (kills, len(keys), len(got)))
        self.assertEqual(set(got), set(keys))
        self.assertEqual(len(keys), n)

    # ------------------------------------------------------------ how soon

    def test_from_a_feed_to_the_receiver_in_less_than_five_seconds(self):
        s = self.site
        desk = self.desk()
        empty = "<?xml version='1.0'?><rss version='2.0'><channel><title>Wire</title>%s</channel></rss>"
        s.pages["/feed"] = (empty % "").encode()
        p = subprocess.Popen([SILLOK, "watch", "--ledger", self.ledger, "--alerts", desk, "--allow-private", "--every", "1s",
                              "--pause", "0", s.url + "/feed"], env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        took = []
        try:
            time.sleep(2.5)
            items = ""
            for n, who in enumerate(STATES[:3]):
                r = report(n, who=who)
                s.pages["/%d" % n] = ("<!doctype html><title>A launch</title><article><h1>A launch</h1><p>%s</p><p>It was the first of "
                                      "its kind in weeks, those who keep count of such things said.</p></article>" % r["text"]).encode()
                items = "<item><title>A launch by %s</title><link>%s/%d</link></item>" % (who, s.url, n) + items
                begun = time.monotonic()
                s.pages["/feed"] = (empty % items).encode()
                while len(s.got) <= n and time.monotonic() - begun < 20:
                    time.sleep(0.01)
                self.assertEqual(len(s.got), n + 1)
                took.append(s.got[n][3] - begun)
        finally:
            p.send_signal(signal.SIGTERM)
            _, err = p.communicate(timeout=30)
        print("from an item in a feed to its alert at the receiver: %s s (a look at the feed each second)"
              % ", ".join("%.2f" % t for t in took))
        self.assertEqual((p.returncode, err), (0, b""))
        self.assertLess(max(took), 5.0)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=1)
