/* list.ts - the events as a list, of which only what is in view is made: a hundred thousand are as quick as ten. One stop of the tab
 * key; arrows, Page Up and Down, Home and End move, Enter opens. */
import { fill, h, oncePerFrame, said } from "./dom";
import type { Shown } from "./filter";
import { state } from "./state";
import type { Store } from "./store";
import { words as timeWords } from "./time";
import { count, glyph, shortType, typeWord, wordOf } from "./words";

const ROW = 74;

export class List {
    readonly element: HTMLElement;
    private readonly box: HTMLElement;
    private readonly sheet: HTMLElement;
    private readonly head: HTMLElement;
    private shown: Shown | null = null;
    private active = 0; /* place in the list */
    private chosenRow = -1;
    private readonly redraw: () => void;

    constructor(private readonly store: Store, private readonly hooks: { chosen: (row: number) => void; hovered: (row: number) => void }) {
        this.sheet = h("div", { class: "list-sheet", role: "presentation" });
        this.box = h("div", { class: "list-box", role: "listbox", tabindex: "0", "aria-label": "Events", "data-key": "list" }, this.sheet);
        this.head = h("div", { class: "list-head" });
        this.element = h("section", { class: "list", "aria-label": "Events found" }, this.head, this.box);
        this.redraw = oncePerFrame(() => this.draw());
        this.box.addEventListener("scroll", this.redraw, { passive: true });
        this.box.addEventListener("keydown", (e) => this.key(e));
        this.box.addEventListener("focus", this.redraw);
        this.box.addEventListener("blur", this.redraw);
        new ResizeObserver(this.redraw).observe(this.box);
    }

    setHead(...children: (Node | string)[]): void {
        fill(this.head, children);
    }

    show(shown: Shown): void {
        this.shown = shown;
        this.active = Math.max(0, Math.min(this.active, shown.rows.length - 1));
        this.redraw();
    }

    choose(row: number): void {
        this.chosenRow = row;
        const at = this.shown ? this.shown.rows.indexOf(row) : -1;
        if (at >= 0) this.moveTo(at);
        else this.redraw();
    }

    /* Moves by so many; gives the row it comes to, -1 where there is none. */
    step(by: number): number {
        if (!this.shown?.rows.length) return -1;
        this.moveTo(this.active + by);
        return this.shown.rows[this.active];
    }

    private moveTo(at: number): void {
        const n = this.shown?.rows.length ?? 0;
        this.active = Math.max(0, Math.min(n - 1, at));
        const top = this.active * ROW;
        if (top < this.box.scrollTop) this.box.scrollTop = top;
        else if (top + ROW > this.box.scrollTop + this.box.clientHeight) this.box.scrollTop = top + ROW - this.box.clientHeight;
        this.redraw();
    }

    private key(e: KeyboardEvent): void {
        if (e.ctrlKey || e.metaKey || e.altKey || !this.shown) return;
        const page = Math.max(1, Math.floor(this.box.clientHeight / ROW) - 1);
        const by: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -1e9, End: 1e9 };
        if (by[e.key]) {
            this.moveTo(this.active + by[e.key]);
            this.hooks.hovered(this.shown.rows[this.active] ?? -1);
        } else if (e.key === "Enter" || e.key === " ") {
            const row = this.shown.rows[this.active];
            if (row !== undefined) this.hooks.chosen(row);
        } else return;
        e.preventDefault();
        e.stopPropagation();
    }

    private draw(): void {
        const rows = this.shown?.rows ?? new Uint32Array(0);
        this.sheet.style.height = rows.length * ROW + "px";
        const first = Math.max(0, Math.floor(this.box.scrollTop / ROW) - 3);
        const last = Math.min(rows.length, Math.ceil((this.box.scrollTop + this.box.clientHeight) / ROW) + 3);
        const focused = document.activeElement === this.box;
        const items: HTMLElement[] = [];
        for (let at = first; at < last; at++) items.push(this.item(rows[at], at, rows.length, focused));
        fill(this.sheet, items.length ? items : h("div", { class: "list-none" }, "No event fits. Take a condition away, or let background events in."));
        const active = rows.length && this.active >= first && this.active < last ? "event-" + rows[this.active] : null;
        if (active) this.box.setAttribute("aria-activedescendant", active);
        else this.box.removeAttribute("aria-activedescendant");
        this.box.setAttribute("role", items.length ? "listbox" : "group");
    }

    private item(row: number, at: number, n: number, focused: boolean): HTMLElement {
        const c = this.store, status = c.statuses.words[c.status[row]];
        const marks = c.facets.mark.of(row).filter((m) => m !== "agree");
        const el = h("div", { class: "item" + (row === this.chosenRow ? " chosen" : "") + (focused && at === this.active ? " active" : "") + (c.main[row] ? "" : " background"),
            role: "option", id: "event-" + row, "data-event": c.id[row], "aria-selected": row === this.chosenRow ? "true" : "false", "aria-posinset": at + 1, "aria-setsize": n,
            onclick: () => ((this.active = at), this.hooks.chosen(row)), onmouseenter: () => this.hooks.hovered(row), onmouseleave: () => this.hooks.hovered(-1) },
            h("div", { class: "item-top" }, h("span", { class: "item-status", title: wordOf(status) }, glyph(status), h("span", { class: "unseen" }, wordOf(status))), h("span", { class: "item-title" }, heading(c, row))),
            h("div", { class: "item-more" }, h("span", { class: "item-time" }, timeWords(c.time[row], state().zone)), c.placeName[row] && said(c.placeName[row], "item-place")),
            h("div", { class: "item-more" }, h("span", { class: "item-type", title: typeWord(c.types.words[c.type[row]]) }, shortType(c.types.words[c.type[row]])),
                h("span", { title: count(c.reports[row], "report") + ", " + count(c.roots[row], "independent source") }, count(c.reports[row], "report"), c.roots[row] > 1 && ", " + count(c.roots[row], "source")), ...marks.map((m) => h("span", { class: "item-mark", title: wordOf(m) }, glyph(m), h("span", { class: marks.length > 1 ? "unseen" : undefined }, wordOf(m))))));
        el.style.transform = "translateY(" + at * ROW + "px)";
        return el;
    }
}

/* What an event is called: its headline, else who did what. */
export function heading(c: Store, row: number): HTMLElement {
    return said(c.title[row] || [c.actor[row] || "not told who", lastPart(c.types.words[c.type[row]])].join(" — "));
}
const lastPart = (t: string): string => t.replaceAll("-", " ").split(".").reverse().join(" ");
