/* history.ts - how the knowledge of an event grew, by the days on which its reports were published; each day can be gone back to. */
import type { Claim, Dossier } from "./api";
import { h, said, type Child } from "./dom";
import { linkTo, go, state } from "./state";
import { count, fieldWord, mark } from "./words";

interface Day {
    day: string;
    reports: number[];
    news: { field: string; claim: Claim }[];
}

function days(d: Dossier): Day[] {
    const by = new Map<string, Day>();
    d.reports.forEach((r, k) => {
        const day = (r.published ?? "").slice(0, 10) || "no date";
        if (!by.has(day)) by.set(day, { day, reports: [], news: [] });
        by.get(day)!.reports.push(k);
    });
    const list = [...by.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
    const seen = new Set<string>();
    for (const day of list)
        for (const field in d.fields)
            for (const claim of d.fields[field]) {
                if (!day.reports.some((k) => d.reports[k].id === claim.report)) continue;
                const key = field + "\n" + (claim.root ?? claim.report) + "\n" + (claim.text ?? "");
                if (!seen.has(key)) day.news.push({ field, claim });
                seen.add(key);
            }
    return list;
}

export function historyOf(d: Dossier): Child {
    const list = days(d);
    return h("ol", { class: "history" }, list.map((x) => h("li", null,
        h("a", { href: linkTo({ asOf: x.day, claim: "" }), "aria-current": state().asOf === x.day ? "date" : undefined, "data-key": "day" + x.day, onclick: (e: MouseEvent) => {
            if (e.ctrlKey || e.metaKey || x.day === "no date") return;
            e.preventDefault();
            go({ asOf: x.day, claim: "" }, true);
        } }, x.day), h("span", { class: "small" }, " " + count(x.reports.length, "report") + " " + x.reports.map((k) => "[" + (k + 1) + "]").join(" ")),
        h("ul", null, x.news.slice(0, 14).map(({ field, claim }) => h("li", null, h("span", { class: "field-name" }, fieldWord(field)), " ", said(claim.text ?? ""), h("span", { class: "small" }, " ", said(claim.sources.length ? claim.sources[claim.sources.length - 1] : "the report itself")), claim.superseded_by && [" ", mark("revised")])),
            x.news.length > 14 && h("li", { class: "small" }, "and " + (x.news.length - 14) + " more")))));
}
