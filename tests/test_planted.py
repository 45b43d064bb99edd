"""test_planted.py SILLOK - plants conflicts in invented reports and asks how many of them are found.

Each report holds one statement twice: a clock time and its GMT in brackets, a measure and its conversion, a weekday and its date. Half of
the reports are right, to the rounding that papers allow themselves; in the other half the second statement is wrong by more than any
rounding. Prints for each kind how many conflicts were found and how many right reports were called wrong; fails below 95 % found or
above 2 % called wrong. Everything follows from one seed: the same reports every time. All wording is our own.
"""
import datetime, json, random, subprocess, sys
from zoneinfo import ZoneInfo

PER_KIND = 240
FLOOR_FOUND, MOST_FALSE = 0.95, 0.02

LAUNCHES = (  # who fires, from where, zone, name of its clock (or "")
    ("North Korea", "Wonsan", "Asia/Pyongyang", "Pyongyang time"), ("South Korea", "Anheung", "Asia/Seoul", "KST"),
    ("Japan", "Tanegashima", "Asia/Tokyo", "Japan time"), ("Iran", "Semnan", "Asia/Tehran", "Iran time"),
    ("India", "Balasore", "Asia/Kolkata", "IST"), ("Pakistan", "Karachi", "Asia/Karachi", "Pakistan time"),
    ("Russia", "Plesetsk", "Europe/Moscow", "Moscow time"), ("China", "Jiuquan", "Asia/Shanghai", "Beijing time"),
    ("Israel", "Palmachim", "Asia/Jerusalem", "Israel time"), ("Yemen", "Hodeidah", "Asia/Aden", "Sanaa time"),
    ("Turkey", "Sinop", "Europe/Istanbul", "Turkish time"), ("Taiwan", "Pingtung", "Asia/Taipei", "Taiwan time"),
    ("Afghanistan", "Kandahar", "Asia/Kabul", "Kabul time"), ("Myanmar", "Yangon", "Asia/Yangon", ""),
    ("the Philippines", "Manila", "Asia/Manila", "Philippine time"), ("Iraq", "Basra", "Asia/Baghdad", "Baghdad time"),
    ("Syria", "Latakia", "Asia/Damascus", "Damascus time"), ("Ukraine", "Odesa", "Europe/Kyiv", "Kyiv time"),
    ("Egypt", "Alexandria", "Africa/Cairo", "Cairo time"), ("Nepal", "Pokhara", "Asia/Kathmandu", "Nepal time"))
THINGS = ("a ballistic missile", "two short-range missiles", "a cruise missile", "a long-range rocket", "three rockets")
DEEDS = ("fired", "launched", "test-fired")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
SHORT = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
UNITS = (  # unit, metres or kilogrammes; its conversion
    (("km", "kilometers", "kilometres"), 1000, ("miles", "mi"), 1609.344), (("miles",), 1609.344, ("km", "kilometers"), 1000),
    (("kilometers", "km"), 1000, ("nautical miles",), 1852), (("nautical miles",), 1852, ("km",), 1000),
    (("meters", "metres"), 1, ("feet", "ft"), 0.3048), (("feet",), 0.3048, ("meters", "m"), 1),
    (("kg", "kilograms"), 1, ("pounds", "lb"), 0.45359237), (("km/h", "kph"), 1000 / 3600, ("mph",), 0.44704))
TEXTS = {
    "length": ("The missile flew {q} before it fell into the sea.", "It landed {q} from the coast, the ministry said.",
               "It covered a distance of {q} in ten minutes.", "It had flown {q} when radars lost it."),
    "short": ("The crater was {q} wide.", "The mast was {q} high, an engineer said.", "The boat was {q} long."),
    "mass": ("The warhead weighed {q}, an engineer said.", "The wreck weighed {q}."),
    "speed": ("The drone reached {q} over the strait.", "It flew at {q} on its way home.")}


def twelve(t):
    return f"{(t.hour + 11) % 12 + 1}:{t.minute:02d} {'a.m.' if t.hour < 12 else 'p.m.'}"


def clock(rng, wrong):
    who, place, zone, named = rng.choice(LAUNCHES)
    local = datetime.datetime(rng.randint(2012, 2027), rng.randint(1, 12), rng.randint(2, 28), rng.randint(0, 23), rng.randint(0, 59),
                              tzinfo=ZoneInfo(zone))
    gmt = local.astimezone(datetime.timezone.utc)
    day = local.strftime("%A")
    if wrong:
        gmt += datetime.timedelta(minutes=rng.choice((-180, -120, -60, -30, 30, 60, 90, 120, 300)))
    if rng.random() < 0.2:  # on the clock of Washington
        gmt = gmt.astimezone(ZoneInfo("America/New_York"))
        other = f"{twelve(gmt)} {rng.choice(('ET', 'Eastern time', 'EDT' if gmt.dst() else 'EST'))}"
    else:
        other = f"{gmt:%H%M} GMT" if rng.random() < 0.6 else f"{gmt:%H:%M} {rng.choice(('GMT', 'UTC'))}"
    if gmt.date() != local.date():
        other += f" on {gmt:%A}" if rng.random() < 0.5 else f" {gmt:%A}"
    words = [f"{twelve(local)} local time", twelve(local), f"{local:%H:%M} local time"]
    if named:
        words += [f"{twelve(local)} {named}", f"{local:%H%M} {named}"]
    at = rng.choice(words)
    published = local.date() + datetime.timedelta(days=rng.choice((0, 0, 1)))
    if rng.random() < 0.15:  # the other way round
        return f"{who} {rng.choice(DEEDS)} {rng.choice(THINGS)} from {place} at {other} ({twelve(local)} {day} local time), officials said.", published
    text = rng.choice((
        f"{who} {rng.choice(DEEDS)} {rng.choice(THINGS)} from {place} at {at} on {day} ({other}), officials said.",
        f"{who} {rng.choice(DEEDS)} {rng.choice(THINGS)} on {day}, officials said. The launch from {place} took place at about {at} ({other}).",
        f"Officials said {who} {rng.choice(DEEDS)} {rng.choice(THINGS)} from near {place} at {at} ({other}) on {day}."))
    return text, published


def clock_range(rng, wrong):
    who, place, zone, named = rng.choice(LAUNCHES)
    a = datetime.datetime(rng.randint(2012, 2027), rng.randint(1, 12), rng.randint(2, 28), rng.randint(1, 10), rng.randint(0, 30), tzinfo=ZoneInfo(zone))
    b = a + datetime.timedelta(minutes=rng.randint(5, 29))
    shift = datetime.timedelta(minutes=rng.choice((-120, -60, 60, 90)) if wrong else 0)
    c, d = (x.astimezone(datetime.timezone.utc) + shift for x in (a, b))
    return (f"{who} {rng.choice(DEEDS)} several rockets from {place} between {a.hour}:{a.minute:02d} and {twelve(b)} on {a:%A} "
            f"({c:%H%M}-{d:%H%M} GMT), officials said."), a.date()


def rounded(rng, value):
    """As a paper writes it: to two or three figures."""
    digits = rng.choice((2, 3, 3))
    size = 10 ** max(0, len(str(int(value))) - digits)
    v = round(value / size) * size if value >= 100 else round(value)
    return f"{v:,}" if rng.random() < 0.8 else str(v)


def unit(rng, wrong):
    ours, a, theirs, b = rng.choice(UNITS)
    kind = "speed" if "mph" in theirs else "mass" if "lb" in theirs else "short" if b in (1, 0.3048) else "length"
    value = rng.choice((60, 90, 120, 250, 320, 400, 450, 690, 800, 900, 1300, 3700)) if kind != "short" else rng.randint(35, 400)
    other = value * a / b
    if wrong:
        other *= rng.choice((0.5, 0.7, 0.8, 0.88, 1.13, 1.25, 1.5, 10, a / b if not 0.85 < a / b < 1.15 else 2))
    hedge = rng.choice(("", "", "about ", "some ", "more than "))
    second = f"{rounded(rng, other)} {rng.choice(theirs)}"
    if rng.random() < 0.15:
        high = value + 50
        return (f"The missiles flew {value} to {high} {rng.choice(ours)} "
                f"({rounded(rng, other)}-{rounded(rng, high * other / value)} {rng.choice(theirs)})."), datetime.date(2026, 5, 4)
    q = f"{hedge}{value:,} {rng.choice(ours)} ({second})" if rng.random() < 0.85 else f"{hedge}{value:,} {rng.choice(ours)}, or {second},"
    return f"{rng.choice(LAUNCHES)[0]} {rng.choice(DEEDS)} {rng.choice(THINGS)}. " + rng.choice(TEXTS[kind]).format(q=q), datetime.date(2026, 5, 4)


def ending(n):
    return "th" if 10 < n < 14 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")


def weekday(rng, wrong):
    who, place, _, _ = rng.choice(LAUNCHES)
    day = datetime.date(rng.randint(2010, 2027), rng.randint(1, 12), rng.randint(1, 28))
    name = DAYS[(day.weekday() + (rng.randint(1, 6) if wrong else 0)) % 7]
    long, short = MONTHS[day.month - 1], SHORT[day.month - 1]
    date, published = rng.choice((
        (f"{name}, {short} {day.day}, {day.year}", None), (f"{name}, {long} {day.day}, {day.year}", None),
        (f"{name}, {day.day} {long} {day.year}", None), (f"{name} {long} {day.day}, {day.year}", None),
        (f"{name}, {short} {day.day}", day + datetime.timedelta(days=rng.randint(0, 3))),
        (f"{name} ({short} {day.day})", day + datetime.timedelta(days=rng.randint(0, 3))),
        (f"{short} {day.day} ({name})", day + datetime.timedelta(days=rng.randint(0, 3))),
        (f"{name} the {day.day}{ending(day.day)} of {long} {day.year}", None), (f"{name}, {day.isoformat()}", None)))
    text = rng.choice((f"{who} {rng.choice(DEEDS)} {rng.choice(THINGS)} from {place} on {date}.",
                       f"On {date}, {who} {rng.choice(DEEDS)} {rng.choice(THINGS)}, the ministry said.",
                       f"The ministry said the test of {rng.choice(THINGS)} on {date} had gone well."))
    return text, published or day + datetime.timedelta(days=rng.randint(0, 400))


def main():
    sillok, kinds = sys.argv[1], {"zone": clock, "range": clock_range, "unit": unit, "weekday": weekday}
    rng = random.Random(20260504)
    planted, lines = {}, []
    for kind, make in kinds.items():
        for i in range(PER_KIND):
            wrong = i % 2 == 1
            text, published = make(rng, wrong)
            planted[f"{kind}-{i}"] = (kind, wrong, text)
            lines.append(json.dumps({"id": f"{kind}-{i}", "text": text, "published": published.isoformat()}))
    command = [sillok, "read", "--input", "jsonl", "--format", "jsonl", "--quiet"]
    out = subprocess.run(command, input="\n".join(lines), capture_output=True, text=True, check=True).stdout
    told = {}
    for line in out.splitlines():
        r = json.loads(line)
        told[r["report"]["id"]] = [c["kind"] for c in r["checks"] if c["verdict"] == "disagrees"]
    bad = False
    for kind in kinds:
        check = "zone" if kind == "range" else kind
        found = [check in told[i] for i, (k, wrong, _) in planted.items() if k == kind and wrong]
        false = [bool(told[i]) for i, (k, wrong, _) in planted.items() if k == kind and not wrong]
        f, a = sum(found) / len(found), sum(false) / len(false)
        print(f"{kind:8} {len(found)} planted, found {100 * f:.1f} %; {len(false)} right, called wrong {100 * a:.1f} %")
        bad = bad or f < FLOOR_FOUND or a > MOST_FALSE
    if bad or "-v" in sys.argv:
        for i, (kind, wrong, text) in planted.items():
            if wrong != (("zone" if kind == "range" else kind) in told[i]) or (not wrong and told[i]):
                print("missed:" if wrong else "called wrong:", told[i], text)
    sys.exit(bad)


main()
