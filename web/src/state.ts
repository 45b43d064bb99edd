/* state.ts - what is looked at, and its address. Every state has a permalink: the path says what is open (/, /events/ID,
 * /reports/ID), the query everything else. Whoever opens the address sees the same. */

export type Zone = "event" | "utc" | "own";
export type View = "map" | "table" | "read";
export const FACETS = ["type", "actor", "weapon", "place", "source", "status", "mark"] as const;
export type Facet = (typeof FACETS)[number];

export interface State {
    open: "list" | "event" | "report";
    id: string; /* of what is open */
    view: View;
    q: string;
    chosen: Record<Facet, string[]>;
    background: boolean; /* events that are no report's news too */
    since: string; /* days or minutes, UTC; "" open */
    until: string;
    bbox: string; /* west,south,east,north */
    asOf: string;
    zone: Zone;
    sort: string;
    at: string; /* of the map: lat,lon,zoom */
    report: string; /* in a dossier: the report whose text is shown */
    claim: string; /* in a dossier: the value asked about, "distance.2" */
}

const VIEWS = ["map", "table", "read"], ZONES = ["event", "utc", "own"];
const one = <T extends string>(value: string | null, of: readonly string[], otherwise: T): T =>
    value !== null && of.includes(value) ? (value as T) : otherwise;

export function parse(url: URL): State {
    const p = url.searchParams;
    const [, kind, id] = url.pathname.match(/^\/(events|reports)\/([^/]+)$/) ?? [];
    const chosen = {} as Record<Facet, string[]>;
    for (const f of FACETS) chosen[f] = p.getAll(f);
    return {
        open: kind === "events" ? "event" : kind === "reports" ? "report" : "list",
        id: id ? safeDecode(id) : "",
        view: one(p.get("view"), VIEWS, "map"),
        q: p.get("q") ?? "",
        chosen,
        background: p.get("background") === "1",
        since: p.get("since") ?? "",
        until: p.get("until") ?? "",
        bbox: p.get("bbox") ?? "",
        asOf: p.get("as_of") ?? "",
        zone: one(p.get("zone"), ZONES, "event"),
        sort: p.get("sort") ?? "-time",
        at: p.get("at") ?? "",
        report: p.get("report") ?? "",
        claim: p.get("claim") ?? "",
    };
}

function safeDecode(s: string): string {
    try {
        return decodeURIComponent(s);
    } catch {
        return s;
    }
}

export function address(s: State): string {
    const p = new URLSearchParams();
    const put = (name: string, value: string, otherwise = ""): void => {
        if (value !== otherwise) p.set(name, value);
    };
    put("view", s.view, "map");
    put("q", s.q);
    for (const f of FACETS) for (const v of s.chosen[f]) p.append(f, v);
    put("background", s.background ? "1" : "");
    put("since", s.since);
    put("until", s.until);
    put("bbox", s.bbox);
    put("as_of", s.asOf);
    put("zone", s.zone, "event");
    put("sort", s.sort, "-time");
    put("at", s.at);
    if (s.open === "event") {
        put("report", s.report);
        put("claim", s.claim);
    }
    const path = s.open === "list" ? "/" : (s.open === "event" ? "/events/" : "/reports/") + encodeURIComponent(s.id);
    const query = p.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
    return query ? path + "?" + query : path;
}

type Listener = (now: State, before: State) => void;
const listeners: Listener[] = [];
let current: State = parse(new URL(location.href));

export const state = (): State => current;
export const onChange = (f: Listener): void => void listeners.push(f);

/* Changes the state; with push, "back" leads to the one before. */
export function go(change: Partial<State>, push = false): void {
    const before = current;
    current = { ...before, ...change };
    const to = address(current);
    if (to !== address(before)) history[push ? "pushState" : "replaceState"](null, "", to);
    for (const f of listeners) f(current, before);
}

export function openEvent(id: string, more: Partial<State> = {}): void {
    go({ open: "event", id, report: "", claim: "", ...more }, true);
}

export function start(): void {
    addEventListener("popstate", () => {
        const before = current;
        current = parse(new URL(location.href));
        for (const f of listeners) f(current, before);
    });
}

/* The address of a state that differs from the current one: for links, which then work in a new tab too. */
export const linkTo = (change: Partial<State>): string => address({ ...current, ...change });
