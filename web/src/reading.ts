/* reading.ts - what one report says: its text with the evidence marked, and beside it the events with their values. Used for a report
 * of the ledger and for what was just pasted. */
import type { Reading, ReadingEvent } from "./api";
import { h, said, type Child } from "./dom";
import { ReportText, type Marked } from "./report";
import { valueMore, valueWords } from "./value";
import { fieldWord, mark, typeWord } from "./words";

export class ReadingView {
    readonly element: HTMLElement;
    private readonly text: ReportText;
    private readonly rows: { el: HTMLElement; key: string }[] = [];
    private chosen = "";

    constructor(private readonly r: Reading) {
        this.text = new ReportText(r.report.text, this.marked(), { point: (keys) => this.point(keys), choose: (key) => this.choose(key) });
        const events = [...(r.events ?? [])].sort((a, b) => Number(b.main ?? false) - Number(a.main ?? false));
        const news = events.filter((e) => e.main), rest = events.filter((e) => !e.main);
        this.element = h("div", { class: "split reading" },
            h("section", { class: "card", "aria-label": "Text" }, h("h2", null, "Text"), h("div", { class: "report-box", tabindex: "0", role: "region", "aria-label": "Text of the report" }, this.text.element)),
            h("section", { class: "card", "aria-label": "What it says" }, h("h2", null, "What it says"),
                r.report.unread ? h("p", null, "It is in a language that is not read (" + (r.report.language ?? "?") + ").") : null,
                !events.length && !r.report.unread ? h("p", { class: "small" }, "No event was found.") : null,
                news.map((e) => this.event(e)),
                rest.length > 0 && h("details", { class: "background-events", open: news.length === 0 }, h("summary", null, rest.length + " told as background"), rest.map((e) => this.event(e))),
                this.checks()));
    }

    private actorName = (id: string): string | undefined => this.r.actors?.find((a) => a.id === id)?.name;

    private sourceOf(ids: string[] | undefined): Child {
        const names = (ids ?? []).map((id) => this.r.attributions?.find((a) => a.id === id)).filter((a) => a !== undefined)
            .map((a) => (this.actorName(a.actor ?? "") ?? this.quote(a.source?.[0])) + (a.stance === "reports" ? "" : " " + a.stance.replaceAll("-", " ")));
        return names.length ? said(names.join("; ")) : "the report itself";
    }

    private quote(s: { start: number; end: number } | undefined): string {
        return s ? [...this.r.report.text].slice(s.start, s.end).join("") : "a source";
    }

    private event(e: ReadingEvent): HTMLElement {
        const lines: Child[] = [];
        for (const field in e.fields)
            e.fields[field].forEach((v, k) => {
                const key = e.id + "/" + field + "." + k;
                const el = h("button", { type: "button", class: "value", "aria-pressed": "false", "data-key": key, onclick: () => this.choose(key), onmouseenter: () => this.point([key]), onmouseleave: () => this.point([]), onfocus: () => this.point([key]), onblur: () => this.point([]) },
                    said(valueWords(v.value, this.actorName), "value-words"), valueMore(v.value) && h("span", { class: "small value-more" }, valueMore(v.value)), (v.basis === "computed" || v.basis === "assumed") && mark(v.basis));
                this.rows.push({ el, key });
                lines.push(h("tr", null, h("th", { scope: "row" }, k ? h("span", { class: "unseen" }, fieldWord(field)) : fieldWord(field)), h("td", null, el), h("td", { class: "small" }, this.sourceOf(v.attributions), v.rule && h("div", { class: "rule" }, h("code", null, v.rule)))));
            });
        (e.withheld ?? []).forEach((w, k) => {
            const key = e.id + "/withheld." + k;
            const el = h("button", { type: "button", class: "value withheld", "aria-pressed": "false", "data-key": key, onclick: () => this.choose(key), onmouseenter: () => this.point([key]), onmouseleave: () => this.point([]), onfocus: () => this.point([key]), onblur: () => this.point([]) }, mark("withheld"));
            this.rows.push({ el, key });
            lines.push(h("tr", null, h("th", { scope: "row" }, fieldWord(w.field)), h("td", null, el), h("td", { class: "small" }, this.sourceOf(w.by ? [w.by] : []))));
        });
        return h("section", { class: "read-event" }, h("h3", null, typeWord(e.type), " ", mark(e.certainty ?? "reported")),
            e.main_reason && h("p", { class: "small" }, e.main ? "the news: " : "background: ", said(e.main_reason)),
            h("table", { class: "read-fields" }, h("caption", { class: "unseen" }, "Values, and who says so"), h("tbody", null, lines)));
    }

    private checks(): Child {
        const list = this.r.checks ?? [];
        return list.length > 0 && [h("h3", null, "Checks"), h("ul", { class: "checks" }, list.map((c) => h("li", null, mark(c.verdict), h("div", null, said(c.says), h("div", { class: "small" }, c.kind)))))];
    }

    private marked(): Marked[] {
        const out: Marked[] = [];
        for (const e of this.r.events ?? []) {
            for (const field in e.fields) e.fields[field].forEach((v, k) => v.evidence.forEach((s) => out.push({ ...s, key: e.id + "/" + field + "." + k, kind: "value", label: fieldWord(field) + ": " + valueWords(v.value, this.actorName) })));
            (e.withheld ?? []).forEach((w, k) => w.evidence.forEach((s) => out.push({ ...s, key: e.id + "/withheld." + k, kind: "withheld", label: "withheld: " + fieldWord(w.field) })));
            out.push({ ...e.trigger, key: e.id, kind: "trigger", label: typeWord(e.type) });
        }
        return out;
    }

    private point(keys: string[]): void {
        const all = keys.length ? keys : this.chosen ? [this.chosen] : [];
        this.text.light(all);
        for (const r of this.rows) r.el.classList.toggle("lit", keys.includes(r.key));
    }

    private choose(key: string): void {
        this.chosen = this.chosen === key ? "" : key;
        for (const r of this.rows) {
            r.el.setAttribute("aria-pressed", r.key === this.chosen ? "true" : "false");
            if (r.key === this.chosen) {
                r.el.closest("details")?.setAttribute("open", "");
                r.el.scrollIntoView({ block: "nearest" });
            }
        }
        this.point([]);
        if (this.chosen) this.text.reveal(key);
    }
}
