/* filter.ts - which events are shown, and how many there would be behind each choice of each facet. Every condition keeps a column
 * of its own that says which rows fail it, made anew only when that condition changes; the rest is one walk over the rows. */
import { FACETS, type Facet, type State } from "./state";
import type { Store } from "./store";
import { DAY, parseInstant } from "./time";

export interface Shown {
    rows: Uint32Array; /* those that pass, in the order asked for */
    counts: Record<Facet, Uint32Array>; /* by number of the facet's dictionary: rows if that were chosen */
    undated: number;
    took: number; /* milliseconds */
    withoutTime: Uint8Array; /* 1: passes all but the condition of time; what the timeline shows behind the chosen span */
}

const TIME = FACETS.length, BBOX = TIME + 1, WORDS = TIME + 2, NEWS = TIME + 3, CONDITIONS = TIME + 4;

export interface Box {
    west: number;
    south: number;
    east: number;
    north: number;
}
export function parseBox(text: string): Box | null {
    const v = text.split(",").map(Number);
    return v.length === 4 && v.every(Number.isFinite) ? { west: v[0], south: v[1], east: v[2], north: v[3] } : null;
}
export const inBox = (b: Box, lat: number, lon: number): boolean => lat >= b.south && lat <= b.north && (b.west <= b.east ? lon >= b.west && lon <= b.east : lon >= b.west || lon <= b.east);

/* The span of the state's since and until, both inclusive. */
export function span(s: State): [number, number] {
    const a = parseInstant(s.since), b = parseInstant(s.until);
    return [a ? a.from : -Infinity, b ? Math.max(b.to, b.from + 1) : Infinity];
}

export class Filter {
    private fails: Uint16Array = new Uint16Array(0); /* a bit a condition */
    private keys: string[] = [];
    private orders = new Map<string, { version: number; order: Uint32Array }>();
    found: { q: string; ids: Set<string> } | null = null; /* of the host's full-text search */

    constructor(private readonly store: Store) {}

    run(s: State): Shown {
        const begun = performance.now();
        const c = this.store, n = c.n;
        if (this.fails.length < n || this.keys.length === 0) {
            this.fails = new Uint16Array(Math.max(n, 1024));
            this.keys = new Array(CONDITIONS).fill("?");
        }
        this.conditions(s);
        const counts = {} as Record<Facet, Uint32Array>;
        for (const f of FACETS) counts[f] = new Uint32Array(c.facets[f].dict.words.length);
        const withoutTime = new Uint8Array(n);
        const passed = this.count(counts, withoutTime);
        const rows = this.ordered(s.sort, passed);
        let undated = 0;
        for (let k = 0; k < rows.length; k++) if (Number.isNaN(c.from[rows[k]])) undated++;
        return { rows, counts, undated, took: performance.now() - begun, withoutTime };
    }

    /* One walk: who passes; and for each facet the rows that fail nothing but it. */
    private count(counts: Record<Facet, Uint32Array>, withoutTime: Uint8Array): number {
        const { n, facets } = this.store, fails = this.fails;
        const tally = FACETS.map((f) => ({ first: facets[f].first, list: facets[f].list, into: counts[f] }));
        let passed = 0;
        for (let i = 0; i < n; i++) {
            const bits = fails[i];
            if (bits === 0) {
                passed++;
                withoutTime[i] = 1;
                for (let t = 0; t < tally.length; t++) {
                    const { first, list, into } = tally[t];
                    for (let k = first[i], end = first[i + 1]; k < end; k++) into[list[k]]++;
                }
            } else if ((bits & (bits - 1)) === 0) {
                if (bits === 1 << TIME) withoutTime[i] = 1;
                else if (bits < 1 << TIME) {
                    const { first, list, into } = tally[31 - Math.clz32(bits)];
                    for (let k = first[i], end = first[i + 1]; k < end; k++) into[list[k]]++;
                }
            }
        }
        return passed;
    }

    private ordered(sort: string, passed: number): Uint32Array {
        const order = this.order(sort), fails = this.fails;
        const rows = new Uint32Array(passed);
        for (let k = 0, at = 0; k < order.length; k++) if (fails[order[k]] === 0) rows[at++] = order[k];
        return rows;
    }

    /* All rows in an order, kept until something is added. */
    private order(sort: string): Uint32Array {
        const c = this.store;
        const known = this.orders.get(sort);
        if (known && known.version === c.version) return known.order;
        const down = sort.startsWith("-"), key = sort.replace(/^-/, "");
        const order = Uint32Array.from({ length: c.n }, (_, i) => i);
        const by: Record<string, (i: number) => number> = {
            time: (i) => c.from[i], reports: (i) => c.reports[i], sources: (i) => c.roots[i], distance: (i) => c.distance[i],
            lat: (i) => c.lat[i], lon: (i) => c.lon[i], status: (i) => c.status[i],
        };
        const text: Record<string, (i: number) => string> = {
            type: (i) => c.types.words[c.type[i]], actor: (i) => c.actor[i], place: (i) => c.placeName[i], id: (i) => c.id[i],
        };
        const sign = down ? -1 : 1;
        if (text[key]) {
            const words = Array.from(order, text[key]);
            const rank = new Map([...new Set(words)].sort().map((w, i) => [w, i]));
            const ranks = Float64Array.from(words, (w) => (w ? rank.get(w)! : NaN));
            sortBy(order, ranks, sign);
        } else sortBy(order, Float64Array.from(order, by[key] ?? by.time), sign);
        this.orders.set(sort, { version: c.version, order });
        return order;
    }

    /* Sets the bit of each condition that has changed. */
    private conditions(s: State): void {
        const c = this.store;
        FACETS.forEach((f, bit) => this.condition(bit, s.chosen[f].join("\n"), () => this.facet(f, bit, s.chosen[f])));
        this.condition(TIME, s.since + "/" + s.until, () => {
            const [from, to] = span(s);
            const open = from === -Infinity && to === Infinity;
            this.each(TIME, (i) => open || (c.from[i] < to && c.to[i] >= from));
        });
        this.condition(BBOX, s.bbox, () => {
            const b = parseBox(s.bbox);
            this.each(BBOX, (i) => !b || inBox(b, c.lat[i], c.lon[i]) || inBox(b, c.endLat[i], c.endLon[i]));
        });
        this.condition(NEWS, String(s.background), () => this.each(NEWS, (i) => s.background || c.main[i] === 1));
        const found = this.found && this.found.q === s.q ? this.found.ids : null;
        this.condition(WORDS, s.q + "\n" + (found ? found.size : "-"), () => {
            const words = s.q.toLowerCase().split(/\s+/).filter(Boolean);
            this.each(WORDS, (i) => words.every((w) => c.haystack[i].includes(w)) || (found !== null && found.has(c.id[i])));
        });
    }

    private condition(bit: number, key: string, make: () => void): void {
        const now = this.store.version + ":" + key;
        if (this.keys[bit] === now) return;
        this.keys[bit] = now;
        make();
    }

    private each(bit: number, passes: (i: number) => boolean): void {
        const fails = this.fails, flag = 1 << bit;
        for (let i = 0, n = this.store.n; i < n; i++) fails[i] = passes(i) ? fails[i] & ~flag : fails[i] | flag;
    }

    private facet(f: Facet, bit: number, chosen: string[]): void {
        const m = this.store.facets[f];
        if (!chosen.length) return this.each(bit, () => true);
        const wanted = new Uint8Array(m.dict.words.length + 1);
        for (const w of chosen) if (m.dict.find(w) >= 0) wanted[m.dict.find(w)] = 1;
        const { first, list } = m;
        return this.each(bit, (i) => {
            for (let k = first[i], end = first[i + 1]; k < end; k++) if (wanted[list[k]]) return true;
            return false;
        });
    }
}

/* Sorts rows by a number each; those without one come last either way, equal ones stay in the order of adding. */
function sortBy(order: Uint32Array, value: Float64Array, sign: number): void {
    order.sort((a, b) => {
        const x = value[a], y = value[b];
        if (Number.isNaN(x) || Number.isNaN(y)) return (Number.isNaN(x) ? 1 : 0) - (Number.isNaN(y) ? 1 : 0) || a - b;
        return sign * (x - y) || a - b;
    });
}

export { DAY };
