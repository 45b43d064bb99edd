/* words.ts - what things are called, and the shape each mark has. A state is always told by a shape and a word; colour comes on
 * top and could be left away. */
import { h, svg } from "./dom";

export interface Shape {
    path: string; /* in a box of 16 by 16 */
    filled: boolean;
}
const disc = "M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11z";
export const STATUSES = ["confirmed", "reported", "claimed", "alleged", "speculated", "planned", "disputed", "denied", "did-not-happen"];
const STATUS: Record<string, Shape & { word: string; means: string }> = {
    confirmed: { path: disc, filled: true, word: "confirmed", means: "the word “confirmed” was used" },
    reported: { path: disc + "M8 2.5v11A5.5 5.5 0 0 0 8 2.5z", filled: false, word: "reported", means: "a source says that it happened" },
    claimed: { path: "M8 1.8L14.2 8L8 14.2L1.8 8z", filled: false, word: "claimed", means: "a party says it of itself" },
    alleged: { path: "M8 2.4L14 13H2z", filled: false, word: "alleged", means: "one side says it of another" },
    speculated: { path: "M2.5 8c2-4.5 3.8-4.5 5.5 0s3.5 4.5 5.5 0", filled: false, word: "speculated", means: "thought possible" },
    planned: { path: "M3.5 2.8L13 8L3.5 13.2z", filled: false, word: "planned", means: "announced, not yet done" },
    disputed: { path: "M2.5 6h11M2.5 10h11M11 2.5L5 13.5", filled: false, word: "disputed", means: "some say so, others deny it" },
    denied: { path: disc + "M4.2 11.8L11.8 4.2", filled: false, word: "denied", means: "said not to be so" },
    "did-not-happen": { path: "M3.5 3.5L12.5 12.5M12.5 3.5L3.5 12.5", filled: false, word: "did not happen", means: "told as something that was not done" },
};
const MARK: Record<string, Shape & { word: string; means: string }> = {
    agree: { path: "M2.5 6h11M2.5 10h11", filled: false, word: "agrees", means: "two or more independent sources give the same within its band" },
    conflict: { path: "M2.5 6h11M2.5 10h11M11 2.5L5 13.5", filled: false, word: "differs", means: "sources give values that cannot all be right" },
    denial: { path: disc + "M4.2 11.8L11.8 4.2", filled: false, word: "denies", means: "a source says that it is not so" },
    withheld: { path: "M2.5 4.5h11v7h-11zM2.5 8.5l4-4M4.5 11.5l7-7M8.5 11.5l5-5", filled: false, word: "withheld", means: "said not to be known or not to be told" },
    revised: { path: "M12.8 6A5.2 5.2 0 1 0 13 9.5M13.2 2.5v3.7H9.5", filled: false, word: "revised", means: "the same source later gave another value" },
    party: { path: "M8 1.8L14.2 8L8 14.2L1.8 8z", filled: false, word: "of itself", means: "a party speaks of its own deed: a claim, no corroboration" },
    single: { path: disc, filled: false, word: "one source", means: "only one independent source gives it" },
    computed: { path: "M3 13L8 3l5 10M5 9.5h6", filled: false, word: "computed", means: "from other values, not in the words themselves" },
    assumed: { path: "M2.5 8h2M7 8h2M11.5 8h2", filled: false, word: "assumed", means: "a default; the note says which" },
    disagrees: { path: "M8 2.4L14 13H2zM8 6v3.5M8 11v.6", filled: false, word: "disagrees", means: "the figures do not fit each other" },
    agrees: { path: "M2.5 8.5l3.5 3.5 7-8", filled: false, word: "agrees", means: "the figures fit each other" },
    "cannot-tell": { path: disc + "M8 5v3.5M8 10.4v.6", filled: false, word: "cannot tell", means: "too little is known to say" },
};

export const shapeOf = (kind: string): Shape => STATUS[kind] ?? MARK[kind] ?? MARK.single;
export const wordOf = (kind: string): string => STATUS[kind]?.word ?? MARK[kind]?.word ?? kind;
export const meansOf = (kind: string): string => STATUS[kind]?.means ?? MARK[kind]?.means ?? "";

export function glyph(kind: string): SVGElement {
    const s = shapeOf(kind);
    return svg("svg", { class: "glyph glyph-" + kind + (s.filled ? " filled" : ""), viewBox: "0 0 16 16", "aria-hidden": "true", focusable: "false" }, svg("path", { d: s.path }));
}

/* Shape and word. */
export const mark = (kind: string, word = wordOf(kind)): HTMLElement => h("span", { class: "mark mark-" + kind, title: meansOf(kind) || undefined }, glyph(kind), word);

const paths = new Map<string, Path2D>();
export function path2d(kind: string): Path2D {
    let p = paths.get(kind);
    if (!p) paths.set(kind, (p = new Path2D(shapeOf(kind).path)));
    return p;
}

const FIELD: Record<string, string> = {
    actor: "who", target: "to whom", instrument: "by what", weapon: "weapon", weapon_class: "class", time: "when", origin: "from", landing: "to", direction: "direction",
    distance: "how far", altitude: "how high", speed: "how fast", duration: "how long", count: "how many", outcome: "outcome", casualties: "casualties", purpose: "purpose",
    place: "where", yield: "yield", magnitude: "magnitude", amount: "how much",
};
export const fieldWord = (f: string): string => FIELD[f] ?? f.replaceAll("_", " ");

/* "weapon-test.missile.ballistic" as people say it. */
export function typeWord(t: string): string {
    return t.replaceAll("-", " ").split(".").join(" · ");
}

/* Short, for lists: "ballistic missile" */
export function shortType(t: string): string {
    const p = t.replaceAll("-", " ").split(".");
    return p.length > 2 ? p[2] + " " + p[1] : p.join(" · ");
}

export const number = (n: number): string => n.toLocaleString("en");
export const count = (n: number, one: string, many = one + "s"): string => number(n) + " " + (n === 1 ? one : many);
