/* facets.ts - the conditions: words, span of time, what is in view of the map, and the facets with how many events stand behind
 * each choice. Several choices of one facet: any of them; several facets: all of them. */
import { h, refill, type Child } from "./dom";
import type { Shown } from "./filter";
import { FACETS, go, state, type Facet, type State } from "./state";
import type { Store } from "./store";
import { glyph, number, typeWord, wordOf } from "./words";

const NAMES: Record<Facet, string> = { type: "Type", actor: "Who (country)", weapon: "Weapon", place: "Place", source: "Source", status: "Status", mark: "Marks" };
const SHORT = 7;

export class Facets {
    readonly element: HTMLElement;
    private readonly long = new Set<string>(); /* facets shown whole, types opened */
    private shown: Shown | null = null;

    constructor(private readonly store: Store, private readonly mapBox: () => string) {
        this.element = h("form", { class: "facets", "aria-label": "Conditions", onsubmit: (e: Event) => e.preventDefault() });
    }

    show(shown: Shown): void {
        this.shown = shown;
        this.draw();
    }

    private draw(): void {
        const s = state();
        refill(this.element, this.general(s), this.time(s), ...FACETS.map((f) => this.facet(f, s)));
    }

    private general(s: State): Child {
        return h("div", { class: "facet-general" },
            h("label", null, h("input", { type: "checkbox", checked: s.background, "data-key": "background", onchange: (e: Event) => go({ background: (e.target as HTMLInputElement).checked }) }), " Background events too"),
            h("label", null, h("input", { type: "checkbox", checked: s.bbox !== "", "data-key": "bbox", onchange: (e: Event) => go({ bbox: (e.target as HTMLInputElement).checked ? this.mapBox() : "" }) }), " Only what is on the map"));
    }

    private time(s: State): Child {
        const day = (name: "since" | "until", label: string): Child => h("label", null, h("span", null, label),
            h("input", { type: "date", value: s[name].slice(0, 10), "data-key": name, onchange: (e: Event) => go({ [name]: (e.target as HTMLInputElement).value }) }));
        return h("fieldset", { class: "facet facet-time" }, h("legend", null, "Time (UTC days)"), day("since", "Since"), day("until", "Until"),
            (s.since || s.until) && h("button", { type: "button", class: "quiet", "data-key": "alltime", onclick: () => go({ since: "", until: "" }) }, "All of time"));
    }

    private facet(f: Facet, s: State): Child {
        const m = this.store.facets[f], counts = this.shown!.counts[f], chosen = s.chosen[f];
        let words = m.dict.words.map((_, k) => k).filter((k) => counts[k] > 0 || chosen.includes(m.dict.words[k]));
        for (const c of chosen) if (m.dict.find(c) < 0) m.dict.number(c);
        if (!words.length && !chosen.length) return null;
        if (f === "type") words = this.tree(words, chosen);
        else words.sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || (m.dict.words[a] < m.dict.words[b] ? -1 : 1));
        const all = this.long.has(f), many = f === "type" ? SHORT + 5 : SHORT;
        const seen = all ? words.slice(0, 200) : words.filter((k, at) => at < many || chosen.includes(m.dict.words[k]));
        return h("fieldset", { class: "facet" }, h("legend", null, NAMES[f], chosen.length > 0 && h("button", { type: "button", class: "quiet facet-clear", "aria-label": "Clear " + NAMES[f], "data-key": "clear-" + f, onclick: () => this.choose(f, []) }, "clear")),
            h("ul", null, seen.map((k) => this.choice(f, m.dict.words[k], counts[k] ?? 0, chosen))),
            words.length > seen.length && h("button", { type: "button", class: "quiet", "data-key": "more-" + f, onclick: () => (this.long.add(f), this.draw()) }, number(words.length - seen.length) + " more"),
            all && words.length > many && h("button", { type: "button", class: "quiet", "data-key": "more-" + f, onclick: () => (this.long.delete(f), this.draw()) }, "fewer"));
    }

    /* Types from the general to the special; the special ones of those that are opened or chosen. */
    private tree(words: number[], chosen: string[]): number[] {
        const d = this.store.facets.type.dict.words, counts = this.shown!.counts.type;
        const open = (t: string): boolean => this.long.has("type:" + t) || chosen.some((c) => c === t || c.startsWith(t + "."));
        const of = (parent: string): number[] => words.filter((k) => (parent ? d[k].startsWith(parent + ".") && !d[k].slice(parent.length + 1).includes(".") : !d[k].includes(".")))
            .sort((a, b) => counts[b] - counts[a] || (d[a] < d[b] ? -1 : 1));
        const out: number[] = [];
        const waiting = of("").reverse();
        while (waiting.length) {
            const k = waiting.pop()!;
            out.push(k);
            if (open(d[k])) waiting.push(...of(d[k]).reverse());
        }
        return out;
    }

    private choice(f: Facet, word: string, n: number, chosen: string[]): Child {
        const on = chosen.includes(word);
        const depth = f === "type" ? word.split(".").length - 1 : 0;
        const special = f === "type" && this.store.facets.type.dict.words.some((t) => t.startsWith(word + ".") && this.shown!.counts.type[this.store.facets.type.dict.find(t)] > 0);
        const opened = this.long.has("type:" + word);
        return h("li", { class: "depth" + depth },
            h("label", { class: on ? "on" : undefined }, h("input", { type: "checkbox", checked: on, "data-key": f + "=" + word, onchange: () => this.choose(f, on ? chosen.filter((c) => c !== word) : [...chosen, word]) }),
                f === "status" || f === "mark" ? glyph(word) : null,
                h("bdi", { class: "facet-word" }, this.called(f, word)), h("span", { class: "facet-count" }, number(n))),
            special && h("button", { type: "button", class: "quiet facet-open", "aria-expanded": opened ? "true" : "false", "aria-label": "Kinds of " + typeWord(word), "data-key": "open-" + word,
                onclick: () => (opened ? this.long.delete("type:" + word) : this.long.add("type:" + word), this.draw()) }, opened ? "▾" : "▸"));
    }

    private called(f: Facet, word: string): string {
        if (f === "type") return word.split(".").pop()!.replaceAll("-", " ");
        if (f === "status" || f === "mark") return wordOf(word);
        if (f === "actor") return countryName(word);
        return word;
    }

    private choose(f: Facet, chosen: string[]): void {
        go({ chosen: { ...state().chosen, [f]: chosen } });
    }
}

/* Names of countries by ISO 3166 code, put in at bundle time from data/countries.tsv. */
declare const COUNTRIES: Record<string, string>;
export const countryName = (code: string): string => COUNTRIES[code] ?? code;
