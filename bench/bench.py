"""bench.py SILLOK REPORTS WORK PEER - repeats the reports to 100 MB of text and times `sillok read` over them; see bench.sh."""
import json, os, re, resource, subprocess, sys, time

TEXT_B = 100_000_000
SMALL_B = 10_000_000
PEER_B = 2_000_000
STATIONS = (  # each layer needs all stations before it: what it takes longer than the one before is its own share
    ("sentences and tokens", "sentences"), ("tags, phrases and clauses", "tokens"), ("names", "names"),
    ("times, quantities, places", "names,times,quantities,places"), ("actors, sources, events, checks", "all"))

PYTHON_PEER = """
import json, re, sys, time
word = re.compile(r"\\d[\\d,.]*|\\w+")
done, start = 0, time.perf_counter()
for line in open(sys.argv[1], encoding="utf-8"):
    text = json.loads(line)["text"]
    word.findall(text)
    done += len(text.encode())
    if done >= int(sys.argv[2]):
        break
print(done, time.perf_counter() - start)
"""


def documents(source):
    """The reports of a file of JSON lines, or of a folder: each file one report."""
    if not os.path.isdir(source):
        return [json.loads(line) for line in open(source, encoding="utf-8") if line.strip()]
    names = sorted(os.path.join(source, n) for n in os.listdir(source))
    return [{"text": open(n, encoding="utf-8").read()} for n in names if os.path.isfile(n)]


def repeat(docs, target, text_b):
    """Writes the reports again and again, each with an id of its own; returns bytes of text, words and number of reports."""
    sizes = [(len(d["text"].encode()), len(re.findall(r"\w+", d["text"]))) for d in docs]
    size = words = n = 0
    with open(target, "w", encoding="utf-8") as out:
        while size < text_b:
            for d, (b, w) in zip(docs, sizes):
                out.write(json.dumps({**d, "id": f"r{n}"}, ensure_ascii=False) + "\n")
                size, words, n = size + b, words + w, n + 1
    return size, words, n


def run(sillok, target, layers, *more):
    """Seconds, CPU seconds and peak memory in MB of one reading whose output is thrown away."""
    command = [sillok, "read", "--input", "jsonl", "--format", "jsonl", "--layers", layers, "--quiet", *more, target]
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        sys.exit(f"{sillok} ended with status {child.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, used.ru_maxrss / 1024


def speeds(sillok, target, size, words, n):
    """One core and all cores; returns MB/s on one core."""
    one = None
    for name, jobs in (("one core", ["-j", "1"]), (f"{os.cpu_count()} cores", [])):
        s, cpu, peak = run(sillok, target, "all", *jobs)
        one = one or size / 1e6 / s
        print(f"{name + ':':10} {size / 1e6 / s:6.2f} MB/s  {words / s:9,.0f} words/s  {n / s:7,.0f} reports/s  "
              f"CPU {cpu:.1f} s  peak {peak:.0f} MB")
    return one


def stations(sillok, target):
    before, whole = run(sillok, target, "sentences", "-j", "1")[1], None
    steps = [before]
    for _, layers in STATIONS[1:]:
        steps.append(run(sillok, target, layers, "-j", "1")[1])
    whole = steps[-1]
    for (name, _), now, last in zip(STATIONS, steps, [0] + steps[:-1]):
        print(f"  {name + ':':34} {100 * max(now - last, 0) / whole:4.0f} % of the time (reading and writing included)")


def start_up(sillok, docs, work):
    path = os.path.join(work, "one.txt")
    with open(path, "w", encoding="utf-8") as out:
        out.write("A missile was fired.")
    times = sorted(run(sillok, path, "all", "--input", "text")[0] for _ in range(21))
    print(f"start-up:  {times[10] * 1000:.1f} ms from start to end with a report of one sentence (median of 21)")


def peer(kind, target, work, ours):
    command = [sys.executable, "-c", PYTHON_PEER] if kind == "python" else ["node", os.path.join(work, "peer.js")]
    out = subprocess.run([*command, target, str(PEER_B)], capture_output=True, text=True, check=True).stdout.split()
    theirs = int(out[0]) / 1e6 / float(out[1])
    what = "Python, words and numbers only" if kind == "python" else "compromise, names, dates and numbers"
    print(f"peer:      {theirs:6.2f} MB/s  ({what}); sillok on one core is {ours / theirs:.2f} times as fast")


def wink(folder, path, pipe):
    """MB/s of wink-nlp with its English model, by the time of the processor; None where it is not there."""
    if not os.path.isdir(os.path.join(folder, "node_modules", "wink-nlp")):
        return None
    command = ["node", os.path.join(folder, "wink.js"), path, "3", pipe]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return int(out[0]) / 1e6 / float(out[2])


def instructions(bench, path, kernel):
    """Instructions per word of the language station, counted by callgrind; None where it is not there or lacks the kernel."""
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", "--toggle-collect=slk_read", bench, path, kernel, "3"]
    try:
        ran = subprocess.run(command, capture_output=True, text=True, check=True)
    except (FileNotFoundError, subprocess.CalledProcessError):
        return None
    words, counted = ran.stdout.split(), re.search(r"Collected : (\d+)", ran.stderr)
    return int(counted[1]) / int(words[1]) if counted and len(words) == 2 else None


def language(build, docs, work):
    """The language station by itself, in memory: one core, warm, the texts over and over; each kernel of the net."""
    bench, path = os.path.join(build, "bench-language"), os.path.join(work, "texts.jsonl")
    with open(path, "w", encoding="utf-8") as out:
        out.writelines(json.dumps({"text": d["text"]}, ensure_ascii=False) + "\n" for d in docs)
    print("language station (tokens, sentences, tags, lemmas, trees, phrases, names), words and marks a second on one core:")
    best = 0
    for line in subprocess.run([bench, path], capture_output=True, text=True, check=True).stdout.splitlines():
        name, size, words, station, net = line.split()
        best = max(best, int(size) / 1e6 / float(station))
        print(f"  {name + ':':14} {int(words) / float(station):9,.0f}  {int(size) / 1e6 / float(station):6.2f} MB/s"
              f"   the net alone {int(words) / float(net):9,.0f}")
    for pipe, what in (("", "all that it finds"), ("sbd,pos", "sentences and tags only")):
        theirs = wink(os.path.join(build, "wink"), path, pipe)
        if theirs is None:
            print("  wink-nlp is not there (npm)")
            break
        print(f"  wink-nlp:      {theirs:6.2f} MB/s  ({what}); ours is {best / theirs:.2f} times as fast")
    for kernel in ("avx2", "portable"):
        counted = instructions(bench, path, kernel)
        print(f"  callgrind:     {f'{counted:,.0f} instructions a word' if counted else 'not there'} ({kernel})")


def measuring(build, path):
    """The measuring station by itself against programs that find dates, on the same texts, one core, warm."""
    ran = subprocess.run([os.path.join(build, "bench-measure"), path], capture_output=True, text=True, check=True).stdout.split()
    size, times, quantities, places = (int(x) for x in ran[:4])
    whole, *parts = (float(x) for x in ran[4:])
    print(f"measuring station (quantities, places, times) on one core: {size / 1e6 / whole:6.2f} MB/s; quantities alone "
          f"{size / 1e6 / parts[0]:.1f}, places {size / 1e6 / parts[1]:.1f}, times {size / 1e6 / parts[2]:.1f}; found {times} times, "
          f"{quantities} quantities, {places} places")
    folder = os.path.join(build, "dates")
    for name, package, what in (("chrono", "chrono-node", "dates and clock times"), ("compromise", "compromise-dates", "dates and numbers")):
        if not os.path.isdir(os.path.join(folder, "node_modules", package)):
            print(f"  {package} is not there (npm)")
            continue
        out = subprocess.run(["node", os.path.join(folder, "dates.js"), path, "4", name], capture_output=True, text=True, check=True).stdout.split()
        theirs = int(out[0]) / 1e6 / float(out[2])
        print(f"  {name + ':':12} {theirs:6.2f} MB/s  ({what}, found {out[1]}); the station is {size / 1e6 / whole / theirs:.1f} times as "
              f"fast, its times alone {size / 1e6 / parts[2] / theirs:.1f} times")


def main():
    sillok, source, work, kind = sys.argv[1:5]
    docs = documents(source)
    language(os.path.dirname(sillok), docs, work)
    measuring(os.path.dirname(sillok), os.path.join(work, "texts.jsonl"))
    target, small = os.path.join(work, "reports.jsonl"), os.path.join(work, "small.jsonl")
    size, words, n = repeat(docs, target, TEXT_B)
    repeat(docs, small, SMALL_B)
    print(f"{size / 1e6:.0f} MB of text, {words / 1e6:.1f} million words, {n:,} reports ({len(docs)} different ones)")
    ours = speeds(sillok, target, size, words, n)
    stations(sillok, small)
    start_up(sillok, docs, work)
    peer(kind, target, work, ours)


main()
