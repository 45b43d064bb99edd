/* table.ts - the table: all that the map shows, in words and figures, for those who do not see the map or want to compare. A real
 * table of which only the rows in view are made; its heads sort. */
import { fill, h, oncePerFrame, said, type Child } from "./dom";
import type { Shown } from "./filter";
import { directionWord, km, place } from "./geo";
import { heading } from "./list";
import { go, linkTo, state } from "./state";
import type { Store } from "./store";
import { words as timeWords } from "./time";
import { mark, typeWord } from "./words";

const ROW = 34;

interface Column {
    head: string;
    sort: string; /* "" : does not sort */
    cell: (c: Store, i: number) => Child;
    wide?: boolean;
    number?: boolean;
}

const point = (lat: number, lon: number): string => (Number.isNaN(lat) ? "" : place({ lat, lon }));
const COLUMNS: Column[] = [
    { head: "Event", sort: "id", wide: true, cell: (c, i) => h("a", { href: linkTo({ open: "event", id: c.id[i], report: "", claim: "" }), "data-row": i, "data-key": "row" + i }, heading(c, i)) },
    { head: "When", sort: "time", cell: (c, i) => timeWords(c.time[i], state().zone) },
    { head: "Status", sort: "status", cell: (c, i) => mark(c.statuses.words[c.status[i]]) },
    { head: "Type", sort: "type", cell: (c, i) => typeWord(c.types.words[c.type[i]]) },
    { head: "Who", sort: "actor", cell: (c, i) => c.actor[i] && said(c.actor[i]) },
    { head: "Weapon", sort: "", cell: (c, i) => c.facets.weapon.of(i).join(", ") },
    { head: "Where", sort: "place", cell: (c, i) => c.placeName[i] && said(c.placeName[i]) },
    { head: "Point", sort: "lat", number: true, cell: (c, i) => point(c.lat[i], c.lon[i]) },
    { head: "Known to within", sort: "", cell: (c, i) => (Number.isNaN(c.lat[i]) ? "" : [c.precision[i], c.radius[i] ? km(c.radius[i]) : ""].filter(Boolean).join(", ")) },
    { head: "Direction", sort: "", cell: (c, i) => (Number.isNaN(c.bearing[i]) ? "" : directionWord(c.bearing[i]) + " (" + Math.round(c.bearing[i]) + "°)") },
    { head: "Distance", sort: "distance", number: true, cell: (c, i) => (Number.isNaN(c.distance[i]) ? "" : km(c.distance[i])) },
    { head: "End", sort: "", number: true, cell: (c, i) => point(c.endLat[i], c.endLon[i]) },
    { head: "Reports", sort: "reports", number: true, cell: (c, i) => String(c.reports[i]) },
    { head: "Sources", sort: "sources", number: true, cell: (c, i) => String(c.roots[i]) },
    { head: "Marks", sort: "", cell: (c, i) => c.facets.mark.of(i).map((m) => mark(m)) },
];

export class Table {
    readonly element: HTMLElement;
    private readonly box: HTMLElement;
    private readonly body: HTMLElement;
    private readonly heads: HTMLElement;
    private readonly table: HTMLElement;
    private shown: Shown | null = null;
    private readonly redraw: () => void;

    constructor(private readonly store: Store, private readonly chosen: (row: number) => void) {
        this.heads = h("tr");
        this.body = h("tbody");
        this.table = h("table", { class: "events-table" }, h("caption", { class: "unseen" }, "Events, with all that the map shows"), h("thead", null, this.heads), this.body);
        this.box = h("div", { class: "table-box", tabindex: "0", role: "region", "aria-label": "Table of events", "data-key": "table" }, this.table);
        this.element = h("section", { class: "table-view" }, this.box);
        this.redraw = oncePerFrame(() => this.draw());
        this.box.addEventListener("scroll", this.redraw, { passive: true });
        this.box.addEventListener("keydown", (e) => this.key(e));
        this.box.addEventListener("click", (e) => this.click(e));
        new ResizeObserver(this.redraw).observe(this.box);
    }

    show(shown: Shown): void {
        this.shown = shown;
        this.drawHeads();
        this.redraw();
    }

    private drawHeads(): void {
        const sort = state().sort, key = sort.replace(/^-/, ""), down = sort.startsWith("-");
        const focused = (document.activeElement as HTMLElement | null)?.dataset?.key;
        fill(this.heads, COLUMNS.map((col) => h("th", { scope: "col", class: col.number ? "number" : undefined, "aria-sort": col.sort && col.sort === key ? (down ? "descending" : "ascending") : undefined },
            col.sort ? h("button", { type: "button", "data-key": "sort-" + col.sort, onclick: () => go({ sort: col.sort === key && down ? col.sort : "-" + col.sort }) }, col.head, col.sort === key ? (down ? " ▾" : " ▴") : "") : col.head)));
        if (focused?.startsWith("sort-")) this.heads.querySelector<HTMLElement>('[data-key="' + focused + '"]')?.focus();
    }

    private click(e: MouseEvent): void {
        const a = (e.target as HTMLElement).closest<HTMLElement>("a[data-row]");
        if (!a || e.ctrlKey || e.metaKey || e.shiftKey || e.button) return;
        e.preventDefault();
        this.chosen(Number(a.dataset.row));
    }

    private key(e: KeyboardEvent): void {
        if (!this.shown || (e.key !== "ArrowDown" && e.key !== "ArrowUp")) return;
        const a = document.activeElement as HTMLElement, n = this.shown.rows.length;
        const now = a.dataset.row ? this.shown.rows.indexOf(Number(a.dataset.row)) : -1;
        const to = Math.max(0, Math.min(n - 1, now + (e.key === "ArrowDown" ? 1 : -1)));
        const top = to * ROW;
        if (top < this.box.scrollTop) this.box.scrollTop = top;
        else if (top + 2 * ROW > this.box.scrollTop + this.box.clientHeight) this.box.scrollTop = top + 2 * ROW - this.box.clientHeight;
        this.draw();
        this.body.querySelector<HTMLElement>('a[data-row="' + this.shown.rows[to] + '"]')?.focus({ preventScroll: true });
        e.preventDefault();
        e.stopPropagation();
    }

    private draw(): void {
        const rows = this.shown?.rows ?? new Uint32Array(0);
        const first = Math.max(0, Math.floor(this.box.scrollTop / ROW) - 8);
        const last = Math.min(rows.length, Math.ceil((this.box.scrollTop + (this.box.clientHeight || 900)) / ROW) + 8);
        const gap = (n: number): HTMLElement | null => {
            if (n <= 0) return null;
            const td = h("td", { colspan: COLUMNS.length });
            td.style.height = n * ROW + "px";
            return h("tr", { class: "gap", "aria-hidden": "true" }, td);
        };
        const focused = (document.activeElement as HTMLElement | null)?.dataset?.key;
        const lines: (HTMLElement | null)[] = [gap(first)];
        for (let at = first; at < last; at++) lines.push(this.line(rows[at], at));
        lines.push(gap(rows.length - last));
        this.table.setAttribute("aria-rowcount", String(rows.length + 1));
        fill(this.body, lines);
        if (focused?.startsWith("row")) this.body.querySelector<HTMLElement>('[data-key="' + focused + '"]')?.focus({ preventScroll: true });
    }

    private line(i: number, at: number): HTMLElement {
        const c = this.store;
        return h("tr", { "aria-rowindex": at + 2, class: c.main[i] ? undefined : "background" },
            COLUMNS.map((col, k) => h(k ? "td" : "th", { scope: k ? undefined : "row", class: [col.number ? "number" : "", col.wide ? "wide" : ""].join(" ").trim() || undefined }, col.cell(c, i))));
    }
}
