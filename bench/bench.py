"""bench.py SILLOK REPORTS WORK - repeats the reports to 100 MB of text and times `sillok read` over them; see bench.sh."""
import json, os, resource, subprocess, sys, time

TEXT_B = 100_000_000


def repeat(source, target):
    """Writes the reports again and again, each with an id of its own; returns bytes of text and number of reports."""
    docs = [json.loads(line) for line in open(source, encoding="utf-8") if line.strip()]
    size = n = 0
    with open(target, "w", encoding="utf-8") as out:
        while size < TEXT_B:
            for d in docs:
                d["id"] = f"r{n}"
                out.write(json.dumps(d, ensure_ascii=False) + "\n")
                size += len(d["text"].encode())
                n += 1
    return size, n


def run(command):
    """Seconds, CPU seconds and peak memory in MB of a command whose output is thrown away."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        sys.exit(f"{command[0]} ended with status {child.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, used.ru_maxrss / 1024


PEER = """
import json, re, sys
word = re.compile(r"\\d[\\d,.]*|\\w+")
n = 0
for line in open(sys.argv[1], encoding="utf-8"):
    n += len(word.findall(json.loads(line)["text"]))
"""


def main():
    sillok, source, target = sys.argv[1:4]
    size, n = repeat(source, target)
    mb = size / 1e6
    print(f"{mb:.0f} MB of text in {n} reports")
    figures = {}
    for name, jobs in (("one thread", ["-j", "1"]), ("all cores", [])):
        s, cpu, peak = run([sillok, "read", "--format", "jsonl", "--layers", "events,checks", "--quiet", *jobs, target])
        figures[name] = s
        print(f"sillok read, {name}: {mb / s:.1f} MB/s, {n / s:.0f} reports/s, {mb / cpu:.1f} MB per CPU second, peak {peak:.0f} MB")
    s, _, _ = run([sys.executable, "-c", PEER, target])
    print(f"Python, only JSON and a word pattern: {mb / s:.1f} MB/s")
    print(f"ratio, one thread against Python's word pattern: {s / figures['one thread']:.2f}")


main()
