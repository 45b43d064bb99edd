/* dossier.ts - one event with everybody's word: what it is, the fields with the sources side by side, the text with the evidence, why
 * each value is as it is, the checks, and how the knowledge grew. matrix.ts draws the fields, why.ts explains a value. */
import { dossier, getOnce, Refused, type Claim, type Dossier, type DossierReport, type Reading } from "./api";
import { fill, h, said, type Child } from "./dom";
import { km, place } from "./geo";
import { historyOf } from "./history";
import { Matrix } from "./matrix";
import { ReportText, type Marked } from "./report";
import { address, go, linkTo, state } from "./state";
import { Store } from "./store";
import { parseInstant, words as timeWords } from "./time";
import { WorldMap } from "./map";
import { count, fieldWord, mark, typeWord } from "./words";
import { whyClaim, whyEvent, whyWithheld } from "./why";

/* "distance.2": the third claim of the distance; "withheld.0"; "check.1"; "event". */
export function claimOf(d: Dossier, key: string): { field: string; claim: Claim } | null {
    const [field, at] = key.split(".");
    const claim = d.fields[field]?.[Number(at)];
    return claim ? { field, claim } : null;
}

export class DossierView {
    readonly element: HTMLElement;
    private d: Dossier | null = null;
    private text: ReportText | null = null;
    private matrix: Matrix | null = null;
    private readonly textBox: HTMLElement;
    private readonly tabs: HTMLElement;
    private readonly why: HTMLElement;
    private map: WorldMap | null = null;
    private asked = "";

    constructor(private readonly store: Store, private readonly back: () => void) {
        this.element = h("article", { class: "dossier", tabindex: "-1", "aria-label": "Event" });
        this.textBox = h("div", { class: "report-box", tabindex: "0", role: "region", "aria-label": "Text of the report" });
        this.tabs = h("div", { class: "tabs", role: "group", "aria-label": "Reports" });
        this.why = h("div", { class: "why", "aria-live": "polite", tabindex: "0", role: "region", "aria-label": "Reasons" });
    }

    async show(id: string, asOf: string): Promise<void> {
        const key = id + "\n" + asOf;
        if (this.asked === key && this.d) return this.changed();
        this.asked = key;
        this.d = null;
        fill(this.element, h("p", { class: "loading" }, "Loading ", id, " …"));
        try {
            const d = await dossier(id, asOf);
            if (this.asked !== key) return;
            this.d = d;
            this.draw(d);
        } catch (e) {
            if (this.asked !== key) return;
            const words = e instanceof Refused && e.status === 404 ? "There is no event " + id + (asOf ? " known on " + asOf : "") + "." : "The event could not be loaded: " + String((e as Error).message);
            fill(this.element, h("p", { class: "trouble", role: "alert" }, words, " ", h("button", { type: "button", onclick: this.back }, "Back to the list")));
        }
        this.element.focus({ preventScroll: true });
    }

    /* The event with its place, way and end: as the list has them, else from its own claims. */
    private placed(d: Dossier): Dossier {
        const row = state().asOf ? -1 : this.store.row(d.id);
        this.fromList = row >= 0;
        return row >= 0 ? { ...d, ...this.store.geometry(row) } : withGeometry(d);
    }
    private fromList = false;
    private readonly summaryBox = h("div");

    /* The list has come in: it knows better where this is. */
    listed(): void {
        if (!this.d || this.fromList || this.store.row(this.d.id) < 0) return;
        fill(this.summaryBox, this.summary(this.d));
        this.drawTimes(this.d);
    }

    recolour(): void {
        this.map?.recolour();
    }

    /* ---------------------------------------------------------------- the whole */

    private draw(d: Dossier): void {
        document.title = (titleOf(d)) + " — Sillok";
        this.matrix = new Matrix(d, { point: (keys) => this.point(keys), choose: (keys) => this.choose(keys) });
        fill(this.summaryBox, this.summary(d));
        fill(this.element, this.head(d), this.summaryBox,
            h("section", { class: "card", "aria-label": "Fields by source" }, h("h2", null, "What each source says"), this.matrix.element),
            this.split(
                h("section", { class: "card", "aria-label": "Text" }, h("h2", null, "In which words"), this.tabs, this.textBox),
                h("section", { class: "card", "aria-label": "Why" }, h("h2", null, "Why"), this.why, this.close)),
            this.checks(d),
            h("section", { class: "card", "aria-label": "History" }, h("h2", null, "As known on …"), historyOf(d)),
            this.reports(d));
        this.changed();
    }

    private readonly close = h("button", { type: "button", class: "quiet why-close", "aria-label": "Let the value go", title: "Let the value go (Esc)", onclick: () => go({ claim: "" }) }, "×");
    private splitBox = h("div", { class: "split" });
    private split(...children: Child[]): HTMLElement {
        fill(this.splitBox, children);
        return this.splitBox;
    }

    /* The state has changed while this event stayed: another report, another value, another zone. */
    private changed(): void {
        if (!this.d) return;
        this.drawTimes(this.d);
        void this.drawText(this.d);
        this.drawWhy(this.d);
        this.matrix?.choose(state().claim);
        this.splitBox.classList.toggle("docked", state().claim !== "");
        this.close.hidden = state().claim === "";
    }

    private head(d: Dossier): Child {
        return h("header", { class: "dossier-head" },
            h("div", { class: "dossier-actions" },
                h("a", { class: "button", href: linkTo({ open: "list", id: "" }), onclick: (e: Event) => (e.preventDefault(), this.back()), "data-key": "back" }, "← Events"),
                h("span", { class: "spacer" }),
                h("button", { type: "button", onclick: (e: Event) => copyLink(e.currentTarget as HTMLElement) }, "Copy link"),
                h("button", { type: "button", onclick: () => print() }, "Print"),
                h("a", { class: "button", href: "/api/v1/events/" + encodeURIComponent(d.id), download: d.id + ".json" }, "JSON")),
            h("h1", null, said(titleOf(d))),
            h("p", { class: "dossier-line" }, mark(d.certainty), h("span", null, typeWord(d.type)), h("span", null, count(d.reports.length, "report") + ", " + count(d.n_sources, "independent source")),
                !d.main && h("span", null, "told as background only"), h("code", null, d.id)),
            state().asOf && h("p", { class: "as-of" }, "As known on " + state().asOf + ". ", h("button", { type: "button", "data-key": "now", onclick: () => go({ asOf: "" }, true) }, "Show what is known now")));
    }

    private readonly times = h("dl", { class: "facts" });
    private summary(d: Dossier): Child {
        const one = new Store();
        one.add([this.placed(d)]);
        const hasPoint = !Number.isNaN(one.lat[0]) || !Number.isNaN(one.endLat[0]);
        this.map = hasPoint ? new WorldMap(one, { chosen: () => undefined, hovered: () => undefined, moved: () => undefined }) : null;
        this.map?.show({ rows: Uint32Array.of(0), counts: {} as never, undated: 0, took: 0, withoutTime: Uint8Array.of(1) });
        this.map?.choose(0);
        return h("div", { class: "summary" + (hasPoint ? "" : " no-map") }, this.times, this.map && h("div", { class: "small-map" }, this.map.element));
    }

    private drawTimes(d: Dossier): void {
        const t = parseInstant(typeof d.time === "object" ? (d.time.text ?? d.time.value) : d.time);
        const g = this.placed(d);
        const zones: [string, string][] = t && t.offset !== null ? [["at the place", timeWords(t, "event", true)], ["UTC", timeWords(t, "utc", true)], ["on your clock", timeWords(t, "own", true)]] : [["", timeWords(t, "event", true)]];
        const pair = (name: string, ...value: Child[]): Child => [h("dt", null, name), h("dd", null, value)];
        fill(this.times,
            pair("when", zones.map(([w, v]) => h("div", null, v, w && h("span", { class: "small" }, " " + w)))),
            d.actor && pair("who", said(d.actor), d.country && h("span", { class: "small" }, " " + d.country)),
            g.place?.name && pair("where", said(g.place.name), h("div", { class: "small" }, g.place.lat !== undefined && place(g.place as { lat: number; lon: number }), g.place.radius_m ? ", known to within " + km(g.place.radius_m) : "", g.place.precision ? " (" + g.place.precision + ")" : "")),
            g.distance_m !== undefined && pair("how far", km(g.distance_m), g.bearing_deg !== undefined && h("span", { class: "small" }, " bearing " + Math.round(g.bearing_deg) + "°")),
            g.end?.precision === "area" ? pair("end", said(g.end.name ?? ""), h("span", { class: "small" }, " an area: no point")) : g.end?.lat !== undefined && pair(g.end.name ? "end" : "computed end", g.end.name && h("div", null, said(g.end.name)), place(g.end as { lat: number; lon: number }), g.end.radius_m && h("span", { class: "small" }, ", known to within " + km(g.end.radius_m)), g.region && h("div", { class: "small" }, "nine of ten such ends: " + km(g.region.least_m) + " to " + km(g.region.most_m) + ", " + Math.round(g.region.from_deg) + "° to " + Math.round(g.region.to_deg) + "°")),
            pair("marks", h("span", { class: "marks" }, this.marks(d).map((m) => mark(m)))));
    }

    private marks(d: Dossier): string[] {
        const out: string[] = [];
        const fields = Object.values(d.agreement ?? {}), claims = Object.values(d.fields).flat();
        if (fields.some((f) => f.corroborated)) out.push("agree");
        if (fields.some((f) => f.conflict)) out.push("conflict");
        if (claims.some((c) => c.stance === "denies")) out.push("denial");
        if (d.withheld_list.length) out.push("withheld");
        if (claims.some((c) => c.superseded_by)) out.push("revised");
        return out.length ? out : ["single"];
    }

    /* ---------------------------------------------------------------- text */

    private report(d: Dossier): DossierReport | undefined {
        const s = state(), of = claimOf(d, s.claim)?.claim.report;
        return d.reports.find((r) => r.id === (s.report || of)) ?? d.reports.find((r) => r.main) ?? d.reports[0];
    }

    private async drawText(d: Dossier): Promise<void> {
        const now = this.report(d);
        fill(this.tabs, d.reports.map((r, k) => h("button", { type: "button", class: "tab", "aria-pressed": r === now ? "true" : "false", "data-key": "tab" + k, "data-report": r.id, onclick: () => go({ report: r.id }) }, "[" + (k + 1) + "] ", said(r.outlet ?? r.title ?? r.id))));
        if (!now) return;
        const same = this.textBox.dataset.report === now.id && this.text;
        if (same) return this.light();
        this.textBox.dataset.report = now.id;
        this.text = null;
        fill(this.textBox, h("p", { class: "loading" }, "Loading the text …"));
        let reading: Reading;
        try {
            reading = await getOnce<Reading>("/reports/" + encodeURIComponent(now.id));
        } catch (e) {
            fill(this.textBox, h("p", { class: "trouble" }, "The text could not be loaded: " + (e as Error).message));
            return;
        }
        if (this.textBox.dataset.report !== now.id || this.d !== d) return;
        this.text = new ReportText(reading.report.text, markedIn(d, now.id), { point: (keys) => this.point(keys), choose: (key) => this.choose([key]) });
        fill(this.textBox, h("h3", { dir: "auto" }, h("a", { href: linkTo({ open: "report", id: now.id }) }, now.title ?? now.id)),
            h("p", { class: "small" }, [now.outlet, now.published && timeWords(parseInstant(now.published), state().zone)].filter(Boolean).join(", ")), this.text.element);
        this.light();
    }

    private light(): void {
        const key = state().claim;
        this.text?.light(key ? [key] : []);
        if (key) this.text?.reveal(key);
    }

    private point(keys: string[]): void {
        const all = keys.length ? keys : state().claim ? [state().claim] : [];
        this.text?.light(all);
        this.matrix?.light(keys);
    }

    /* A value is asked about: its report's text comes forward, its reasons are given. */
    private choose(keys: string[]): void {
        const d = this.d!, now = state();
        const of = (key: string): string => claimOf(d, key)?.claim.report ?? d.withheld_list[Number(key.slice(9))]?.report ?? now.report;
        const key = keys.find((k) => of(k) === this.report(d)?.id) ?? keys[0];
        if (key === "event") return;
        go({ claim: keys.includes(now.claim) ? "" : key, report: of(key) });
    }

    /* ---------------------------------------------------------------- reasons, checks, reports */

    private drawWhy(d: Dossier): void {
        const key = state().claim, c = claimOf(d, key);
        const w = key.startsWith("withheld.") ? d.withheld_list[Number(key.slice(9))] : undefined;
        if (c) void whyClaim(this.why, d, c.field, c.claim, key);
        else if (w) fill(this.why, whyWithheld(w, d));
        else fill(this.why, whyEvent(d));
    }

    private checks(d: Dossier): Child {
        return h("section", { class: "card", "aria-label": "Checks" }, h("h2", null, "Checks"),
            d.checks.length ? h("ul", { class: "checks" }, d.checks.map((c) => h("li", null, mark(c.verdict), h("div", null, said(c.says),
                h("div", { class: "small" }, c.kind + ", report [" + (d.reports.findIndex((r) => r.id === c.report) + 1) + "]", c.against.length > 0 && [", held against ", c.against.map((id, k) => [k ? ", " : "", h("a", { href: linkTo({ open: "event", id, claim: "", report: "" }) }, id)])]))))) : h("p", { class: "small" }, "No figure of this event could be held against another."));
    }

    private reports(d: Dossier): Child {
        return h("section", { class: "card", "aria-label": "Reports" }, h("h2", null, "Reports"),
            h("ol", { class: "report-list" }, d.reports.map((r) => h("li", null, h("a", { href: linkTo({ open: "report", id: r.id }) }, said(r.title ?? r.id)), " ",
                h("span", { class: "small" }, said([r.outlet, r.published].filter(Boolean).join(", ")), r.same_story ? ", the story of " + r.same_story + " again" : "", r.main ? "" : ", tells of it as background"),
                r.url && safeUrl(r.url) && h("div", { class: "small" }, h("a", { href: r.url, rel: "noreferrer noopener" }, said(r.url))),
                r.sha256 && h("div", { class: "small hash" }, "SHA-256 of the text ", h("code", null, r.sha256))))));
    }
}

const titleOf = (d: Dossier): string => d.reports.find((r) => r.main && r.title)?.title ?? [d.actor, typeWord(d.type)].filter(Boolean).join(" — ");
const safeUrl = (u: string): boolean => /^https?:\/\//i.test(u);

/* All evidence of this event in one report. */
function markedIn(d: Dossier, report: string): Marked[] {
    const out: Marked[] = [];
    for (const field in d.fields)
        d.fields[field].forEach((c, k) => {
            if (c.report === report) for (const e of c.evidence) out.push({ ...e, key: field + "." + k, kind: "value", label: fieldWord(field) + ": " + (c.text ?? "") });
        });
    d.withheld_list.forEach((w, k) => {
        if (w.report === report) for (const e of w.evidence) out.push({ ...e, key: "withheld." + k, kind: "withheld", label: "withheld: " + fieldWord(w.field) });
    });
    for (const m of d.mentions) if (m.report === report) out.push({ start: m.start, end: m.end, key: "event", kind: "trigger", label: "tells of this event" });
    return out;
}

/* Place, way and end: as the list gives them, else from the claims themselves. */
export function withGeometry(d: Dossier): Dossier {
    const first = (f: string): Claim | undefined => d.fields[f]?.find((c) => !c.superseded_by);
    const out = { ...d };
    const num = (v: unknown, k: string): number | undefined => (typeof v === "object" && v !== null && typeof (v as Record<string, unknown>)[k] === "number" ? ((v as Record<string, unknown>)[k] as number) : undefined);
    if (out.bearing_deg === undefined) out.bearing_deg = num(first("direction")?.value, "bearing_deg");
    if (out.distance_m === undefined && out.place?.lat !== undefined) out.distance_m = num(first("distance")?.value, "si");
    if (!out.end) {
        const l = d.fields.landing?.find((c) => c.basis === "computed" && num(c.value, "lat") !== undefined);
        if (l) out.end = { lat: num(l.value, "lat"), lon: num(l.value, "lon"), name: l.text };
    }
    return out;
}

async function copyLink(button: HTMLElement): Promise<void> {
    const before = button.textContent;
    try {
        await navigator.clipboard.writeText(location.origin + address(state()));
        button.textContent = "Copied";
    } catch {
        button.textContent = "The address bar has it";
    }
    setTimeout(() => (button.textContent = before), 1500);
}
