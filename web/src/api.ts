/* api.ts - what the page asks of its host, and the shapes of the answers (openapi.json of the host says all of it). */

export interface Span {
    start: number; /* Unicode code points of the report's text */
    end: number;
    quote?: string;
}
export interface PlaceValue {
    name?: string;
    lat?: number;
    lon?: number;
    precision?: string; /* site, town, region, country, sea, computed, ... */
    radius_m?: number; /* the true place lies within, nine times of ten */
}
export interface RegionValue {
    from_deg: number;
    to_deg: number;
    least_m: number;
    most_m: number;
}
export interface Claim {
    value: unknown;
    text?: string;
    country?: string;
    report: string;
    sources: string[];
    root?: string;
    party?: boolean;
    stance?: string;
    certainty?: string;
    basis: string;
    note?: string;
    rule?: string;
    evidence: Span[];
    group?: number;
    superseded_by?: string;
}
export interface EventItem {
    id: string;
    type: string;
    headline?: string; /* of the report whose news it is */
    time?: string | { text?: string; value?: string; earliest?: string; latest?: string; zone?: string };
    earliest?: string;
    latest?: string;
    zone?: string;
    actor?: string;
    country?: string;
    place?: PlaceValue;
    end?: PlaceValue;
    bearing_deg?: number;
    distance_m?: number;
    region?: RegionValue;
    certainty: string;
    main: boolean;
    n_reports: number;
    n_sources: number;
    conflict?: boolean;
    denial?: boolean;
    withheld?: boolean;
    revised?: boolean;
    weapon?: string[];
    sources?: string[];
    fields?: Record<string, Claim[]>;
    reports?: { id: string; main: boolean }[];
}
export interface Group {
    text: string;
    claims: number;
    reports: number;
    sources: number;
    parties: number;
}
export interface DossierReport {
    id: string;
    main: boolean;
    sha256?: string;
    title?: string;
    outlet?: string;
    source?: string;
    url?: string;
    published?: string;
    same_story?: string;
}
export interface Dossier extends EventItem {
    fields: Record<string, Claim[]>;
    agreement: Record<string, { conflict: boolean; corroborated: boolean; groups: Group[] }>;
    withheld_list: { field: string; report: string; sources: string[]; root?: string; evidence: Span[] }[];
    checks: { kind: string; verdict: string; says: string; report: string; evidence: Span[]; against: string[] }[];
    reports: DossierReport[];
    mentions: { report: string; start: number; end: number }[];
    tellings: {
        report: string;
        type: string;
        plover?: string;
        plover_mode?: string;
        cameo?: string;
        trigger: Span;
        main: boolean;
        main_reason?: string;
        certainty: string;
        link_reason?: string;
    }[];
}
export interface ReadingEvent {
    id: string;
    type: string;
    trigger: Span;
    main?: boolean;
    main_reason?: string;
    certainty?: string;
    rules?: Record<string, string>;
    fields: Record<string, { value: unknown; evidence: Span[]; basis: string; attributions?: string[]; note?: string; rule?: string }[]>;
    withheld?: { field: string; by?: string; evidence: Span[] }[];
}
export interface Reading {
    report: {
        id: string;
        title?: string;
        outlet?: string;
        author?: string;
        published?: string;
        published_basis?: string;
        language?: string;
        unread?: boolean;
        source?: string;
        text: string;
    };
    actors?: { id: string; name?: string }[];
    attributions?: { id: string; actor?: string; stance: string; certainty?: string; cue: Span[]; source?: Span[]; inside?: string }[];
    places?: (Span & { name?: string; lat?: number; lon?: number; relative?: { bearing_deg?: number; distance_m?: number; region?: RegionValue } })[];
    events?: ReadingEvent[];
    checks?: { kind: string; verdict: string; says: string; evidence?: Span[] }[];
}

export class Refused extends Error {
    constructor(readonly status: number, words: string) {
        super(words);
    }
}

async function answer(r: Response): Promise<unknown> {
    if (r.ok) return r.json();
    let words = r.status + " " + r.statusText;
    try {
        const body = await r.json();
        words = body.detail ?? body.message ?? body.error?.message ?? body.error ?? body.title ?? words;
    } catch {
        /* no words of its own */
    }
    throw new Refused(r.status, typeof words === "string" ? words : String(r.status));
}

const BASE = "/api/v1";
export async function get<T>(path: string, query: Record<string, string | number | undefined> = {}, signal?: AbortSignal): Promise<T> {
    const p = new URLSearchParams();
    for (const k in query) if (query[k] !== undefined && query[k] !== "") p.set(k, String(query[k]));
    const q = p.toString();
    const r = await fetch(BASE + path + (q ? "?" + q : ""), { headers: { Accept: "application/json" }, credentials: "omit", signal });
    return (await answer(r)) as T;
}

/* Posts a text; what is known about it goes into the query. */
export async function post<T>(path: string, about: Record<string, string>, text: string, token = ""): Promise<T> {
    const headers: Record<string, string> = { Accept: "application/json", "Content-Type": "text/plain; charset=utf-8" };
    if (token) headers.Authorization = "Bearer " + token;
    const q = new URLSearchParams(about).toString();
    const r = await fetch(BASE + path + (q ? "?" + q : ""), { method: "POST", headers, body: text, credentials: "omit" });
    return (await answer(r)) as T;
}

const whole = new Map<string, Promise<unknown>>();
/* As get, remembered as long as the page is open: for reports, which never change. */
export function getOnce<T>(path: string): Promise<T> {
    let p = whole.get(path) as Promise<T> | undefined;
    if (!p) {
        p = get<T>(path);
        p.catch(() => whole.delete(path));
        whole.set(path, p);
    }
    return p;
}

export async function dossier(id: string, asOf: string): Promise<Dossier> {
    const d = await get<Dossier & { withheld: Dossier["withheld_list"] }>("/events/" + encodeURIComponent(id), { as_of: asOf });
    return { ...d, withheld_list: Array.isArray(d.withheld) ? d.withheld : [] } as unknown as Dossier;
}
