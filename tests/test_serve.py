"""test_serve.py SILLOK SOURCE - `sillok serve` as browsers, programs and attackers meet it: every route and its description, errors,
pages of lists, entity tags, gzip, tokens, smuggled requests, scripts in reports, streams, limits of time, the end.
"""
import gzip
import html.parser
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

SILLOK, SOURCE = os.path.abspath(sys.argv[1]), sys.argv[2]
ALLOWED_TAGS = set("html head meta title link script body main nav a h1 h2 dl dt dd table thead tbody tr th td br q span del ul li b "
                   "div pre mark p".split())
PAYLOADS = ["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'><svg onload=alert(1)>", "</title><script>alert(1)</script>",
            "javascript:alert(1)", "</pre><iframe src=javascript:alert(1)>", "<a href=javascript:alert(1)>x</a>", "&lt;script&gt;alert(1)",
            "</script><script>alert(1)</script>", "\u202e<b onmouseover=alert(1)>", "<!--<script>alert(1)//-->", "<math><mi xlink:href=x>",
            "%3Cscript%3Ealert(1)%3C/script%3E", "{{constructor.constructor('alert(1)')()}}", "<style>*{}</style>", "]]><script>alert(1)</script>"]


class Server:
    def __init__(self, folder, *options):
        self.process = subprocess.Popen([SILLOK, "serve", "-l", os.path.join(folder, "l.db"), "--listen", "127.0.0.1:0", *options],
                                        stderr=subprocess.PIPE, cwd=folder)
        line = self.process.stderr.readline().decode()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
        if not found:
            raise AssertionError("it did not start: " + line + self.process.stderr.read().decode())
        self.port = int(found.group(1))
        threading.Thread(target=self.process.stderr.read, daemon=True).start()

    def end(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(20)


def story(n):
    return ("SEOUL, March %d (Meridian Wire) - North Korea fired %d short-range ballistic missiles toward the sea off its east coast on "
            "Wednesday, South Korea's Joint Chiefs of Staff said.\n\nThe missiles flew about %d0 kilometers from Wonsan, it said." % (n, n, 30 + n))


class Serve(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp()
        with open(os.path.join(cls.folder, "in.jsonl"), "w") as f:
            for n in range(3, 11):
                f.write(json.dumps({"id": "r%d" % n, "text": story(n), "published": "2027-03-%02d" % n, "title": "Missiles fired, %d" % n,
                                    "outlet": "Meridian Wire"}) + "\n")
            for i, p in enumerate(PAYLOADS):
                f.write(json.dumps({"id": "x%d" % i, "title": p + " fired", "outlet": p, "url": "https://x.example/" + p, "published": "2027-02-10",
                                    "text": "SEOUL, Feb. 10 (%s) - Iran fired %d missiles at %s on Wednesday, the %s agency said. \"%s,\" "
                                            "it added.\n\n%s" % (p, i + 2, p, p, p, p)}) + "\n")
        subprocess.run([SILLOK, "add", "-q", "-l", os.path.join(cls.folder, "l.db"), os.path.join(cls.folder, "in.jsonl")], check=True)
        made = subprocess.run([SILLOK, "serve", "token", "desk", "--token-file", os.path.join(cls.folder, "tokens")], check=True, capture_output=True)
        cls.token = made.stdout.decode().strip()
        cls.server = Server(cls.folder, "--token-file", "tokens")

    @classmethod
    def tearDownClass(cls):
        status = cls.server.end()
        shutil.rmtree(cls.folder)
        if status != 0:
            raise AssertionError("the server ended with %d" % status)

    def ask(self, path, method="GET", body=None, port=None, **headers):
        c = http.client.HTTPConnection("127.0.0.1", port or self.server.port, timeout=60)
        c.request(method, path, body, {k.replace("_", "-"): v for k, v in headers.items()})
        r = c.getresponse()
        data = r.read()
        c.close()
        return r.status, r, data

    def get(self, path, **headers):
        status, r, data = self.ask(path, **headers)
        self.assertEqual(status, 200, (path, data[:300]))
        return json.loads(data)

    def refused(self, status, path, **more):
        got, r, data = self.ask(path, **more)
        self.assertEqual(got, status, (path, data[:300]))
        self.assertEqual(r.getheader("Content-Type"), "application/problem+json")
        problem = json.loads(data)
        self.assertEqual(problem["status"], status)
        self.assertTrue(problem["title"] and problem["detail"])
        return r, problem

    def raw(self, data, wait=30):
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=wait) as s:
            s.sendall(data)
            out = b""
            while True:
                try:
                    got = s.recv(65536)
                except ConnectionResetError:
                    break
                if not got:
                    break
                out += got
            return out

    # ------------------------------------------------------------ the description and the routes

    def test_description_and_routes_agree(self):
        described = {(m.upper(), path): sorted(p["name"] for p in op["parameters"] if p["in"] == "query")
                     for path, ops in self.get("/api/v1/openapi.json")["paths"].items() for m, op in ops.items()}
        out = subprocess.run([SILLOK, "--generate", "routes"], check=True, capture_output=True).stdout.decode()
        there = {}
        for line in out.splitlines():
            method, path, *params = line.split()
            if path.startswith("/api/") or path in ("/healthz", "/metrics"):
                there[(method, path)] = sorted(params)
        self.assertEqual(described, there)

    def test_every_described_parameter_is_taken(self):
        samples = {"near": "39,127,500", "bbox": "120,30,140,45", "since": "2027-01", "until": "2027-12-31", "as_of": "2027-03-31", "limit": "5",
                   "sort": "-time", "view": "list", "status": "reported", "format": "geojson", "layers": "events,places", "country": "PRK", "actor": "PRK",
                   "type": "weapon-test", "q": "missiles", "field": "count", "cursor": "", "main": "1"}
        ids = {"/api/v1/events/{id}": self.get("/api/v1/events?limit=1")["events"][0]["id"], "/api/v1/reports/{id}": "r3"}
        for path, ops in self.get("/api/v1/openapi.json")["paths"].items():
            if "get" not in ops or path == "/api/v1/stream":
                continue
            real = path.replace("{id}", ids.get(path.replace("/history", ""), ""))
            needed = "?q=missiles" if path == "/api/v1/search" else ""
            self.assertEqual(self.ask(real + needed)[0], 200, path)
            for p in ops["get"]["parameters"]:
                if p["in"] == "query":
                    extra = "&q=x" if needed and p["name"] != "q" else ""
                    value = samples.get(p["name"], ids["/api/v1/events/{id}"] if p["name"] == "event" else "x")
                    status, _, data = self.ask("%s?%s=%s%s" % (real, p["name"], value, extra))
                    self.assertEqual(status, 200, (path, p["name"], data[:200]))
            self.refused(400, real + "?nonsense=1" + needed.replace("?", "&"))

    def test_values_that_are_none(self):
        for q in ("near=1,2", "near=91,0,5", "near=a,b,c", "bbox=1,2,3", "bbox=0,50,1,40", "since=yesterday", "as_of=2027-13-45", "limit=0", "limit=-1",
                  "limit=1001", "limit=ten", "sort=size", "status=sure", "view=half", "type=a&type=b", "cursor=zzz", "type=%zz", "type=%00", "type=%ff"):
            self.refused(400, "/api/v1/events?" + q)
        self.refused(400, "/api/v1/export?format=xyz")
        self.refused(400, "/api/v1/reports/r3?layers=soul")
        self.refused(400, "/api/v1/search")

    def test_what_is_not_there(self):
        for path in ("/api/v1/events/none", "/api/v1/reports/none", "/events/none", "/reports/none", "/api/v1", "/api/v2/events", "/x/../y",
                     "/api/v1/claims?event=none", "/openapi.json", "/.git/config", "/..%2f..%2fetc/passwd"):
            self.refused(404, path)
        r, _ = self.refused(405, "/api/v1/events", method="POST", body="x")
        self.assertEqual(r.getheader("Allow"), "GET, HEAD")
        r, _ = self.refused(405, "/api/v1/read")
        self.assertEqual(r.getheader("Allow"), "POST")
        self.refused(405, "/api/v1/events", method="DELETE")

    # ------------------------------------------------------------ what is answered

    def test_events(self):
        page = self.get("/api/v1/events?actor=PRK&type=weapon-test")
        self.assertEqual(page["next"], None)
        self.assertEqual(page["total"], len(page["events"]))
        e = [x for x in page["events"] if x["main"]][-1]
        for member in ("id", "type", "title", "time", "earliest", "latest", "certainty", "n_reports", "n_sources", "conflict", "denial", "withheld",
                       "fields", "reports", "mentions"):
            self.assertIn(member, e)
        self.assertEqual(e["country"], "PRK")
        self.assertIn("lat", e["place"])
        self.assertIn("precision", e["place"])
        self.assertIn("evidence", e["fields"]["count"][0])
        short = self.get("/api/v1/events?view=list&limit=1")["events"][0]
        self.assertNotIn("fields", short)
        listed = subprocess.run([SILLOK, "events", "-l", self.folder + "/l.db", "--format", "jsonl"], check=True, capture_output=True).stdout.decode()
        first = json.loads(listed.splitlines()[0])
        served = {x["id"]: x for x in self.get("/api/v1/events?limit=1000")["events"]}[first["id"]]
        self.assertEqual(served["fields"], first["fields"])

    def test_pages_of_a_list(self):
        every = [e["id"] for e in self.get("/api/v1/events?limit=1000&view=list")["events"]]
        got, cursor = [], ""
        while cursor is not None:
            page = self.get("/api/v1/events?limit=2&view=list" + ("&cursor=" + cursor if cursor else ""))
            got += [e["id"] for e in page["events"]]
            cursor = page["next"]
        self.assertEqual(got, every)
        self.assertGreater(len(every), 4)
        reports, cursor = [], ""
        while cursor is not None:
            page = self.get("/api/v1/reports?limit=5" + ("&cursor=" + cursor if cursor else ""))
            reports += [r["id"] for r in page["reports"]]
            cursor = page["next"]
        self.assertEqual(len(reports), len(set(reports)))
        self.assertIn("r3", reports)

    def test_dossier_history_and_claims(self):
        e = [x for x in self.get("/api/v1/events?actor=PRK&type=weapon-test")["events"] if x["main"]][0]
        shown = subprocess.run([SILLOK, "show", e["id"], "-l", self.folder + "/l.db", "--format", "json"], check=True, capture_output=True).stdout
        self.assertEqual(self.get("/api/v1/events/" + e["id"]), json.loads(shown))
        history = self.get("/api/v1/events/%s/history" % e["id"])["history"]
        self.assertEqual([d["as_of"] for d in history], sorted(d["as_of"] for d in history))
        self.assertTrue(history and history[0]["reports"] and history[0]["values"])
        self.refused(404, "/api/v1/events/%s?as_of=2001-01-01" % e["id"])
        claims = self.get("/api/v1/claims?event=%s&field=count" % e["id"])["claims"]
        self.assertTrue(claims and all(c["field"] == "count" for c in claims))
        by = self.get("/api/v1/claims?event=%s&by=joint+chiefs" % e["id"])["claims"]
        self.assertTrue(by and all(c["claim"]["sources"] for c in by))

    def test_report_and_its_reading(self):
        r = self.get("/api/v1/reports/r3")
        self.assertEqual(r["report"]["text"], story(3))
        self.assertTrue(r["events"][0]["rules"])
        self.assertNotIn("tokens", r)
        self.assertIn("tokens", self.get("/api/v1/reports/r3?layers=tokens"))

    def test_search_sources_timeline_export(self):
        found = self.get("/api/v1/search?q=kilometers")
        self.assertTrue(found["events"] and found["reports"][0]["snippet"])
        self.assertEqual(found, self.get("/api/v1/search?q=kilometers"))
        s = self.get("/api/v1/sources")
        self.assertIn("Meridian Wire", [o["name"] for o in s["outlets"]])
        self.assertTrue(self.get("/api/v1/timeline?actor=PRK")["timeline"])
        for f in self.get("/api/v1/about")["formats"]:
            status, r, data = self.ask("/api/v1/export?limit=3&format=" + f["format"])
            if status == 400:  # a document of one event
                status, r, data = self.ask("/api/v1/export?event=%s&format=%s" % (found["events"][0]["id"], f["format"]))
            self.assertEqual((status, r.getheader("Content-Type")), (200, f["media_type"]))
            self.assertTrue(r.getheader("Content-Disposition").startswith("attachment"))

    def test_tags_gzip_and_head(self):
        path = "/api/v1/events"
        status, r, plain = self.ask(path)
        self.assertEqual(int(r.getheader("Content-Length")), len(plain))
        tag = r.getheader("ETag")
        self.assertEqual(self.ask(path, If_None_Match=tag)[0], 304)
        self.assertEqual(self.ask(path, If_None_Match='"other", W/' + tag)[2], b"")
        self.assertEqual(self.ask(path, If_None_Match='"other"')[0], 200)
        status, r, packed = self.ask(path, Accept_Encoding="br, gzip")
        self.assertEqual(r.getheader("Content-Encoding"), "gzip")
        self.assertEqual(gzip.decompress(packed), plain)
        self.assertIn("Accept-Encoding", r.getheader("Vary"))
        self.assertEqual(self.ask(path, If_None_Match=r.getheader("ETag"))[0], 304)
        self.assertIsNone(self.ask(path, Accept_Encoding="gzip;q=0")[1].getheader("Content-Encoding"))
        status, r, nothing = self.ask(path, method="HEAD")
        self.assertEqual((status, nothing, int(r.getheader("Content-Length"))), (200, b"", len(plain)))

    def test_headers_of_defence(self):
        for path in ("/", "/events", "/api/v1/events", "/nothing"):
            _, r, _ = self.ask(path)
            policy = r.getheader("Content-Security-Policy")
            self.assertIn("default-src 'none'", policy)
            self.assertNotIn("unsafe", policy)
            self.assertEqual(r.getheader("X-Content-Type-Options"), "nosniff")
            for never in ("Set-Cookie", "Access-Control-Allow-Origin", "Server"):
                self.assertIsNone(r.getheader(never))

    def test_the_page_is_carried(self):
        for path, kind, file in (("/", "text/html; charset=utf-8", "index.html"), ("/page.js", "text/javascript; charset=utf-8", "page.js"),
                                 ("/page.css", "text/css; charset=utf-8", "page.css"), ("/icon.svg", "image/svg+xml", "icon.svg")):
            status, r, data = self.ask(path)
            self.assertEqual((status, r.getheader("Content-Type")), (200, kind))
            with open(os.path.join(SOURCE, "web", "dist", file), "rb") as f:
                self.assertEqual(data, f.read())
            self.assertEqual(gzip.decompress(self.ask("/page.js", Accept_Encoding="gzip")[2])[:100], self.ask("/page.js")[2][:100])

    def test_health_and_metrics(self):
        self.assertEqual(self.ask("/healthz")[2], b"ok\n")
        self.ask("/api/v1/about")
        text = self.ask("/metrics")[2].decode()
        for line in text.splitlines():
            self.assertRegex(line, r"^(# (HELP|TYPE) |[a-z_]+(\{.*\})? -?[0-9.e+]+$)")
        self.assertIn('sillok_http_answers_total{route="GET /api/v1/about",status="2xx"}', text)

    # ------------------------------------------------------------ who may ask

    def test_hosts(self):
        for host in ("evil.example", "localhost.evil.example", "127.0.0.1.evil.example", ""):
            self.assertIn(self.raw(b"GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n" % host.encode()).split()[1], (b"421", b"400"), host)
        for host in ("localhost", "127.0.0.1:99", "[::1]:8420"):
            self.assertEqual(self.raw(b"GET /healthz HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n" % host.encode()).split()[1], b"200", host)

    def test_read_records_nothing(self):
        before = self.get("/api/v1/about")["events"]
        text = story(17)
        for body, kind in ((text, "text/plain"), (json.dumps({"text": text, "published": "2027-03-17"}), "application/json"),
                           ("<html><body><article><h1>Missiles</h1><p>%s</p></article></body></html>" % text.replace("\n\n", "</p><p>"), "text/html; charset=utf-8")):
            status, r, data = self.ask("/api/v1/read?published=2027-03-17", "POST", body.encode(), Content_Type=kind)
            self.assertEqual(status, 200, data[:300])
            reading = json.loads(data)
            self.assertIn("weapon-test", reading["events"][0]["type"], kind)
            self.assertEqual(reading["report"]["published"], "2027-03-17")
        self.assertEqual(self.get("/api/v1/about")["events"], before)

    def test_posts_that_are_refused(self):
        post = {"method": "POST", "body": story(18).encode()}
        self.refused(415, "/api/v1/read", Content_Type="image/png", **post)
        self.refused(415, "/api/v1/read", Content_Type="text/plain", Content_Encoding="gzip", **post)
        self.refused(400, "/api/v1/read", Content_Type="application/json", **post)
        self.refused(400, "/api/v1/read", method="POST", body=b"[1]", Content_Type="application/json")
        self.refused(400, "/api/v1/read", method="POST", body=b"", Content_Type="text/plain")
        self.refused(400, "/api/v1/read?published=soon", Content_Type="text/plain", **post)
        self.refused(403, "/api/v1/read", Content_Type="text/plain", Sec_Fetch_Site="cross-site", **post)
        self.refused(403, "/api/v1/read", Content_Type="text/plain", Origin="https://evil.example", **post)
        for token in (None, "Bearer wrong", "Basic " + self.token, "Bearer " + self.token[:-1], "Bearer"):
            r, _ = self.refused(401, "/api/v1/reports", Content_Type="text/plain", **post, **({"Authorization": token} if token else {}))
            self.assertTrue(r.getheader("WWW-Authenticate").startswith("Bearer"))
        with open(os.path.join(self.folder, "tokens")) as f:
            self.assertNotIn(self.token, f.read())

    def test_adding_is_seen_by_those_who_listen(self):
        s = socket.create_connection(("127.0.0.1", self.server.port), timeout=30)
        s.sendall(b"GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\n\r\n")
        seen = b""
        while b": sillok" not in seen:
            seen += s.recv(4096)
        about = self.get("/api/v1/about")["events"]
        post = {"method": "POST", "body": story(24).encode(), "Content_Type": "text/plain", "Authorization": "Bearer " + self.token}
        status, r, data = self.ask("/api/v1/reports?published=2027-03-24", **post)
        self.assertEqual(status, 201, data)
        added = json.loads(data)
        self.assertEqual((added["already"], added["events_new"] > 0), (False, True))
        self.assertEqual(self.get(r.getheader("Location"))["report"]["text"], story(24))
        self.assertGreater(self.get("/api/v1/about")["events"], about)
        self.assertEqual(self.ask("/api/v1/reports?published=2027-03-24", **post)[0], 200)
        other = os.path.join(self.folder, "other.txt")
        with open(other, "w") as f:
            f.write(story(25))
        subprocess.run([SILLOK, "add", "-q", "-l", self.folder + "/l.db", "--published", "2027-03-25", other], check=True)
        ids = []
        while len([x for x in ids if x[1]["main"]]) < 2:
            seen += s.recv(65536)
            ids = [(int(n), json.loads(d)) for n, d in re.findall(rb"id: (\d+)\nevent: event\ndata: (.*)\n", seen)]
        s.close()
        self.assertEqual([n for n, _ in ids], sorted(n for n, _ in ids))
        self.assertIn(added["event"], [d["id"] for _, d in ids])
        c = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        c.request("GET", "/api/v1/stream", headers={"Last-Event-ID": str(ids[0][0])})
        again, missed = c.getresponse(), b""
        while b"id: %d\n" % ids[-1][0] not in missed:
            missed += again.read1(65536)
        self.assertNotIn(b"id: %d\n" % ids[0][0], missed)
        c.close()

    # ------------------------------------------------------------ requests that are none

    def test_smuggling(self):
        get, post = b"GET /healthz HTTP/1.1\r\nHost: a\r\n", b"POST /api/v1/read HTTP/1.1\r\nHost: a\r\n"
        smuggled = b"GET /api/v1/about HTTP/1.1\r\nHost: localhost\r\n\r\n"
        for what, data, status in (
                ("two lengths", post + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello", 400),
                ("two equal lengths", post + b"Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello", 400),
                ("a list of lengths", post + b"Content-Length: 5, 5\r\n\r\nhello", 400),
                ("a signed length", post + b"Content-Length: +5\r\n\r\nhello", 400),
                ("a negative length", post + b"Content-Length: -1\r\n\r\nhello", 400),
                ("a length in hex", post + b"Content-Length: 0x5\r\n\r\nhello", 400),
                ("a length of 30 digits", post + b"Content-Length: " + b"9" * 30 + b"\r\n\r\n", 400),
                ("length and coding", post + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
                ("coding and length", post + b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", 400),
                ("two codings", post + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n", 400),
                ("a hidden coding", post + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", 400),
                ("another coding", post + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 501),
                ("chunked", post + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411),
                ("no length", post + b"\r\n", 411),
                ("a body for GET", get + b"Content-Length: %d\r\n\r\n" % len(smuggled), 400),
                ("a folded line", get + b"X: a\r\n b\r\n\r\n", 400),
                ("a folded first line", b"GET /healthz HTTP/1.1\r\n Host: a\r\n\r\n", 400),
                ("bare line feeds", b"GET /healthz HTTP/1.1\nHost: a\n\n", 400),
                ("one bare line feed", get + b"X: a\nY: b\r\n\r\n", 400),
                ("a bare carriage return", get + b"X: a\rY: b\r\n\r\n", 400),
                ("NUL in a value", get + b"X: a\0b\r\n\r\n", 400),
                ("NUL in a name", get + b"X\0: a\r\n\r\n", 400),
                ("NUL in the address", b"GET /health\0z HTTP/1.1\r\nHost: a\r\n\r\n", 400),
                ("a blank in the address", b"GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400),
                ("no host", b"GET /healthz HTTP/1.1\r\n\r\n", 400),
                ("two hosts", get + b"Host: b\r\n\r\n", 400),
                ("a line without colon", get + b"nonsense\r\n\r\n", 400),
                ("an empty name", get + b": a\r\n\r\n", 400),
                ("no version", b"GET /healthz\r\nHost: a\r\n\r\n", 400),
                ("another version", b"GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505),
                ("an odd version", b"GET / HTTP/1.1x\r\nHost: a\r\n\r\n", 400),
                ("another method", b"BREW /healthz HTTP/1.1\r\nHost: a\r\n\r\n", 501),
                ("a fragment", b"GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n", 400),
                ("an address of nobody", b"GET //evil HTTP/1.1\r\nHost: a\r\n\r\n", 400),
                ("TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(100) + b"\r\n\r\n", 400),
                ("two empty lines", b"\r\n\r\nGET /healthz HTTP/1.1\r\nHost: a\r\n\r\n", 400),
                ("something expected", post + b"Content-Length: 5\r\nExpect: a-miracle\r\n\r\n", 417),
                ("a large body", post + b"Content-Length: 99999999\r\n\r\n", 413),
                ("a long address", b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", 414),
                ("a long head", get + b"X: " + b"a" * 20000 + b"\r\n\r\n", 431),
                ("100 headers", get + b"X: a\r\n" * 100 + b"\r\n", 431),
                ("100,000 headers", get + b"X: a\r\n" * 100000 + b"\r\n", 431)):
            out = self.raw(data + smuggled)
            self.assertTrue(out.startswith(b"HTTP/1.1 %d " % status), (what, out[:80]))
            self.assertEqual(len(re.findall(rb"HTTP/1.1 \d\d\d ", out)), 1, (what, "something was smuggled"))
            self.assertIn(b"Connection: close", out, what)

    def test_sound_requests_in_odd_forms(self):
        for what, data, n in (("many at once", b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n" * 40, 40),
                              ("an empty line before", b"\r\nGET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n", 1),
                              ("the whole address", b"GET http://localhost/healthz HTTP/1.1\r\nHost: other\r\n\r\n", 1),
                              ("HTTP/1.0 that stays", b"GET /healthz HTTP/1.0\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n", 1),
                              ("a mark of the vet's own", b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nSillok-Vet: 0 500\r\n\r\n", 1)):
            out = self.raw(data + b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            self.assertEqual(out.count(b"HTTP/1.1 200 OK"), n + 1, (what, out[:200]))
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=30) as s:
            for c in b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n":
                s.sendall(bytes([c]))
            self.assertTrue(s.recv(4096).startswith(b"HTTP/1.1 200"))
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=30) as s:
            s.sendall(b"POST /api/v1/read HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n")
            self.assertTrue(s.recv(4096).startswith(b"HTTP/1.1 100"))
            s.sendall(b"It rains.")
            self.assertTrue(s.recv(65536).startswith(b"HTTP/1.1 200"))

    def test_those_who_dawdle_are_answered_and_hold_nobody_up(self):
        slow = [socket.create_connection(("127.0.0.1", self.server.port), timeout=40) for _ in range(100)]
        for s in slow:
            s.sendall(b"GET /healthz HTTP/1.1\r\nHost: loc")
        begun = time.monotonic()
        self.get("/api/v1/about")
        self.assertLess(time.monotonic() - begun, 5)
        for _ in range(11):
            time.sleep(1)
            for s in slow[1:3]:
                try:
                    s.sendall(b"a")
                except OSError:
                    pass
        for s in slow:
            self.assertTrue(s.recv(4096).startswith(b"HTTP/1.1 408"))
            s.close()

    # ------------------------------------------------------------ scripts in reports

    def test_scripts_stay_text(self):
        class Look(html.parser.HTMLParser):
            def handle_starttag(me, tag, attributes):
                self.assertIn(tag, ALLOWED_TAGS, me.path)
                me.scripts += tag == "script"
                for name, value in attributes:
                    self.assertFalse(name.startswith("on") or name == "style", (me.path, name))
                    if name in ("href", "src"):
                        self.assertTrue(value.startswith("/"), (me.path, value))

        events = [e["id"] for e in self.get("/api/v1/events?limit=1000&view=list")["events"]]
        reports = [r["id"] for r in self.get("/api/v1/reports?limit=1000")["reports"]]
        self.assertEqual(sum(r.startswith("x") for r in reports), len(PAYLOADS))
        for path in ["/events", "/reports"] + ["/events/" + e for e in events] + ["/reports/" + r for r in reports]:
            status, r, data = self.ask(path)
            self.assertEqual((status, r.getheader("Content-Type")), (200, "text/html; charset=utf-8"), path)
            look = Look()
            look.path, look.scripts = path, 0
            look.feed(data.decode())
            look.close()
            self.assertEqual(look.scripts, 1, path)
        for p in PAYLOADS:
            _, r, data = self.ask("/api/v1/search?q=" + "".join("%%%02X" % b for b in p.encode()))
            self.assertTrue(r.getheader("Content-Type").startswith("application/"))

    # ------------------------------------------------------------ other servers

    def test_read_only_and_named(self):
        s = Server(self.folder, "--host", "sillok.example,other.example")
        try:
            got, r, data = self.ask("/api/v1/reports", "POST", b"x", port=s.port, Authorization="Bearer " + self.token)
            self.assertEqual(got, 403)
            for host, status in (("sillok.example", 200), ("OTHER.example:443", 200), ("third.example", 421)):
                self.assertEqual(self.ask("/healthz", port=s.port, Host=host)[0], status)
        finally:
            self.assertEqual(s.end(), 0)

    def test_it_ends_gracefully(self):
        s = Server(self.folder)
        idle = socket.create_connection(("127.0.0.1", s.port), timeout=30)
        stream = socket.create_connection(("127.0.0.1", s.port), timeout=30)
        stream.sendall(b"GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\n\r\n")
        stream.recv(4096)
        half = socket.create_connection(("127.0.0.1", s.port), timeout=30)
        half.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n")
        time.sleep(0.3)
        s.process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        half.sendall(b"\r\n")
        self.assertTrue(half.recv(4096).startswith(b"HTTP/1.1 200"))
        self.assertEqual(s.process.wait(15), 0)
        self.assertRaises(OSError, socket.create_connection, ("127.0.0.1", s.port), 1)
        for x in (idle, stream, half):
            x.close()

    def test_what_cannot_start(self):
        for options, says in ((["--listen", "nowhere"], "no address"), (["--listen", "127.0.0.1:%d" % self.server.port], "in use"),
                              (["--token-file", "/nonexistent"], "nonexistent"), (["nonsense"], "nonsense")):
            r = subprocess.run([SILLOK, "serve", "-l", self.folder + "/l.db", *options], capture_output=True, timeout=60)
            self.assertNotEqual(r.returncode, 0)
            self.assertIn(says, r.stderr.decode())
        r = subprocess.run([SILLOK, "serve", "-l", self.folder + "/none.db"], capture_output=True, timeout=60)
        self.assertEqual(r.returncode, 3)

    def test_the_reader_has_no_rights(self):
        """A reader waits for its text in its sandbox: seccomp is on, and it holds nothing but its pipe."""
        ours, theirs = socket.socketpair()
        reader = subprocess.Popen([SILLOK, "--reader", "sandbox"], stdin=theirs, stdout=theirs)
        theirs.close()
        ours.settimeout(60)
        said = b""
        while b"ready" not in said:
            said += ours.recv(4096)
        with open("/proc/%d/status" % reader.pid) as f:
            status = f.read()
        self.assertIn("Seccomp:\t2", status)
        self.assertIn("NoNewPrivs:\t1", status)
        ours.sendall(b"\xff" * 64)
        try:
            while said:
                said = ours.recv(4096)
        except ConnectionResetError:
            pass  # it went without a look at the rest
        ours.close()
        reader.wait(20)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=1)
