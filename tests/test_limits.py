"""test_limits.py SILLOK SOURCE - the limits, each said in one clear line: sizes, unpacked sizes and ratios, depth, broken bytes. And
the time: a second of the processor for a document, however hostile (not asked of builds with sanitizers).
"""
import gzip
import random
import resource
import subprocess
import sys
import unittest
import zlib

SILLOK = sys.argv[1]
PAGE = b"<!doctype html><title>T</title><body><p>The minister said so on Monday.</p>"
MIB = 1 << 20
CPU_S = 2.0  # a second, were the machine not shared with other tests


def run(data, *args):
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    r = subprocess.run([SILLOK, "read", "--layers", "sentences", "-f", "jsonl", *args, "-"], input=data, capture_output=True, timeout=120)
    return r.returncode, r.stdout.decode(), r.stderr.decode(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def record(body, kind=b"text/html", more=b""):
    http = b"HTTP/1.1 200 OK\r\nContent-Type: " + kind + b"\r\n" + more + b"\r\n" + body
    head = b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://wire.example/1\r\nContent-Length: %d\r\n\r\n"
    return head % len(http) + http + b"\r\n\r\n"


def packed(n, times=16):
    """n bytes of text that pack to about a twelfth."""
    draw, out, pack = random.Random(1), [], zlib.compressobj(1, zlib.DEFLATED, 31)
    for _ in range(n // (1024 * times)):
        out.append(pack.compress(draw.randbytes(512).hex().encode() * times))
    return b"".join(out) + pack.flush()


sanitized = b"__asan_init" in open(SILLOK, "rb").read()


class Limits(unittest.TestCase):
    def said(self, data, words, *args, out=""):
        """One line on standard error with the words, status 1."""
        status, got, err, _ = run(data, *args)
        self.assertEqual((status, err.count("\n")), (1, 1), err)
        self.assertIn(words, err)
        self.assertTrue(err.startswith("sillok: standard input"), err)
        if out:
            self.assertIn(out, got)

    def test_sizes(self):
        self.said(PAGE + b"<p>x " * (2 * MIB), "the page has more than 8388608 bytes")
        self.said(b"The minister said so. " * 800000, "the text has ")
        self.said(b'{"text":"' + b"a b " * (17 * MIB) + b'"}\n{"text":"The end."}\n', "the line is longer than 67108864 bytes", out="The end.")
        self.said(b"<rss><channel>" + b"<item><title>x</title></item>" * 600000, "at most 16777216 are read")
        self.said(record(b"x" * (9 * MIB)) + record(PAGE), "the record is longer than 8 MiB", out="on Monday")
        head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>x\r\n--b\r\n\r\n"
        self.said(head + b"x" * (33 * MIB), "the MHTML file has more than 33554432 bytes")

    def test_unpacked_sizes_and_ratios(self):
        self.said(gzip.compress(b"a" * (200 * MIB), 1), "unpack to more than 100 times their size")
        coding = b"Content-Encoding: gzip\r\n"
        self.said(record(gzip.compress(b"a" * (20 * MIB)), more=coding) + record(PAGE), "unpacks to more than 100 times its size", out="on Monday")
        self.said(record(packed(68 * MIB), more=coding) + record(PAGE), "unpacks to more than 67108864 bytes", out="on Monday")
        self.said(record(packed(9 * MIB), more=coding) + record(PAGE), "has more than 8388608 bytes", out="on Monday")

    def test_depth(self):
        self.said(PAGE + b"<div>" * 1000000 + b"The end.", "elements are nested deeper than 256")
        self.said(PAGE + b"<div>" * 500000 + b"x" + b"</div>" * 500000, "elements are nested deeper than 256")
        self.said(b'{"a":' + b"[" * 100000 + b"\n", "maximum parsing depth")
        self.said(b"<rss><channel><item><title>One</title>" + b"<a>" * 100000, "nested deeper than 128 elements")

    def test_broken_bytes(self):
        self.said(b"The minister said\0 so.", "not valid UTF-8 at byte 17")
        self.said(b"The minister \xc0\xaf said so \xed\xa0\x80 there.\n" * 3, "bytes mean nothing, the first at byte 13")
        self.said(gzip.compress(random.Random(2).randbytes(2000).hex().encode())[:900], "the packed data end in the middle")
        self.said(b"", "the report has no text")
        self.said(b"PK\x03\x04" + b"\0" * 100, "zip file")
        for data in ("The minister \u202esaid\u202c so on Monday.".encode(), PAGE + b"<p>\xc0\xaf \xed\xa0\x80 \0 said</p>"):
            status, out, err, _ = run(data, "-q")
            self.assertEqual((status, err), (0, ""))

    @unittest.skipIf(sanitized, "sanitizers make everything slow")
    def test_time(self):
        shapes = {
            "elements": b"<p>x", "tables": b"<table>x", "formatting in tables": b"<table><b>", "declarations": b"<!x>",
            "paragraphs": b"<p>The minister said so on Monday to reporters.</p>", "links": b"<a href=x>y</a> ",
        }
        for name, piece in shapes.items():
            data = PAGE + piece * ((8 * MIB - 1000) // len(piece))
            self.fast(name, data)
        self.fast("an attribute of 1 MB", PAGE + b"<p a='" + b"x" * MIB + b"'>The minister said so.")
        self.fast("a million attributes", PAGE + b"<p " + b"".join(b"a%d " % i for i in range(900000)) + b">The minister said so.")
        self.fast("a million nested elements", PAGE + b"<div>" * 1000000)

    def fast(self, name, data):
        """Of the intake: a text that is very long and whole takes its time to be read."""
        taken = []
        for _ in range(6):
            taken.append(run(data, "--input", "html", "-j", "1")[3])
            if taken[-1] < CPU_S:
                return
        self.fail("%s: %.2f s at best" % (name, min(taken)))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
