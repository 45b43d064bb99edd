/* test_page.mjs - the page as an analyst meets it, in headless Chromium, against the program's own server on the example reports: ten
 * tasks by mouse and the same ten by keyboard alone; every page looked at by axe-core, light and dark; nothing asked of any other
 * host; payloads that would be scripts stay words; a hundred thousand events filtered, with the time it takes.
 *
 *   node tests/test_page.mjs build/sillok [--only NAME] [--shots FOLDER] [--base URL]   (./run web-test) */
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(join(root, "web/package.json"));
const { chromium } = require("playwright-core");
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const option = (name) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : "");
const program = resolve(process.argv[2] ?? "build/sillok");
const env = { ...process.env, SILLOK_PACK: process.env.SILLOK_PACK ?? join(dirname(program), "sillok.pack") };
const folder = mkdtempSync(join(tmpdir(), "sillok-page-"));
const EVENT = "KP-2027-03-10-weapon-test-1";
const ITEM = '.item[data-event="' + EVENT + '"]';
const STORY = "TEHRAN, April 2 (Example Wire) - Iran fired three ballistic missiles from the Kerman area on Friday at 6:30 a.m. local time, state television said. They flew about 1,200 km to the southeast, an official said, who declined to say which type they were.";

let base = option("--base"), token = "", server = null, browser = null;
const PATIENCE = 30000; /* milliseconds, for busy machines; nothing is waited for longer than it takes */
const failures = [], strangers = new Set();

/* ------------------------------------------------------------------ the server and the browser */

async function serve() {
    const ledger = join(folder, "ledger.db"), tokens = join(folder, "tokens");
    const run = (args, input) => {
        const r = spawnSync(program, args, { env, input, encoding: "utf8" });
        if (r.status !== 0) throw new Error(program + " " + args.join(" ") + ": " + r.stderr);
        return r.stdout;
    };
    run(["add", "--ledger", ledger, join(root, "examples/reports.jsonl")]);
    token = run(["serve", "token", "--ledger", ledger, "--token-file", tokens]).trim();
    server = spawn(program, ["serve", "--ledger", ledger, "--listen", "127.0.0.1:0", "--token-file", tokens, ...(process.env.SILLOK_NO_SANDBOX ? ["--no-sandbox"] : [])], { env, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    return new Promise((done, failed) => {
        const hear = (b) => {
            said += b;
            const m = said.match(/http:\/\/(127\.0\.0\.1:\d+)/);
            if (m) done("http://" + m[1]);
        };
        server.stdout.on("data", hear);
        server.stderr.on("data", hear);
        server.on("exit", () => failed(new Error("the server ended: " + said)));
        setTimeout(() => failed(new Error("the server says no address: " + said)), 20000);
    });
}

async function open(path, more = {}) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, timezoneId: "Asia/Seoul", locale: "en-GB", ...more });
    await context.route("**/*", (route) => {
        const url = new URL(route.request().url());
        if (url.origin === base) return route.fallback();
        strangers.add(url.href);
        return route.abort();
    });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    page.on("pageerror", (e) => failures.push("error on " + path + ": " + e.message));
    page.on("console", (m) => /Content Security Policy|Refused to/.test(m.text()) && failures.push("policy on " + path + ": " + m.text()));
    if (more.before) await more.before(page);
    await page.goto(base + path);
    if (more.javaScriptEnabled !== false && !more.slow) await ready(page);
    return page;
}
const ready = (page) => until(page, () => document.querySelector(".list-count")?.textContent && !/loading/.test(document.querySelector(".list-count").textContent));
const shown = (page) => page.$eval(".list-count", (e) => Number(e.textContent.match(/^[\d,]+/)[0].replaceAll(",", "")));
/* Waits for something that is asked in the page; playwright's own way wants eval, which the page's policy forbids. */
async function until(page, what, arg, most = PATIENCE) {
    for (const begun = Date.now(); Date.now() - begun < most; await page.waitForTimeout(25)) if (await page.evaluate(what, arg)) return;
    throw new Error("it does not come to " + what);
}
function check(right, what) {
    if (!right) throw new Error(what);
}

/* Tab until the focus is where it should be, as someone without a mouse does. */
async function tabTo(page, selector, most = 160) {
    for (let i = 0; i < most; i++) {
        if (await page.evaluate((s) => document.activeElement?.matches(s), selector)) return;
        await page.keyboard.press("Tab");
    }
    throw new Error("Tab does not lead to " + selector);
}

/* ------------------------------------------------------------------ ten tasks, by hand "mouse" or "keys" */

const TASKS = {
    async "find a report by its words and open its event"(page, by) {
        if (by === "mouse") await page.click('[data-key="q"]');
        else await page.keyboard.press("/");
        await page.keyboard.type("Sunan");
        await until(page, () => /^[1-3] event/.test(document.querySelector(".list-count").textContent));
        if (by === "mouse") await page.click(ITEM);
        else {
            await page.keyboard.press("Escape");
            await page.keyboard.press("l");
            for (let i = 0; i < 4 && !(await page.$(".active" + ITEM)); i++) await page.keyboard.press("ArrowDown");
            await page.keyboard.press("Enter");
        }
        await page.waitForSelector(".dossier h1:has-text('two short-range missiles')");
        check(new URL(page.url()).pathname === "/events/" + EVENT, "the address is not the event's: " + page.url());
    },

    async "narrow down by type and country"(page, by) {
        const all = await shown(page);
        for (const key of ["type=weapon-test", "actor=PRK"]) {
            if (by === "mouse") await page.click('[data-key="' + key + '"]');
            else {
                await tabTo(page, '[data-key="' + key + '"]');
                await page.keyboard.press("Space");
            }
        }
        await until(page, (n) => parseInt(document.querySelector(".list-count").textContent, 10) < n, all);
        check((await shown(page)) === 2, "two launches were expected, not " + (await shown(page)));
        check(page.url().includes("type=weapon-test") && page.url().includes("actor=PRK"), "the address does not say it");
        if (by === "mouse") await page.click('[data-key="clear"]');
        else {
            await tabTo(page, '[data-key="clear"]');
            await page.keyboard.press("Enter");
        }
        await until(page, (n) => parseInt(document.querySelector(".list-count").textContent, 10) === n, all);
    },

    async "choose a span of time on the timeline"(page, by) {
        const all = await shown(page);
        if (by === "mouse") {
            const box = await (await page.$(".time-canvas")).boundingBox();
            await page.mouse.move(box.x + box.width * 0.12, box.y + 100);
            await page.mouse.down();
            await page.mouse.move(box.x + box.width * 0.45, box.y + 100, { steps: 5 });
            await page.mouse.up();
        } else {
            await tabTo(page, '[data-key="time0"]');
            for (let i = 0; i < 14; i++) await page.keyboard.press("ArrowRight");
        }
        await until(page, (n) => parseInt(document.querySelector(".list-count").textContent, 10) < n, all);
        check(/since=\d{4}-\d\d-\d\d/.test(page.url()), "the address does not say since when");
        if (by === "mouse") await page.click('[data-key="alltime"]');
        else await page.keyboard.press("Home");
        await until(page, (n) => parseInt(document.querySelector(".list-count").textContent, 10) === n, all);
    },

    async "open an event from the map"(page, by) {
        await page.waitForSelector('.map[data-ready="1"]');
        await page.waitForTimeout(300);
        if (by === "mouse") {
            const box = await (await page.$(".stage .map-over")).boundingBox();
            for (let y = 20; y < box.height && !/\/events\//.test(page.url()); y += 14)
                for (let x = 20; x < box.width - 60; x += 14) {
                    await page.mouse.move(box.x + x, box.y + y);
                    if (await page.$eval(".stage .map-over", (c) => c.style.cursor === "pointer")) {
                        await page.mouse.click(box.x + x, box.y + y);
                        await page.waitForTimeout(250);
                        if (await page.$(".map-menu")) await page.click(".map-menu button:nth-of-type(1) >> nth=1");
                        if (/\/events\//.test(page.url())) break;
                    }
                }
        } else {
            await tabTo(page, ".stage .map-over");
            await page.keyboard.press("+");
            await page.keyboard.press("-");
            await page.keyboard.press(".");
            await page.keyboard.press("Enter");
        }
        await page.waitForSelector(".dossier h1");
    },

    async "see where sources differ, and ask why"(page, by) {
        await page.goto(base + "/events/" + EVENT);
        await page.waitForSelector(".matrix");
        check((await page.$$eval(".matrix tr.conflict th", (l) => l.map((e) => e.textContent))).some((t) => t.includes("how many") && t.includes("differ")), "the number is not said to differ");
        const value = await page.$$eval('.matrix [data-claim^="distance."]', (l) => l.find((e) => e.textContent.includes("350"))?.dataset.claim);
        if (by === "mouse") await page.click('[data-claim="' + value + '"]');
        else {
            await tabTo(page, '[data-claim="' + value + '"]');
            await page.keyboard.press("Enter");
        }
        await page.waitForSelector(".why >> text=roughly 350 kilometers");
        const why = await page.textContent(".why");
        check(/Japan/.test(why) && /stated/.test(why), "source or basis is missing: " + why);
        await page.waitForSelector(".ev.lit:has-text('roughly 350 kilometers')");
    },

    async "go from the words to the field"(page, by) {
        await page.goto(base + "/events/" + EVENT);
        const words = ".ev:has-text('some 380 kilometers')";
        await page.waitForSelector(words);
        if (by === "mouse") await page.hover(words);
        else {
            await page.$eval(".report-box", (e) => e.focus());
            for (let i = 0; i < 60 && !(await page.evaluate(() => document.activeElement.textContent.startsWith("some 380"))); i++) await page.keyboard.press("Tab");
        }
        await page.waitForSelector(".matrix .value.lit:has-text('380 km')");
    },

    async "see what was known on an earlier day"(page, by) {
        await page.goto(base + "/events/" + EVENT);
        await page.waitForSelector(".dossier-line >> text=3 reports");
        const day = '[data-key="day2027-03-10"]';
        if (by === "mouse") await page.click(day);
        else {
            await tabTo(page, day, 400);
            await page.keyboard.press("Enter");
        }
        await page.waitForSelector(".dossier-line >> text=2 reports");
        check(page.url().includes("as_of=2027-03-10"), "the address does not say the day");
        if (by === "mouse") await page.click('[data-key="now"]');
        else {
            await tabTo(page, '[data-key="now"]');
            await page.keyboard.press("Enter");
        }
        await page.waitForSelector(".dossier-line >> text=3 reports");
    },

    async "switch the time zone"(page, by) {
        const told = () => page.$eval(ITEM + " .item-time", (e) => e.textContent);
        check((await told()).startsWith("2027-03-10 07:12"), "local time: " + (await told()));
        if (by === "mouse") await page.selectOption('[data-key="zone"]', "utc");
        else await page.keyboard.press("z");
        await until(page, () => document.body.innerText.includes("2027-03-09 22:12 UTC"));
        if (by === "mouse") await page.selectOption('[data-key="zone"]', "own");
        else await page.keyboard.press("z");
        await until(page, () => document.body.innerText.includes("2027-03-10 07:12 +09:00"));
    },

    async "read a pasted story, record nothing, then add it"(page, by) {
        const total = async () => (await (await page.request.get(base + "/api/v1/reports?limit=1000")).json()).reports.length;
        const before = await total();
        if (by === "mouse") {
            await page.click('[data-key="view-read"]');
            await page.click('[data-key="paste"]');
        } else await page.keyboard.press("p");
        await page.fill('.paste input[type="date"]', "2027-04-03"); /* date fields of browsers take keys each in their own way */
        await page.focus("textarea");
        await page.keyboard.insertText(by === "mouse" ? STORY : STORY + " It was the third launch of the year.");
        await page.waitForSelector(".read-event");
        const reading = await page.textContent(".paste-out");
        check(/1,200 km/.test(reading) && /withheld/.test(reading), "values are missing: " + reading);
        await page.waitForSelector(".paste-note >> text=Nothing has been recorded");
        check((await total()) === before, "something was recorded by reading");
        if (by === "mouse") {
            await page.fill('input[type="password"]', "not the token");
            await page.click("text=Add to the ledger");
            await page.waitForSelector(".paste-note .trouble");
            check((await total()) === before, "it was recorded without the token");
            await page.fill('input[type="password"]', token);
            await page.click("text=Add to the ledger");
        } else {
            await tabTo(page, 'input[type="password"]');
            await page.keyboard.insertText(token);
            await tabTo(page, "button.primary:not(.news)");
            await page.keyboard.press("Enter");
        }
        await page.waitForSelector(".paste-note >> text=Recorded");
        check((await total()) === before + 1, "it was not recorded");
    },

    async "compare in the table, and share the view"(page, by) {
        if (by === "mouse") {
            await page.click('[data-key="view-table"]');
            await page.click('[data-key="sort-distance"]');
        } else {
            await page.keyboard.press("t");
            await tabTo(page, '[data-key="sort-distance"]');
            await page.keyboard.press("Enter");
        }
        await until(page, () => document.querySelector('th[aria-sort="descending"]')?.textContent.includes("Distance"));
        const first = await page.$eval(".events-table tbody a", (a) => a.textContent);
        const again = await page.context().newPage();
        await again.goto(page.url());
        await again.waitForSelector(".events-table tbody a");
        await ready(again);
        check((await again.$eval(".events-table tbody a", (a) => a.textContent)) === first, "the address gives another table");
        await again.close();
        if (by === "mouse") await page.click(".events-table tbody a >> nth=0");
        else {
            await tabTo(page, ".table-box");
            await page.keyboard.press("ArrowDown");
            await page.keyboard.press("Enter");
        }
        await page.waitForSelector(".dossier h1");
    },
};

/* ------------------------------------------------------------------ what every page has to be */

const PAGES = { map: "/", table: "/?view=table&background=1", event: "/events/" + EVENT, value: "/events/" + EVENT + "?claim=distance.0", report: "/reports/kp-0310-meridian", read: "/?view=read" };

async function axe(page, name) {
    await page.evaluate(AXE);
    const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }).then((r) => r.violations.filter((v) => v.impact === "serious" || v.impact === "critical").map((v) => v.id + ": " + v.nodes.slice(0, 3).map((n) => n.target.join(" ") + " " + (n.any[0]?.message ?? "")).join(" | "))));
    check(!found.length, name + ": " + found.join("\n    "));
}

const CHECKS = {
    async "axe finds nothing serious, light and dark"() {
        for (const colorScheme of ["light", "dark"])
            for (const name in PAGES) {
                const page = await open(PAGES[name], { colorScheme });
                if (name === "event" || name === "value") await page.waitForSelector(".ev");
                if (name === "report") await page.waitForSelector(".read-event");
                if (name === "read") {
                    await page.fill("textarea", STORY);
                    await page.waitForSelector(".read-event");
                }
                await axe(page, name + " " + colorScheme);
                if (name === "map") {
                    await page.keyboard.press("?");
                    await page.waitForSelector("dialog[open]");
                    await axe(page, "help " + colorScheme);
                }
                await page.context().close();
            }
    },

    async "events and reports are readable without JavaScript"() {
        for (const [path, words] of [["/events/" + EVENT, "380 km"], ["/reports/kp-0310-meridian", "toward the sea off its east coast"]]) {
            const page = await open(path, { javaScriptEnabled: false });
            const text = await page.textContent("body");
            check(text.includes(words), path + " does not say " + words + " without JavaScript");
            await page.context().close();
        }
    },

    async "scripts in reports stay words"() {
        const payloads = payloadList();
        const page = await open("/", { before: (p) => p.route("**/api/v1/events*", (r) => r.fulfill({ json: { events: payloads.map(hostile), next: null, total: payloads.length } })) });
        await page.route("**/api/v1/events/*", (r) => r.fulfill({ json: hostileDossier(payloads) }));
        await page.route("**/api/v1/reports/*", (r) => r.fulfill({ json: { report: { id: "r", title: payloads[1], outlet: payloads[0], text: payloads.slice(0, 400).join("\n") }, events: [] } }));
        check((await shown(page)) === payloads.length, "not all were shown");
        const tried = () => page.evaluate(() => window.__ran === undefined && !document.querySelector("main script, main iframe, main img, main object, main [onerror], main [onload]") && ![...document.querySelectorAll("a[href]")].some((a) => !/^(https?:|\/|#main$)/i.test(a.getAttribute("href"))));
        for (const step of [0, 0.25, 0.5, 0.75, 1]) {
            await page.$eval(".list-box", (b, s) => (b.scrollTop = s * b.scrollHeight), step);
            await page.waitForTimeout(40);
            check(await tried(), "the list ran or made something");
        }
        await page.click('[data-key="view-table"]');
        for (const step of [0, 0.5, 1]) {
            await page.$eval(".table-box", (b, s) => (b.scrollTop = s * b.scrollHeight), step);
            await page.waitForTimeout(40);
            check(await tried(), "the table ran or made something");
        }
        await page.goto(base + "/events/" + EVENT); /* the host knows that one; what its API says of it is ours here */
        await page.waitForSelector(".matrix");
        await page.waitForSelector(".report-text");
        check(await tried(), "the dossier ran or made something");
        check((await page.textContent(".report-text")).includes(payloads[5]), "the text is not shown as it is");
        console.log("      " + payloads.length + " payloads");
        await page.context().close();
    },

    async "a hundred thousand events filter within 100 ms"() {
        const n = 100000, per = 10000, all = synthetic(n);
        const page = await open("/", { slow: true, before: (p) => p.route("**/api/v1/events?*", (r) => {
            const q = new URL(r.request().url()).searchParams, at = Number(q.get("cursor") || 0);
            if (q.get("q")) return r.fulfill({ json: { events: [], next: null, total: 0 } });
            return r.fulfill({ json: { events: all.slice(at, at + per), next: at + per < n ? String(at + per) : null, total: n } });
        }) });
        await until(page, (t) => document.querySelector(".list-count")?.textContent === t, "100,000 events", 4 * PATIENCE);
        const times = {};
        /* each is done some times and the quickest counts: what others do on the machine is not the page's time */
        const took = async (name, ...acts) => {
            times[name] = Infinity;
            for (let k = 0; k < 6; k++) {
                const count = await page.textContent(".list-count");
                await acts[k % acts.length]();
                await until(page, (c) => document.querySelector(".list-count").textContent !== c, count);
                times[name] = Math.min(times[name], Number(await page.evaluate(() => document.body.dataset.filterMs)));
            }
        };
        const click = (key) => () => page.click('[data-key="' + key + '"]');
        await took("type", click("type=weapon-test"), click("type=weapon-test"));
        await took("status", click("status=confirmed"), click("status=confirmed"));
        await took("time", () => page.fill('[data-key="since"]', "2015-01-01"), () => page.fill('[data-key="since"]', "2012-01-01"));
        await took("words", () => page.fill('[data-key="q"]', "north"), () => page.fill('[data-key="q"]', "russia"));
        for (let k = 0; k < 3; k++) await page.click('.stage [aria-label="Zoom in"]');
        await took("view of the map", click("bbox"), click("bbox"));
        console.log("      " + Object.entries(times).map(([k, v]) => k + " " + v + " ms").join(", "));
        for (const k in times) check(times[k] < 100, k + " took " + times[k] + " ms");
        await page.context().close();
    },

    async "scripts of all directions and dark and print"() {
        const page = await open("/?view=read");
        await page.fill("textarea", "وقال مسؤول إن الصواريخ سقطت في البحر.\n서울 — 미사일 발사.");
        await page.waitForSelector(".report-text");
        check((await page.$eval(".report-text", (e) => getComputedStyle(e).unicodeBidi)) === "plaintext", "lines do not find their own direction");
        await page.keyboard.press("Escape");
        await page.goto(base + "/events/" + EVENT);
        await page.waitForSelector(".matrix");
        await page.emulateMedia({ media: "print" });
        check(!(await page.isVisible(".top")) && (await page.isVisible(".matrix")), "paper shows the wrong parts");
        await page.context().close();
    },
};

function payloadList() {
    const run = ["window.__ran=1", "window['__ran']=1", "self.__ran=1", "top.__ran=1", "globalThis.__ran=1"];
    const shape = [(s) => `<script>${s}</script>`, (s) => `<img src=x onerror="${s}">`, (s) => `"><svg onload=${s}>`, (s) => `'><body onload='${s}'>`, (s) => `<iframe srcdoc="<script>${s}</script>"></iframe>`, (s) => `javascript:${s}`, (s) => `</title><script>${s}</script>`,
        (s) => `<a href="javascript:${s}">x</a>`, (s) => `{{${s}}}`, (s) => "${" + s + "}", (s) => `]]><script>${s}</script>`, (s) => `--><script>${s}</script>`, (s) => `<math><mtext><script>${s}</script>`, (s) => `<details open ontoggle=${s}>`, (s) => `<input autofocus onfocus=${s}>`,
        (s) => `<style>@import'javascript:${s}'</style>`, (s) => `<object data="javascript:${s}">`, (s) => `<embed src="javascript:${s}">`, (s) => `\u003cscript\u003e${s}\u003c/script\u003e`, (s) => `<sCrIpT >${s}</ScRiPt>`, (s) => `<noscript><p title="</noscript><script>${s}</script>">`];
    const dress = [(p) => p, (p) => "North Korea fired " + p, (p) => p.toUpperCase().replaceAll("WINDOW", "window").replaceAll("__RAN", "__ran"), (p) => p.replaceAll("<", "&lt;"), (p) => encodeURIComponent(p), (p) => p + "\u2028" + p, (p) => "\u202e" + p, (p) => p.replaceAll(" ", "/"), (p) => p.replaceAll(">", " >"), (p) => p + "\u0000", (p) => p.split("").join("\u200b"), (p) => "\ufeff" + p,
        (p) => p.replaceAll("=", " = "), (p) => "x\n" + p, (p) => p + p, (p) => "'" + p, (p) => "`" + p, (p) => "\\" + p, (p) => "<" + p, (p) => p + "<"];
    return run.flatMap((r) => shape.flatMap((s) => dress.map((d) => d(s(r)))));
}
const hostile = (p, i) => ({ id: "X-" + i, type: "weapon-test." + p.slice(0, 40), headline: p, time: "2027-03-" + String(1 + (i % 28)).padStart(2, "0"), actor: p, country: "PRK", place: { name: p, lat: 39, lon: 125 + (i % 50) / 10, radius_m: 5000 }, certainty: "reported", main: true, n_reports: 1, n_sources: 1, sources: [p], weapon: [p] });
function hostileDossier(p) {
    const claim = (i) => ({ value: p[i], text: p[i], report: "r", sources: [p[i + 1]], root: p[i + 2], stance: "reports", certainty: "CT+", basis: "stated", note: p[i + 3], evidence: [{ start: 0, end: 9, quote: p[i + 4] }], group: 0 });
    return { ...hostile(p[3], 0), id: "x", fields: Object.fromEntries(["actor", "weapon", "purpose", p[7]].map((f, k) => [f, [0, 1, 2].map((i) => claim(k * 60 + i * 20))])), agreement: {}, withheld: [{ field: p[9], report: "r", sources: [p[8]], evidence: [{ start: 3, end: 20, quote: p[8] }] }], checks: [{ kind: p[2], verdict: "agrees", says: p[4], report: "r", evidence: [], against: [p[6]] }],
        reports: [{ id: "r", main: true, title: p[11], outlet: p[12], url: "javascript:window.__ran=1", published: "2027-03-01", sha256: p[1] }], mentions: [{ report: "r", start: 30, end: 40 }], tellings: [{ report: "r", type: p[0], trigger: { start: 0, end: 3, quote: p[1] }, main: true, main_reason: p[2], link_reason: p[3], certainty: "reported" }] };
}

/* Events as they are spread in a real ledger, by a generator of its own: the same each time. */
function synthetic(n) {
    let seed = 42;
    const random = () => ((seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) / 2 ** 32);
    const pick = (list) => list[Math.floor(random() * random() * list.length)];
    const types = ["weapon-test.missile.ballistic", "weapon-test.missile.cruise", "attack.air", "statement", "drill", "space-launch", "sanction", "deployment", "weapon-test.nuclear", "interception"];
    const actors = [["North Korea", "PRK"], ["Russia", "RUS"], ["United States", "USA"], ["Iran", "IRN"], ["India", "IND"], ["Ukraine", "UKR"], ["Pakistan", "PAK"], ["China", "CHN"]];
    return Array.from({ length: n }, (_, i) => {
        const [actor, country] = pick(actors), type = pick(types);
        const day = new Date(Date.UTC(2006, 0, 1) + Math.floor(random() * 7000) * 864e5).toISOString().slice(0, 10);
        return { id: country + "-" + day + "-" + i, type, headline: actor + " in event number " + i, time: day, actor, country, place: { name: "Place " + Math.floor(random() * 400), lat: random() * 120 - 50, lon: random() * 340 - 170, radius_m: 2000 }, certainty: pick(["reported", "claimed", "confirmed", "alleged", "denied"]), main: true, n_reports: 1 + Math.floor(random() * 6), n_sources: 1, sources: [pick(["Joint Chiefs of Staff", "KCNA", "Pentagon", "Kremlin", "Defence Ministry"])], weapon: [pick(["SRBM", "ICBM", "MLRS", "UAV"])] };
    });
}

/* ------------------------------------------------------------------ screenshots for docs/ */

async function shots(to) {
    mkdirSync(to, { recursive: true });
    const shot = async (name, path, more = {}, act = async () => {}) => {
        const page = await open(path, { viewport: { width: 1280, height: 800 }, ...more });
        await page.waitForTimeout(900);
        await act(page);
        await page.waitForTimeout(400);
        await page.screenshot({ path: join(to, name + ".png"), fullPage: more.fullPage });
        await page.context().close();
    };
    await shot("page-map", "/");
    await shot("page-dossier", "/events/" + EVENT, {}, async (p) => p.click('.matrix [data-claim^="distance."] >> nth=1'));
    await shot("page-timeline", "/", {}, async (p) => {
        const box = await (await p.$(".time-canvas")).boundingBox();
        await p.mouse.move(box.x + box.width * 0.33, box.y + 110);
        await p.mouse.down();
        await p.mouse.move(box.x + box.width * 0.64, box.y + 110, { steps: 4 });
        await p.mouse.up();
    });
    await shot("page-dark", "/events/" + EVENT, { colorScheme: "dark" });
    await shot("page-print", "/events/" + EVENT, { fullPage: true, viewport: { width: 800, height: 1100 } }, async (p) => {
        await p.emulateMedia({ media: "print" });
        await p.evaluate(() => dispatchEvent(new Event("beforeprint")));
    });
}

/* ------------------------------------------------------------------ all of it */

async function attempt(name, act) {
    const only = option("--only");
    if (only && !name.includes(only)) return;
    const before = failures.length, begun = Date.now();
    try {
        await act();
    } catch (e) {
        failures.push(name + ": " + String(e.message).split("\n").slice(0, 8).join("\n    "));
    }
    console.log((failures.length > before ? "FAIL  " : "ok    ") + name + "  " + ((Date.now() - begun) / 1000).toFixed(1) + " s");
}

try {
    base ||= await serve();
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"] });
    if (option("--shots")) await shots(option("--shots"));
    else {
        for (const by of ["mouse", "keys"])
            for (const name in TASKS)
                await attempt(by + ": " + name, async () => {
                    const page = await open("/");
                    await TASKS[name](page, by).finally(() => page.context().close());
                });
        for (const name in CHECKS) await attempt(name, CHECKS[name]);
        await attempt("no other host is asked", async () => check(!strangers.size, [...strangers].join(", ")));
    }
} catch (e) {
    failures.push(String(e.stack ?? e));
} finally {
    await browser?.close();
    server?.kill("SIGTERM");
    rmSync(folder, { recursive: true, force: true });
}
for (const f of failures) console.error("failed: " + f);
console.log(failures.length ? failures.length + " failed" : "the page: all well");
process.exit(failures.length ? 1 : 0);
