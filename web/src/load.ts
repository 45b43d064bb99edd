/* load.ts - brings the events of the ledger into the store, page by page, and tells of new ones. Up to MOST events are held; a larger
 * ledger is asked with the conditions themselves, so that what is held is what was asked for. */
import { get, type EventItem } from "./api";
import type { State } from "./state";
import type { Store } from "./store";

export const MOST = 200000;
const PAGE = 1000;

interface Page {
    events: EventItem[];
    next?: string | null;
    total?: number | null; /* null: not counted */
}

export interface Progress {
    held: number;
    total: number;
    done: boolean;
    capped: boolean; /* the ledger has more than are held */
    trouble: string;
}

export class Loader {
    private run = 0;
    progress: Progress = { held: 0, total: 0, done: false, capped: false, trouble: "" };

    constructor(private readonly store: () => Store, private readonly told: () => void) {}

    /* Loads all events as known on a day; with ask, only those that the host finds for that span of time. */
    async load(asOf: string, ask: Pick<State, "since" | "until"> | null = null): Promise<void> {
        const mine = ++this.run;
        this.progress = { held: 0, total: 0, done: false, capped: false, trouble: "" };
        let cursor = "", last = -1e9, pause = 300; /* milliseconds until it is drawn again: longer as there is more to draw */
        try {
            do {
                const page: Page = await get<Page>("/events", { view: "list", sort: "-time", limit: PAGE, cursor, as_of: asOf, since: ask?.since, until: ask?.until });
                if (mine !== this.run) return;
                this.store().add(page.events);
                cursor = page.next ?? "";
                this.progress = { held: this.store().n, total: page.total ?? Math.max(this.progress.total, this.store().n), done: !cursor, capped: false, trouble: "" };
                if (!cursor || performance.now() - last > pause) {
                    this.told();
                    last = performance.now();
                    pause = Math.min(pause * 2, 5000);
                }
            } while (cursor && this.store().n < MOST);
            this.progress.done = true;
            this.progress.capped = cursor !== "";
        } catch (e) {
            if (mine !== this.run) return;
            this.progress = { ...this.progress, done: true, trouble: (e as Error).message };
        }
        this.told();
    }
}

/* The ids that the host's full-text search finds, as many as it gives in a few pages. */
export async function search(q: string, asOf: string, signal: AbortSignal): Promise<Set<string>> {
    const ids = new Set<string>();
    let cursor = "";
    for (let pages = 0; pages < 20; pages++) {
        const page = await get<Page>("/events", { view: "list", q, limit: PAGE, cursor, as_of: asOf }, signal);
        for (const e of page.events) ids.add(e.id);
        cursor = page.next ?? "";
        if (!cursor) break;
    }
    return ids;
}

/* New events as the host tells of them. */
export function follow(told: () => void): void {
    if (typeof EventSource !== "function") return;
    const s = new EventSource("/api/v1/stream");
    for (const name of ["message", "event", "events", "report"]) s.addEventListener(name, told);
    let failures = 0;
    s.onerror = () => {
        if (++failures > 5) s.close();
    };
}
