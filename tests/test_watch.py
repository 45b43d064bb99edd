"""test_watch.py SILLOK SOURCE - `sillok watch` against a little HTTP server on this machine: what is asked for and how often, what
is recorded, what is refused, and that a kill at any moment loses nothing and records nothing twice.
"""
import email.utils
import gzip
import http.server
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import unittest

SILLOK, SOURCE = sys.argv[1], sys.argv[2]

STORY = """<!doctype html><html><head><title>{title}</title></head><body><nav><a href="/">Home</a></nav><article><h1>{title}</h1>
<p>SEOUL, March {day} (Meridian Wire) - North Korea fired {n} short-range ballistic missiles toward the sea off its east coast
on Wednesday, South Korea's military said, in report number {n} of the day.</p>
<p>The missiles flew some {n}0 kilometers before they fell into the water, the Joint Chiefs of Staff said in a statement that was
sent to reporters after the launch.</p></article></body></html>"""


def story(n, title="North Korea fires missiles"):
    return STORY.format(n=n, day=10, title=title).encode()


def rss(*items):
    body = "".join("<item><title>%s</title><link>%s</link><guid isPermaLink='false'>%s</guid><description>%s</description>"
                   "<pubDate>Wed, 10 Mar 2027 08:00:00 GMT</pubDate></item>" % i for i in items)
    return ("<?xml version='1.0'?><rss version='2.0'><channel><title>Meridian Wire</title>%s</channel></rss>" % body).encode()


class Site(http.server.ThreadingHTTPServer):
    """Pages by path: bytes, or a function of (handler) that gives (status, headers, body). Counts and keeps requests."""
    daemon_threads = True
    request_queue_size = 64

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.pages, self.asked, self.lock = {}, [], threading.Lock()
        self.url = "http://127.0.0.1:%d" % self.server_address[1]
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def handle_error(self, request, client_address):
        pass  # a client that was killed

    def count(self, path):
        with self.lock:
            return sum(1 for p, _, _ in self.asked if p == path)

    def headers(self, path):
        with self.lock:
            return [h for p, h, _ in self.asked if p == path]

    def times(self, path=None):
        with self.lock:
            return [t for p, _, t in self.asked if path is None or p == path]

    def follow(self, *entries, path="/feed"):
        self.pages[path] = rss(*[(t, self.url + p, g, d) for t, p, g, d in entries])


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def do_GET(self):
        with self.server.lock:
            self.server.asked.append((self.path, dict(self.headers), time.monotonic()))
        page = self.server.pages.get(self.path)
        if callable(page):
            status, headers, body = page(self)
        elif page is None:
            status, headers, body = 404, {}, b"no such page"
        else:
            status, headers, body = 200, {}, page
        headers.setdefault("Content-Type", "application/rss+xml" if self.path.startswith("/feed") else "text/html; charset=utf-8")
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def command(ledger, *args, every="0", pause="0", private=True):
    more = ["--allow-private"] if private else []
    return [SILLOK, "watch", "--ledger", ledger, "--pause", pause, "--every", every, *more, *args]


class Watch(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.mkdtemp()
        self.ledger = os.path.join(self.dir, "ledger.db")
        self.site = Site()

    def tearDown(self):
        self.site.shutdown()
        self.site.server_close()
        shutil.rmtree(self.dir)

    def once(self, *args, **more):
        feeds = args or (self.site.url + "/feed",)
        r = subprocess.run(command(self.ledger, "--once", "--format", "jsonl", *feeds, **more), capture_output=True, timeout=60)
        return r.returncode, [json.loads(line) for line in r.stdout.decode().splitlines()], r.stderr.decode()

    def reports(self, columns="url, title, published, text"):
        with sqlite3.connect(self.ledger) as db:
            return db.execute("SELECT %s FROM report ORDER BY row" % columns).fetchall()

    def test_pages_are_fetched_and_recorded_once(self):
        s = self.site
        s.follow(("Two", "/2?utm_source=feed", "g2", "Short."), ("One", "/1", "g1", "Short."))
        s.pages.update({"/1": story(1), "/2?utm_source=feed": story(2)})
        status, lines, err = self.once()
        self.assertEqual((status, err), (0, ""))
        self.assertEqual([(x["source"], x["status"]) for x in lines],
                         [(s.url + "/1", "recorded"), (s.url + "/2", "recorded")])  # the oldest first, canonical
        self.assertEqual(len(lines[0]["event"]) > 0, True)
        got = self.reports()
        self.assertEqual([r[2][:10] for r in got], ["2027-03-10", "2027-03-10"])
        self.assertIn("report number 1", got[0][3])
        self.assertNotIn("Home", got[0][3])
        self.assertEqual(self.once()[:2], (0, []))  # nothing is new
        self.assertEqual((s.count("/1"), s.count("/2?utm_source=feed"), s.count("/feed"), s.count("/robots.txt")), (1, 1, 2, 1))

    def test_who_asks_is_said(self):
        self.site.follow(("One", "/1", "g", "Short."))
        self.site.pages["/1"] = story(1)
        self.once("--contact", "mailto:desk@wire.example", self.site.url + "/feed")
        for path in ("/robots.txt", "/feed", "/1"):
            self.assertRegex(self.site.headers(path)[0]["User-Agent"], r"^sillok/[0-9.]+ \(\+mailto:desk@wire.example\)$")

    def test_a_feed_that_did_not_change_is_not_sent_again(self):
        s = self.site

        def feed(h):
            if h.headers.get("If-None-Match") == '"v1"' and h.headers.get("If-Modified-Since"):
                return 304, {}, b""
            return 200, {"ETag": '"v1"', "Last-Modified": "Wed, 10 Mar 2027 08:00:00 GMT"}, rss(
                ("One", s.url + "/1", "g1", "Short."))

        s.pages.update({"/feed": feed, "/1": story(1)})
        self.assertEqual(len(self.once()[1]), 1)
        self.assertEqual(self.once(), (0, [], ""))
        self.assertEqual(s.headers("/feed")[1]["If-None-Match"], '"v1"')

    def test_an_item_is_known_by_address_and_words_not_by_guid(self):
        s = self.site
        s.pages.update({"/1": story(1), "/2": story(2), "/3": story(3)})
        s.follow(("One", "/1", "same", "First words."))
        self.once()
        s.follow(("One", "/1?utm_medium=rss", "same", "First words."))  # one page however it is linked
        self.assertEqual(self.once()[1], [])
        s.follow(("One", "/elsewhere", "same", "First words."))  # the hint holds: it only moved
        self.assertEqual(self.once()[1], [])
        self.assertEqual(s.count("/elsewhere"), 0)
        s.follow(("Two", "/2", "same", "Other words."))  # the hint is wrong: another report
        self.assertEqual([x["source"] for x in self.once()[1]], [s.url + "/2"])
        s.pages["/2"] = story(22)
        s.follow(("Two", "/2", "same", "Other words, corrected."))  # it changed: a new version of it
        self.assertEqual([x["status"] for x in self.once()[1]], ["recorded"])
        self.assertEqual(s.count("/2"), 2)
        s.pages["/3"] = story(22)
        s.follow(("Copy", "/3", "g3", "Copied."))  # the same words at another address: one report
        self.assertEqual([x["status"] for x in self.once()[1]], ["already"])

    def test_robots_txt_is_kept_to(self):
        s = self.site
        s.pages["/robots.txt"] = b"User-agent: *\nDisallow: /\n\nUser-agent: Sillok\nDisallow: /private/\nAllow: /private/open\n"
        s.follow(("A", "/private/a", "a", "The ministry said on Wednesday that talks had begun in the capital."),
                 ("B", "/private/open/b", "b", "x"))
        s.pages.update({"/private/a": story(1), "/private/open/b": story(2)})
        status, lines, err = self.once()
        self.assertEqual((status, sorted(x["status"] for x in lines)), (0, ["recorded", "recorded"]), err)
        self.assertEqual((s.count("/private/a"), s.count("/private/open/b")), (0, 1))
        self.assertIn("robots.txt of %s forbids it; recorded is what the feed says of it" % s.url, err)
        self.assertIn("talks had begun", "".join(r[3] for r in self.reports()))  # what the feed says of it stands for it

    def test_a_feed_that_robots_txt_forbids_is_left_alone(self):
        self.site.pages["/robots.txt"] = b"User-agent: *\nDisallow: /feed\n"
        self.site.follow(("A", "/a", "a", "x"))
        status, _, err = self.once()
        self.assertEqual((status, self.site.count("/feed")), (4, 0))
        self.assertIn("robots.txt of %s forbids it" % self.site.url, err)

    def test_robots_txt_that_fails_keeps_away(self):
        self.site.pages["/robots.txt"] = lambda h: (500, {}, b"")
        self.site.follow(("A", "/a", "a", "x"))
        status, _, err = self.once()
        self.assertEqual((status, self.site.count("/feed")), (4, 0))
        self.assertIn("cannot be had (status 500)", err)

    def test_private_addresses_are_refused(self):
        s = self.site
        s.follow(("A", "/a", "a", "x"))
        port = s.server_address[1]
        for host in ("127.0.0.1", "localhost", "0x7f.1", "[::ffff:127.0.0.1]", "[::1]", "10.0.0.1", "169.254.169.254", "0.0.0.0"):
            shutil.rmtree(self.dir)
            os.mkdir(self.dir)
            status, lines, err = self.once("http://%s:%d/feed" % (host, port), private=False)
            self.assertEqual((status, lines), (4, []), host)
            self.assertIn("is not of the public internet", err, host)
        self.assertEqual(s.asked, [])

    def test_redirects_are_followed_and_looked_at(self):
        s = self.site
        s.follow(("A", "/old", "a", ""), ("B", "/loop", "b", ""), ("C", "/file", "c", ""), ("D", "/dead", "d", ""))
        s.pages.update({"/old": lambda h: (301, {"Location": "/new"}, b""), "/new": story(1),
                        "/loop": lambda h: (302, {"Location": "/loop"}, b""),
                        "/file": lambda h: (302, {"Location": "file:///etc/passwd"}, b""),
                        "/dead": lambda h: (302, {"Location": "http://127.0.0.1:1/"}, b"")})
        status, lines, err = self.once()
        self.assertEqual(status, 1)
        by = {x["source"]: x.get("status") or x["error"]["message"] for x in lines}
        self.assertEqual(by[s.url + "/new"], "recorded")
        self.assertIn("more than five times", by[s.url + "/loop"])
        self.assertEqual(s.count("/loop"), 6)
        self.assertIn("not one of http or https", by[s.url + "/file"])
        self.assertIn("1 page or feed is left alone", err)  # the port where nobody answers

    def test_a_host_without_an_address_is_said(self):
        status, _, err = self.once("http://no-such-host.invalid/feed")
        self.assertEqual(status, 4)
        self.assertIn("no-such-host.invalid", err)

    def test_what_fails_for_now_is_tried_again_when_asked_to(self):
        s = self.site
        answers = [(503, {"Retry-After": "1"}, b""), (429, {"Retry-After": "1"}, b"")]
        s.pages["/1"] = lambda h: answers.pop(0) if answers else (200, {}, story(1))
        s.follow(("One", "/1", "a", "x"))
        w = subprocess.Popen(command(self.ledger, s.url + "/feed", every="1h"), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.assertIn(b"recorded", w.stdout.readline())
        w.send_signal(signal.SIGTERM)
        self.assertEqual((w.wait(20), w.stdout.read(), w.stderr.read()), (0, b"", b""))
        w.stdout.close()
        w.stderr.close()
        times = s.times("/1")
        self.assertEqual(len(times), 3)
        self.assertTrue(all(b - a > 0.9 for a, b in zip(times, times[1:])), times)

    def test_a_date_in_retry_after_holds_over_a_restart(self):
        s = self.site
        when = email.utils.formatdate(time.time() + 3600, usegmt=True)
        s.pages["/feed"] = lambda h: (429, {"Retry-After": when}, b"")
        self.assertEqual(self.once()[0], 4)
        status, _, err = self.once()
        self.assertEqual((status, s.count("/feed")), (1, 1))
        self.assertIn("left alone for now", err)

    def test_a_page_that_is_gone_is_told_by_what_the_feed_says(self):
        s = self.site
        s.follow(("A", "/gone", "a", "&lt;p&gt;Iran launched a satellite on Tuesday, state media said.&lt;/p&gt;"),
                 ("B", "/gone2", "b", ""))
        status, lines, err = self.once()
        self.assertEqual(status, 1)
        self.assertEqual([x["status"] for x in lines if "status" in x], ["recorded"])
        self.assertEqual(self.reports()[0][3], "Iran launched a satellite on Tuesday, state media said.")
        self.assertIn("/gone2: the server answered with status 404", err)
        self.assertEqual(self.once()[:2], (0, []))  # given up for good

    def test_items_without_a_page(self):
        self.site.pages["/feed"] = rss(("Iran launched a satellite", "", "g1", ""))
        self.assertEqual([x["status"] for x in self.once()[1]], ["recorded"])
        self.assertEqual(self.once()[1], [])
        self.assertEqual(self.reports()[0][3], "Iran launched a satellite")

    def test_broken_feeds_give_what_they_can(self):
        s = self.site
        s.follow(("One", "/1", "a", "x & y <b>"), ("Two", "/2", "b", "z"))
        s.pages["/feed"] = s.pages["/feed"][:-60]  # cut off within the second
        s.pages.update({"/1": story(1), "/2": story(2)})
        self.assertEqual([x["source"] for x in self.once()[1]], [s.url + "/1"])
        s.pages["/feed2"] = b"<!doctype html><p>no feed"
        status, _, err = self.once(s.url + "/feed2")
        self.assertEqual(status, 4)
        self.assertIn("/feed2: ", err)

    def test_packed_bodies_and_their_bombs(self):
        s = self.site
        s.follow(("One", "/1", "a", ""), ("Bomb", "/2", "b", ""), ("Long", "/3", "c", ""))
        packed = {"Content-Encoding": "gzip"}
        s.pages.update({"/1": lambda h: (200, dict(packed), gzip.compress(story(1))),
                        "/2": lambda h: (200, dict(packed), gzip.compress(b"<p>" + b"a" * (32 << 20))),
                        "/3": lambda h: (200, {}, b"<p>" + b"a" * (9 << 20))})
        _, lines, err = self.once()
        self.assertEqual([x["source"] for x in lines if "status" in x], [s.url + "/1"])
        self.assertIn("/2: the document unpacks to more than 100 times its size", err)
        self.assertIn("/3: the answer has more than 8388608 bytes", err)

    def test_two_watchers_do_not_share_a_ledger(self):
        s = self.site
        held = threading.Event()
        s.pages["/feed"] = lambda h: (held.wait(20), (200, {}, rss()))[1]
        first = subprocess.Popen(command(self.ledger, s.url + "/feed"), stderr=subprocess.DEVNULL)
        while not s.count("/feed"):
            time.sleep(0.02)
        status, _, err = self.once()
        self.assertEqual(status, 3)
        self.assertIn("another sillok watch", err)
        held.set()
        first.kill()
        first.wait()
        self.assertNotEqual(self.once()[0], 3)  # the lock went with its holder

    def test_hosts_are_given_pauses(self):
        s = self.site
        s.follow(*[("N%d" % i, "/%d" % i, "g%d" % i, "x") for i in range(3)])
        s.pages.update({"/%d" % i: story(i) for i in range(3)})
        self.assertEqual(len(self.once(pause="1s")[1]), 3)
        times = s.times()
        self.assertEqual(len(times), 5)  # robots.txt, the feed, three pages
        self.assertTrue(all(b - a > 0.9 for a, b in zip(times, times[1:])), times)

    def test_lists_of_feeds(self):
        path = os.path.join(self.dir, "feeds.txt")
        with open(path, "w", encoding="utf-8") as f:
            f.write("# my feeds\n\n%s/feed # the wire\n%s/feed\n" % (self.site.url, self.site.url))
        self.site.follow()
        self.assertEqual(self.once(path)[0], 0)
        self.assertEqual(self.site.count("/feed"), 1)
        with open(path, "a", encoding="utf-8") as f:
            f.write("ftp://wire.example/\n")
        status, _, err = self.once(path)
        self.assertEqual(status, 2)
        self.assertIn("feeds.txt:5: ", err)
        self.assertEqual(self.once("ftp://wire.example/feed")[0], 2)

    def test_kill_at_any_moment(self):
        """Killed again and again while a feed grows; at the end everything is there once, and each page was recorded once."""
        s, n, draw = self.site, 24, random.Random(7)
        s.pages.update({"/%d" % i: story(i) for i in range(n)})
        said = []
        for run in range(12):
            have = min(n, 2 * (run + 1))
            s.follow(*[("N%d" % i, "/%d" % i, "g%d" % i, "x") for i in range(have)])
            w = subprocess.Popen(command(self.ledger, "--format", "jsonl", s.url + "/feed"), stdout=subprocess.PIPE,
                                 stderr=subprocess.DEVNULL)
            time.sleep(draw.uniform(0.0, 0.5))
            w.kill()
            said += [json.loads(x)["source"] for x in w.stdout.read().decode().split("\n")[:-1]]
            w.stdout.close()
            w.wait()
            if os.path.exists(self.ledger) and said:
                self.assertLessEqual(set(said), {r[0] for r in self.reports()})  # what was said to be recorded is
        self.once()
        self.assertEqual(sorted(r[0] for r in self.reports()), sorted("%s/%d" % (s.url, i) for i in range(n)))
        self.assertEqual(len(said), len(set(said)))
        with sqlite3.connect(self.ledger) as db:
            self.assertEqual(db.execute("SELECT count(*), min(state), max(state) FROM feed_page").fetchone(), (n, 1, 1))
            self.assertEqual(db.execute("PRAGMA integrity_check").fetchone(), ("ok",))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=1)
