/* report.ts - a report's text with the words that are evidence for something marked, in both directions: who points at a value sees
 * its words, who points at the words sees their values. Spans count code points, as everywhere; overlapping ones are cut into pieces
 * that know all they belong to. */
import { h } from "./dom";
import type { Span } from "./api";

export interface Marked extends Span {
    key: string; /* of the value it is evidence for */
    kind: "value" | "trigger" | "withheld" | "check";
    label: string; /* for people: "how far: about 380 km" */
}

/* Where each code point begins in the text as JavaScript counts; null where both counts are the same. */
function codePoints(text: string): Uint32Array | null {
    if (!/[\ud800-\udbff]/.test(text)) return null;
    const at: number[] = [];
    for (let i = 0; i < text.length; i += text.codePointAt(i)! > 0xffff ? 2 : 1) at.push(i);
    at.push(text.length);
    return Uint32Array.from(at);
}

export class ReportText {
    readonly element: HTMLElement;
    private readonly pieces: { el: HTMLElement; keys: string[] }[] = [];

    constructor(text: string, marked: Marked[], private readonly hooks: { point: (keys: string[]) => void; choose: (key: string) => void }) {
        const map = codePoints(text), n = map ? map.length - 1 : text.length;
        const slice = (a: number, b: number): string => (map ? text.slice(map[a], map[b]) : text.slice(a, b));
        const good = marked.filter((m) => m.start >= 0 && m.end > m.start && m.end <= n);
        const cuts = [...new Set([0, n, ...good.flatMap((m) => [m.start, m.end])])].sort((a, b) => a - b);
        const begins = [...good].sort((a, b) => a.start - b.start);
        let open: Marked[] = [], next = 0;
        const children: Node[] = [];
        for (let k = 0; k + 1 < cuts.length; k++) {
            const a = cuts[k], b = cuts[k + 1];
            open = open.filter((m) => m.end > a);
            while (next < begins.length && begins[next].start <= a) open.push(begins[next++]);
            children.push(open.length ? this.piece(slice(a, b), open) : document.createTextNode(slice(a, b)));
        }
        this.element = h("div", { class: "report-text", dir: "auto" }, children);
    }

    private piece(words: string, open: Marked[]): HTMLElement {
        const keys = [...new Set(open.map((m) => m.key))];
        const kinds = [...new Set(open.map((m) => m.kind))];
        const label = [...new Set(open.map((m) => m.label))].join("; ");
        const el = h("mark", { class: "ev " + kinds.map((k) => "ev-" + k).join(" "), tabindex: "0", role: "button", title: label, "data-key": "ev" + this.pieces.length,
            onmouseenter: () => this.hooks.point(keys), onmouseleave: () => this.hooks.point([]), onfocus: () => this.hooks.point(keys), onblur: () => this.hooks.point([]),
            onclick: () => this.hooks.choose(keys[0]),
            onkeydown: (e: KeyboardEvent) => {
                if (e.key !== "Enter" && e.key !== " ") return;
                e.preventDefault();
                e.stopPropagation();
                this.hooks.choose(keys[0]);
            } }, words, h("span", { class: "unseen" }, " (" + label + ")"));
        this.pieces.push({ el, keys });
        return el;
    }

    light(keys: string[]): void {
        for (const p of this.pieces) p.el.classList.toggle("lit", p.keys.some((k) => keys.includes(k)));
    }

    /* Brings the words of a value into view, within the text's own box only. */
    reveal(key: string): void {
        const el = this.pieces.find((p) => p.keys.includes(key))?.el;
        const box = this.element.closest<HTMLElement>(".report-box");
        if (!el || !box) return;
        const top = el.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop;
        if (top < box.scrollTop + 20 || top > box.scrollTop + box.clientHeight - 40) box.scrollTop = top - box.clientHeight / 3;
    }
}
