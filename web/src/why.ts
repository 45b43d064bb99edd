/* why.ts - why a value is as it is: whose word, in which stance and how sure, how it was got from the words, by which rule, what it
 * agrees with; and for the event: why it is the news, why the reports are taken to tell of the same. */
import { getOnce, type Claim, type Dossier, type Reading } from "./api";
import { fill, h, said, type Child } from "./dom";
import { linkTo } from "./state";
import { valueMore } from "./value";
import { count, fieldWord, mark } from "./words";

const BASIS: Record<string, string> = {
    stated: "stated: it is in the words themselves",
    resolved: "resolved: from the words with the publication date or the tables of places",
    computed: "computed: from other values of the report",
    assumed: "assumed: a default that the words do not give",
};
const CERTAINTY: Record<string, string> = {
    "CT+": "certain to the source", "PR+": "probable to the source", "PS+": "possible to the source", "CT-": "certainly not, to the source", "PR-": "probably not, to the source",
    "PS-": "possibly not, to the source", CTu: "certain, but which way is not said", Uu: "left open by the source",
};
const pair = (name: string, ...value: Child[]): Child => [h("dt", null, name), h("dd", null, value)];

export const chain = (sources: string[], outlet: string): HTMLElement => said(sources.length ? sources.join(", quoting ") : outlet);

export async function whyClaim(box: HTMLElement, d: Dossier, field: string, c: Claim, key: string): Promise<void> {
    const k = d.reports.findIndex((r) => r.id === c.report), report = d.reports[k];
    const draw = (rule: Child): void => fill(box, h("dl", { class: "facts", "data-why": key },
        pair(fieldWord(field), said(c.text ?? String(c.value)), valueMore(c.value) && h("div", { class: "small" }, valueMore(c.value))),
        pair("words", c.evidence.length ? c.evidence.map((e) => h("div", null, h("q", { dir: "auto" }, e.quote ?? ""), h("span", { class: "small" }, " characters " + e.start + " to " + e.end))) : "none of their own"),
        pair("says who", chain(c.sources, report?.outlet ?? "the report itself"), h("div", { class: "small" }, c.sources.length ? "in report [" + (k + 1) + "] of " : "the report's own voice, [" + (k + 1) + "] ", said(report?.outlet ?? c.report))),
        c.stance && pair("stance", c.stance.replaceAll("-", " "), c.party && h("div", { class: "small" }, "a party speaks of its own deed: a claim, which corroborates nothing")),
        c.certainty && pair("how sure", CERTAINTY[c.certainty] ?? c.certainty, h("span", { class: "small" }, " " + c.certainty)),
        pair("got how", BASIS[c.basis] ?? c.basis),
        c.note && pair("arithmetic", said(c.note)),
        rule && pair("rule", rule),
        pair("against the others", against(d, field, c)),
        checksOf(d, c)));
    draw(c.rule ? h("code", null, c.rule) : null);
    if (c.rule) return;
    try {
        const reading = await getOnce<Reading>("/reports/" + encodeURIComponent(c.report));
        const rule = ruleIn(reading, field, c);
        if (rule && box.querySelector('[data-why="' + key + '"]')) draw(h("code", null, rule));
    } catch {
        /* the rest stands without it */
    }
}

/* The rule of the reading's value that has the same words. */
function ruleIn(r: Reading, field: string, c: Claim): string | undefined {
    for (const e of r.events ?? [])
        for (const v of e.fields[field] ?? []) if (v.rule && v.evidence[0]?.start === c.evidence[0]?.start && v.evidence[0]?.end === c.evidence[0]?.end) return v.rule;
    return undefined;
}

function against(d: Dossier, field: string, c: Claim): Child {
    const a = d.agreement?.[field];
    if (c.superseded_by) return [mark("revised"), " the same source gave another value in report [" + (d.reports.findIndex((r) => r.id === c.superseded_by) + 1) + "]"];
    if (!a || c.group === undefined) return "stands alone";
    const mine = a.groups[c.group];
    const others = a.groups.filter((_, k) => k !== c.group);
    return [
        h("div", null, mine && mine.sources > 1 ? mark("agree") : mark("single"), " ", mine ? count(mine.sources, "independent source") + " in " + count(mine.reports, "report") + (mine.parties ? ", " + count(mine.parties, "party", "parties") + " of itself" : "") : ""),
        others.map((g) => h("div", null, a.conflict ? mark("conflict", "others say") : "also ", " ", said(g.text), h("span", { class: "small" }, " " + count(g.sources + g.parties, "source")))),
    ];
}

function checksOf(d: Dossier, c: Claim): Child {
    const touches = d.checks.filter((x) => x.report === c.report && x.evidence.some((e) => c.evidence.some((v) => v.start < e.end && e.start < v.end)));
    return touches.length > 0 && pair("checks", touches.map((x) => h("div", null, mark(x.verdict), " ", said(x.says))));
}

export function whyWithheld(w: Dossier["withheld_list"][number], d: Dossier): Child {
    const k = d.reports.findIndex((r) => r.id === w.report);
    return h("dl", { class: "facts" }, pair(fieldWord(w.field), mark("withheld"), " ", "said not to be known or not to be told"), pair("words", w.evidence.map((e) => h("div", null, h("q", { dir: "auto" }, e.quote ?? "")))),
        pair("by whom", chain(w.sources, d.reports[k]?.outlet ?? "the report itself"), h("div", { class: "small" }, "report [" + (k + 1) + "]")));
}

export function whyEvent(d: Dossier): Child {
    return [h("p", { class: "small no-print" }, "Point at a value above to see its words; choose it for its reasons. Here is why these reports tell of one event."),
        h("ul", { class: "tellings" }, d.tellings.map((t) => h("li", null, h("span", { class: "ref" }, "[" + (d.reports.findIndex((r) => r.id === t.report) + 1) + "] "), h("q", { dir: "auto" }, t.trigger.quote ?? ""), " ", mark(t.certainty),
            h("div", { class: "small" }, t.main ? "the news of its report" : "background in its report", t.main_reason && [": ", said(t.main_reason)]),
            t.link_reason && h("div", { class: "small" }, "joined because: ", said(t.link_reason)),
            h("div", { class: "small" }, [t.type, t.plover && "PLOVER " + t.plover + (t.plover_mode ? "/" + t.plover_mode : ""), t.cameo && "CAMEO " + t.cameo].filter(Boolean).join(", "))))),
        d.tellings.length === 0 && h("p", null, h("a", { href: linkTo({ claim: "" }) }, d.id))];
}
