/* store.ts - all events of the page in columns: one typed array a property, so that a hundred thousand of them are filtered, counted
 * and drawn within a frame. Rows are only ever added at the end or written anew in place; what a row shows stands in its strings. */
import type { EventItem, RegionValue } from "./api";
import { parseInstant, type Instant } from "./time";
import { FACETS, type Facet } from "./state";

/* Words and their numbers. */
export class Dict {
    readonly words: string[] = [];
    private readonly numbers = new Map<string, number>();
    number(word: string): number {
        let n = this.numbers.get(word);
        if (n === undefined) {
            n = this.words.length;
            this.words.push(word);
            this.numbers.set(word, n);
        }
        return n;
    }
    find(word: string): number {
        return this.numbers.get(word) ?? -1;
    }
}

/* Several words a row: the row's words are list[first[row]] up to list[first[row + 1]]. */
class Many {
    first = new Uint32Array(1025);
    list = new Uint16Array(4096);
    used = 0;
    readonly dict = new Dict();
    put(row: number, words: Iterable<string>): void {
        if (row + 2 > this.first.length) this.first = grown(this.first, row + 2);
        for (const w of words) {
            const n = this.dict.number(w);
            if (n > 65535) continue; /* more kinds than anybody could choose from */
            if (this.used === this.list.length) this.list = grown(this.list, this.used + 1);
            this.list[this.used++] = n;
        }
        this.first[row + 1] = this.used;
    }
    of(row: number): string[] {
        return Array.from(this.list.subarray(this.first[row], this.first[row + 1]), (n) => this.dict.words[n]);
    }
}

type Numbers = Float64Array | Float32Array | Uint32Array | Uint16Array | Uint8Array | Int16Array;
function grown<T extends Numbers>(a: T, least: number): T {
    const b = new (a.constructor as new (n: number) => T)(Math.max(least, a.length * 2));
    b.set(a as never);
    return b;
}

export class Store {
    n = 0;
    id: string[] = [];
    title: string[] = [];
    actor: string[] = [];
    placeName: string[] = [];
    endName: string[] = [];
    time: (Instant | null)[] = [];
    precision: string[] = [];
    haystack: string[] = []; /* lower case, what words are searched in at once */
    region: (RegionValue | undefined)[] = [];
    from = new Float64Array(1024); /* UTC ms, NaN without a date */
    to = new Float64Array(1024);
    lat = new Float64Array(1024);
    lon = new Float64Array(1024);
    radius = new Float32Array(1024);
    endLat = new Float64Array(1024);
    endLon = new Float64Array(1024);
    endRadius = new Float32Array(1024);
    endVague = new Uint8Array(1024); /* 1: a sea, a country: its point is only where the name is put */
    bearing = new Float32Array(1024);
    distance = new Float32Array(1024);
    type = new Uint16Array(1024);
    status = new Uint8Array(1024);
    main = new Uint8Array(1024);
    reports = new Uint16Array(1024);
    roots = new Uint16Array(1024);
    readonly types = new Dict();
    readonly statuses = new Dict();
    readonly facets: Record<Facet, Many>;
    private readonly rows = new Map<string, number>();
    version = 0; /* rises whenever something is added */

    constructor() {
        this.facets = Object.fromEntries(FACETS.map((f) => [f, new Many()])) as Record<Facet, Many>;
    }

    row(id: string): number {
        return this.rows.get(id) ?? -1;
    }

    /* Where a row lies and leads, in the shape it came in. */
    geometry(i: number): Partial<EventItem> {
        const known = (v: number): number | undefined => (Number.isNaN(v) ? undefined : v);
        return {
            place: { name: this.placeName[i] || undefined, lat: known(this.lat[i]), lon: known(this.lon[i]), precision: this.precision[i] || undefined, radius_m: this.radius[i] || undefined },
            end: Number.isNaN(this.endLat[i]) ? undefined : { name: this.endName[i] || undefined, lat: this.endLat[i], lon: this.endLon[i], radius_m: this.endRadius[i] || undefined, precision: this.endVague[i] ? "area" : this.endRadius[i] ? undefined : "computed" },
            bearing_deg: known(this.bearing[i]),
            distance_m: known(this.distance[i]),
            region: this.region[i],
        };
    }

    private room(): void {
        if (this.n < this.from.length) return;
        for (const k of ["from", "to", "lat", "lon", "radius", "endLat", "endLon", "endRadius", "endVague", "bearing", "distance", "type", "status", "main", "reports", "roots"] as const)
            (this as unknown as Record<string, Numbers>)[k] = grown(this[k], this.n + 1);
    }

    /* Adds events; those that are there already are left as they are. */
    add(items: EventItem[]): number {
        let added = 0;
        for (const e of items)
            if (!this.rows.has(e.id)) {
                this.put(e);
                added++;
            }
        if (added) this.version++;
        return added;
    }

    private put(e: EventItem): void {
        this.room();
        const i = this.n++;
        this.rows.set(e.id, i);
        this.id[i] = e.id;
        this.actor[i] = e.actor ?? "";
        this.placeName[i] = e.place?.name ?? e.end?.name ?? "";
        this.title[i] = e.headline ?? "";
        this.putTime(i, e);
        this.putPlace(i, e);
        this.type[i] = this.types.number(e.type);
        this.status[i] = this.statuses.number(e.certainty);
        this.main[i] = e.main ? 1 : 0;
        this.reports[i] = Math.min(65535, e.n_reports);
        this.roots[i] = Math.min(65535, e.n_sources);
        this.putFacets(i, e);
    }

    private putTime(i: number, e: EventItem): void {
        const t = typeof e.time === "object" ? (e.time.text ?? e.time.value) : e.time;
        const told = parseInstant(t);
        const first = parseInstant(e.earliest ?? (typeof e.time === "object" ? e.time.earliest : undefined));
        const last = parseInstant(e.latest ?? (typeof e.time === "object" ? e.time.latest : undefined));
        this.time[i] = told;
        this.from[i] = first ? first.from : told ? told.from : NaN;
        this.to[i] = last ? Math.max(last.from, this.from[i]) : told ? told.to : NaN;
        if (told && told.precision === "minute" && !first) this.to[i] = told.from;
    }

    private putPlace(i: number, e: EventItem): void {
        const p = e.place, q = e.end;
        this.lat[i] = p?.lat ?? NaN;
        this.lon[i] = p?.lon ?? NaN;
        this.precision[i] = p?.precision ?? "";
        this.radius[i] = p?.radius_m ?? 0;
        this.endName[i] = q?.name ?? "";
        this.endLat[i] = q?.lat ?? NaN;
        this.endLon[i] = q?.lon ?? NaN;
        this.endRadius[i] = q?.radius_m ?? 0;
        this.endVague[i] = q && !q.radius_m && q.precision !== "computed" ? 1 : 0;
        this.bearing[i] = e.bearing_deg ?? NaN;
        this.distance[i] = e.distance_m ?? NaN;
        this.region[i] = e.region;
    }

    private putFacets(i: number, e: EventItem): void {
        const prefixes: string[] = [];
        for (let at = e.type.indexOf("."); at >= 0; at = e.type.indexOf(".", at + 1)) prefixes.push(e.type.slice(0, at));
        prefixes.push(e.type);
        const claims = e.fields ?? {};
        const weapons = e.weapon ?? [...new Set((claims.weapon_class ?? []).map((c) => c.text ?? String(c.value)))];
        const sources = e.sources ?? [...new Set(Object.values(claims).flatMap((list) => list.map((c) => c.sources[c.sources.length - 1] ?? "")))].filter(Boolean);
        const marks: string[] = [];
        if (e.conflict) marks.push("conflict");
        if (e.denial) marks.push("denial");
        if (e.withheld) marks.push("withheld");
        if (e.revised) marks.push("revised");
        if (e.n_sources > 1) marks.push("agree");
        this.facets.type.put(i, prefixes);
        this.facets.actor.put(i, e.country ? [e.country] : []);
        this.facets.weapon.put(i, weapons);
        this.facets.place.put(i, [...new Set([e.place?.name ?? "", e.end?.name ?? ""])].filter(Boolean));
        this.facets.source.put(i, sources);
        this.facets.status.put(i, [e.certainty]);
        this.facets.mark.put(i, marks);
        this.haystack[i] = [e.id, e.headline, e.type, e.actor, this.placeName[i], ...weapons, ...sources].join("\n").toLowerCase();
    }
}
