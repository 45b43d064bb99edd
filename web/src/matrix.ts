/* matrix.ts - fields as rows, sources as columns. A source is who said it first hand, whichever paper printed it; the small number
 * names the report. Each row says whether the sources agree; each value whether it differs, was revised, is denied, is a party's
 * word about itself, or was computed: by a shape and a word. */
import type { Claim, Dossier } from "./api";
import { h, said, type Child } from "./dom";
import { valueMore } from "./value";
import { fieldWord, mark } from "./words";

const ORDER = ["actor", "target", "weapon", "weapon_class", "instrument", "count", "time", "place", "origin", "landing", "direction", "distance", "altitude", "speed", "duration", "yield", "outcome", "casualties", "purpose"];

interface Column {
    key: string;
    name: string;
    more: string;
}

const own = (d: Dossier, report: string): string => {
    const k = d.reports.findIndex((r) => r.id === report);
    return d.reports[k]?.outlet ?? "report [" + (k + 1) + "]";
};

function columnOf(d: Dossier, sources: string[], root: string | undefined, report: string): Column {
    if (!sources.length) return { key: "own:" + own(d, report), name: own(d, report), more: "the report itself" };
    const name = sources[sources.length - 1];
    return { key: root ?? name, name, more: "" };
}

export class Matrix {
    readonly element: HTMLElement;
    private readonly cells: { el: HTMLElement; keys: string[] }[] = [];

    constructor(private readonly d: Dossier, private readonly hooks: { point: (keys: string[]) => void; choose: (keys: string[]) => void }) {
        const columns = this.columns();
        const fields = [...new Set([...ORDER.filter((f) => d.fields[f]), ...Object.keys(d.fields), ...d.withheld_list.map((w) => w.field)])];
        this.element = h("div", { class: "matrix-box", tabindex: "0", role: "region", "aria-label": "Fields by source" },
            h("table", { class: "matrix" },
                h("thead", null, h("tr", null, h("th", { scope: "col" }, h("span", { class: "unseen" }, "Field")), columns.map((c) => h("th", { scope: "col" }, said(c.name), c.more && h("div", { class: "small" }, c.more))))),
                h("tbody", null, fields.map((f) => this.row(f, columns)))));
    }

    private columns(): Column[] {
        const d = this.d, seen = new Map<string, Column & { n: number }>();
        const add = (c: Column): void => {
            const known = seen.get(c.key);
            if (known) known.n++;
            else seen.set(c.key, { ...c, n: 1 });
        };
        for (const list of Object.values(d.fields)) for (const c of list) add(columnOf(d, c.sources, c.root, c.report));
        for (const w of d.withheld_list) add(columnOf(d, w.sources, w.root, w.report));
        return [...seen.values()].sort((a, b) => b.n - a.n);
    }

    private row(field: string, columns: Column[]): HTMLElement {
        const a = this.d.agreement?.[field];
        const verdict = a?.conflict ? mark("conflict", "differ") : a?.corroborated ? mark("agree", "agree") : null;
        return h("tr", { class: a?.conflict ? "conflict" : undefined }, h("th", { scope: "row" }, h("span", { class: "field-name" }, fieldWord(field)), verdict && h("div", { class: "verdict" }, verdict)),
            columns.map((c) => h("td", null, this.values(field, c), this.withheld(field, c))));
    }

    /* What a source says of a field: the same words in several reports, or twice in one, are one entry with all its reports. */
    private values(field: string, column: Column): Child[] {
        const d = this.d, list = d.fields[field] ?? [];
        const main = mainGroup(list);
        const entries = new Map<string, number[]>();
        list.forEach((c, k) => {
            if (columnOf(d, c.sources, c.root, c.report).key !== column.key) return;
            const same = [c.text, c.superseded_by ? 1 : 0, c.stance === "denies" ? 1 : 0, c.basis === "computed" ? 1 : 0].join("\n");
            entries.set(same, [...(entries.get(same) ?? []), k]);
        });
        return [...entries.values()].map((at) => {
            const c = list[at[0]];
            const reports = [...new Set(at.map((k) => d.reports.findIndex((r) => r.id === list[k].report) + 1))];
            return this.button(at.map((k) => field + "." + k), "value" + (c.superseded_by ? " superseded" : ""), [said(c.text ?? String(c.value), "value-words"), " ", h("span", { class: "ref" }, reports.map((n) => "[" + n + "]").join(" ")),
                valueMore(c.value) && h("span", { class: "small value-more" }, valueMore(c.value)), h("span", { class: "value-marks" }, this.marks(c, main, d.agreement?.[field]?.conflict ?? false))]);
        });
    }

    private marks(c: Claim, main: number | undefined, conflict: boolean): Child[] {
        return [
            conflict && c.group !== undefined && c.group !== main && mark("conflict"),
            c.stance === "denies" && mark("denial"),
            (c.stance === "declines-to-say" || c.stance === "speculates" || c.stance === "alleges" || c.stance === "claims") && !c.party && h("span", { class: "mark" }, c.stance.replaceAll("-", " ")),
            c.superseded_by && mark("revised"),
            c.party && mark("party"),
            (c.basis === "computed" || c.basis === "assumed") && mark(c.basis),
        ];
    }

    private withheld(field: string, column: Column): Child[] {
        const d = this.d;
        return d.withheld_list.map((w, k) => {
            if (w.field !== field || columnOf(d, w.sources, w.root, w.report).key !== column.key) return null;
            return this.button(["withheld." + k], "value withheld", [mark("withheld"), " ", h("span", { class: "ref" }, "[" + (d.reports.findIndex((r) => r.id === w.report) + 1) + "]")]);
        });
    }

    private button(keys: string[], cls: string, children: Child[]): HTMLElement {
        const el = h("button", { type: "button", class: cls, "aria-pressed": "false", "data-key": "claim-" + keys[0], "data-claim": keys[0], onclick: () => this.hooks.choose(keys),
            onmouseenter: () => this.hooks.point(keys), onmouseleave: () => this.hooks.point([]), onfocus: () => this.hooks.point(keys), onblur: () => this.hooks.point([]) }, children);
        this.cells.push({ el, keys });
        return el;
    }

    light(keys: string[]): void {
        for (const c of this.cells) c.el.classList.toggle("lit", c.keys.some((k) => keys.includes(k)));
    }
    choose(key: string): void {
        for (const c of this.cells) {
            c.el.setAttribute("aria-pressed", c.keys.includes(key) ? "true" : "false");
            if (c.keys.includes(key)) requestAnimationFrame(() => c.el.scrollIntoView({ block: "nearest", inline: "nearest" }));
        }
    }
}

/* The group most sources are in: the others are marked as differing. */
function mainGroup(list: Claim[]): number | undefined {
    const roots = new Map<number, Set<string>>();
    for (const c of list) {
        if (c.group === undefined) continue;
        if (!roots.has(c.group)) roots.set(c.group, new Set());
        roots.get(c.group)!.add(c.root ?? c.report);
    }
    return [...roots].sort((a, b) => b[1].size - a[1].size || a[0] - b[0])[0]?.[0];
}
