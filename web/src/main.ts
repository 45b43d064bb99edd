/* main.ts - the page: sets up the views, keeps them at what the address says, and hands keys to where they belong. */
import { getOnce, type Reading } from "./api";
import { DossierView } from "./dossier";
import { announce, fill, h, later, oncePerFrame, said } from "./dom";
import { Facets } from "./facets";
import { Filter, span, type Shown } from "./filter";
import { help, keysWanted } from "./help";
import { List } from "./list";
import { follow, Loader, search } from "./load";
import { WorldMap } from "./map";
import { PasteView } from "./paste";
import { ReadingView } from "./reading";
import { FACETS, go, linkTo, onChange, openEvent, start, state, type State } from "./state";
import { Store } from "./store";
import { Table } from "./table";
import { DAY, dayOf, parseInstant, words as timeWords } from "./time";
import { Timeline } from "./timeline";
import { count, number } from "./words";
import { restoreTheme, switchTheme } from "./theme";

class Page {
    private store = new Store();
    private filter = new Filter(this.store);
    private shown: Shown | null = null;
    private loadedFor = "";
    private asking: AbortController | null = null;
    private readonly loader = new Loader(() => this.store, () => this.refresh());
    private readonly map = new WorldMap(this.store, { chosen: (r) => this.open(r), hovered: (r) => this.hovered(r), moved: later(200, () => go({ at: this.map.where() })) });
    private readonly timeline = new Timeline(this.store, { brushed: (since, until) => go({ since, until }), chosen: (r) => this.open(r), hovered: (r) => this.hovered(r) });
    private readonly list = new List(this.store, { chosen: (r) => this.open(r), hovered: (r) => this.hovered(r) });
    private readonly table = new Table(this.store, (r) => this.open(r));
    private readonly facets = new Facets(this.store, () => this.map.box());
    private readonly dossier = new DossierView(this.store, () => this.backToList());
    private readonly paste = new PasteView();
    private readonly reportBox = h("article", { class: "report-page", tabindex: "-1" });
    private readonly search = h("input", { type: "search", placeholder: "Search events and reports", "aria-label": "Search events and reports", "data-key": "q", dir: "auto", spellcheck: "false" });
    private readonly asOf = h("input", { type: "date", "aria-label": "As known on", title: "As known on this day", "data-key": "asof", onchange: () => go({ asOf: this.asOf.value }, true) });
    private readonly zones = h("select", { "aria-label": "Time zone", title: "Time zone of what is shown", "data-key": "zone", onchange: () => go({ zone: this.zones.value as State["zone"] }) },
        h("option", { value: "event" }, "local time of events"), h("option", { value: "utc" }, "UTC"), h("option", { value: "own" }, "my time"));
    private readonly views = h("nav", { class: "views", "aria-label": "Views" });
    private readonly news = h("button", { type: "button", class: "primary news", hidden: true, onclick: () => this.reload() });
    private readonly side = h("aside", { class: "side", "aria-label": "Conditions" }, this.facets.element);
    private readonly stage = h("div", { class: "stage" });
    private readonly main = h("main", { id: "main" });
    private readonly refreshSoon = oncePerFrame(() => this.render());

    begin(): void {
        restoreTheme();
        this.search.addEventListener("input", later(120, () => go({ q: this.search.value.trim() })));
        this.stage.append(this.map.element, this.timeline.element);
        fill(this.main, this.side, this.list.element, this.stage, this.table.element, this.dossier.element, this.reportBox, this.paste.element);
        const header = h("header", { class: "top" },
            h("a", { class: "skip", href: "#main", onclick: (e: Event) => (e.preventDefault(), this.list.element.querySelector<HTMLElement>("[tabindex]")?.focus()) }, "To the events"),
            h("a", { class: "name", href: "/", onclick: (e: MouseEvent) => this.home(e) }, "Sillok"), h("div", { class: "search", role: "search" }, this.search), this.views, h("span", { class: "spacer" }), this.news,
            h("label", { class: "top-label" }, h("span", null, "As known on"), this.asOf), this.zones,
            h("button", { type: "button", title: "Conditions", "aria-label": "Show or hide conditions", class: "quiet narrow-only", onclick: () => document.body.classList.toggle("with-side") }, "☰"),
            h("button", { type: "button", class: "quiet", title: "Light or dark", "aria-label": "Light or dark", "data-key": "theme", onclick: () => this.theme() }, "◐"),
            h("button", { type: "button", class: "quiet", title: "Help and keys", "aria-label": "Help and keys", "data-key": "help", onclick: () => help() }, "?"));
        document.body.replaceChildren(header, this.main);
        document.body.classList.add("app");
        onChange((now, before) => this.changed(now, before));
        start();
        addEventListener("keydown", (e) => this.key(e));
        this.main.addEventListener("click", (e) => this.link(e));
        matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.recolour());
        for (const when of ["beforeprint", "afterprint"]) addEventListener(when, () => this.recolour());
        if (state().at) this.map.goTo(state().at);
        this.changed(state(), null);
        follow(later(800, () => void this.ask()));
    }

    /* ---------------------------------------------------------------- what the address says */

    private changed(now: State, before: State | null): void {
        if (document.activeElement !== this.search && this.search.value !== now.q) this.search.value = now.q;
        this.asOf.value = now.asOf.slice(0, 10);
        this.zones.value = now.zone;
        document.body.dataset.open = now.open === "list" ? now.view : now.open;
        if (this.loadedFor !== now.asOf || !before) {
            this.loadedFor = now.asOf;
            if (before) this.forget();
            void this.loader.load(now.asOf);
        }
        else if (this.narrowed || this.loader.progress.capped)
            if (now.since !== before.since || now.until !== before.until) this.askForSpan();
        if (now.q !== before?.q || now.asOf !== before?.asOf) this.searchHost(now);
        if (before && now.at !== before.at && now.at !== this.map.where()) this.map.goTo(now.at);
        this.drawViews(now);
        if (now.open === "event") void this.dossier.show(now.id, now.asOf);
        else if (now.open === "report" && (before?.open !== "report" || before.id !== now.id)) void this.report(now.id);
        else if (now.open === "list") {
            document.title = now.view === "read" ? "Read a story — Sillok" : "Sillok";
            if (now.view === "read" && before && (before.view !== "read" || before.open !== "list")) this.paste.focus();
        }
        this.render();
    }

    /* A ledger with more events than the page holds is asked for the chosen span of time. */
    private narrowed = false;
    private readonly askForSpan = later(500, () => {
        const s = state();
        this.narrowed = true;
        this.forget();
        void this.loader.load(s.asOf, { since: s.since.slice(0, 10), until: s.until.slice(0, 10) });
    });

    /* The columns are emptied in place: views hold on to the store. */
    private forget(): void {
        Object.assign(this.store, new Store(), { version: this.store.version + 1 });
        this.filter = new Filter(this.store);
    }

    private refresh(): void {
        this.refreshSoon();
    }

    private render(): void {
        const s = state();
        const shown = (this.shown = this.filter.run(s));
        document.body.dataset.filterMs = shown.took.toFixed(1);
        this.heads(shown);
        this.facets.show(shown);
        const row = s.open === "event" ? this.store.row(s.id) : -1;
        this.dossier.listed();
        this.list.show(shown);
        if (s.open === "list" && s.view === "map") {
            this.map.show(shown);
            this.timeline.show(shown, span(s));
        }
        if (s.open === "list" && s.view === "table") this.table.show(shown);
        this.map.choose(row);
        this.timeline.choose(row);
        this.list.choose(row);
    }

    private heads(shown: Shown): void {
        const p = this.loader.progress, c = this.store;
        const words = count(shown.rows.length, "event") + (shown.rows.length < c.n ? " of " + number(c.n) : "");
        const loading = p.trouble ? " — the host cannot be reached: " + p.trouble : !p.done ? " — loading " + number(p.held) + (p.total > p.held ? " of " + number(p.total) : "") : p.capped ? " — the newest " + number(c.n) + (p.total > c.n ? " of " + number(p.total) : "") + "; choose a time to see others" : "";
        const sort = h("select", { "aria-label": "Order", "data-key": "sort", onchange: (e: Event) => go({ sort: (e.target as HTMLSelectElement).value }) },
            [["-time", "newest first"], ["time", "oldest first"], ["-reports", "most reports"], ["-sources", "most sources"], ["type", "by type"], ["actor", "by actor"]].map(([v, w]) => h("option", { value: v, selected: state().sort === v }, w)));
        const keep = document.activeElement instanceof HTMLSelectElement && document.activeElement.dataset.key === "sort";
        this.list.setHead(h("span", { class: "list-count", role: "status" }, words + loading), this.conditions(), sort, this.dayButtons());
        if (keep) this.list.element.querySelector<HTMLElement>('[data-key="sort"]')?.focus();
    }

    private conditions(): HTMLElement {
        const s = state();
        const n = FACETS.reduce((sum, f) => sum + s.chosen[f].length, 0) + (s.q ? 1 : 0) + (s.since || s.until ? 1 : 0) + (s.bbox ? 1 : 0);
        return n ? h("button", { type: "button", class: "quiet", "data-key": "clear", onclick: () => this.clear() }, "Clear " + count(n, "condition")) : h("span", null);
    }

    private dayButtons(): HTMLElement {
        const s = state(), one = s.since && s.since.slice(0, 10) === s.until.slice(0, 10);
        return h("span", { class: "days", role: "group", "aria-label": "Day" }, h("button", { type: "button", title: "The day before ([)", "aria-label": "The day before", "data-key": "daybefore", onclick: () => this.day(-1) }, "‹"),
            h("span", { class: "day-word" }, one ? s.since.slice(0, 10) : "any day"), h("button", { type: "button", title: "The day after (])", "aria-label": "The day after", "data-key": "dayafter", onclick: () => this.day(1) }, "›"));
    }

    /* The next or last day on which something took place. */
    private day(by: number): void {
        const s = state(), c = this.store, now = parseInstant(s.since)?.from ?? (by > 0 ? -Infinity : Infinity);
        let best = NaN;
        for (let i = 0; i < c.n; i++) {
            if (!this.shown!.withoutTime[i] || Number.isNaN(c.from[i]) || c.to[i] - c.from[i] > 3 * DAY) continue;
            const d = Math.floor(c.from[i] / DAY) * DAY;
            if (by > 0 ? d > now && !(d >= best) : d < now && !(d <= best)) best = d;
        }
        if (Number.isNaN(best)) return announce("There is no further day with an event.");
        go({ since: dayOf(best), until: dayOf(best) });
        announce(dayOf(best));
    }

    private drawViews(s: State): void {
        const view = (v: State["view"], label: string): HTMLElement => h("a", { href: linkTo({ open: "list", id: "", view: v }), class: "view", "data-key": "view-" + v, "aria-current": s.open === "list" && s.view === v ? "page" : undefined, onclick: (e: MouseEvent) => this.plain(e) && go({ open: "list", id: "", view: v }, true) }, label);
        const key = (document.activeElement as HTMLElement | null)?.dataset?.key;
        fill(this.views, view("map", "Map"), view("table", "Table"), view("read", "Read a story"));
        if (key?.startsWith("view-")) this.views.querySelector<HTMLElement>('[data-key="' + key + '"]')?.focus();
    }

    /* ---------------------------------------------------------------- acts */

    private plain(e: MouseEvent): boolean {
        if (e.ctrlKey || e.metaKey || e.shiftKey || e.button) return false;
        e.preventDefault();
        return true;
    }

    private home(e: MouseEvent): void {
        if (this.plain(e)) this.clear({ open: "list", id: "", view: "map" });
    }

    private clear(more: Partial<State> = {}): void {
        const chosen = {} as State["chosen"];
        for (const f of FACETS) chosen[f] = [];
        this.search.value = "";
        go({ q: "", chosen, since: "", until: "", bbox: "", ...more }, true);
    }

    private open(row: number): void {
        if (row >= 0) openEvent(this.store.id[row]);
    }

    private backToList(): void {
        go({ open: "list", id: "", claim: "", report: "" }, true);
        this.list.element.querySelector<HTMLElement>("[data-key=list]")?.focus();
    }

    private hovered(row: number): void {
        this.map.hoverRow(row, false);
        this.timeline.hoverRow(row);
    }

    /* Links to events and reports stay in the page. */
    private link(e: MouseEvent): void {
        const a = (e.target as Element).closest?.("a");
        if (!a || a.origin !== location.origin || a.hasAttribute("download") || e.defaultPrevented || a.pathname.startsWith("/api/")) return;
        const [, kind, id] = a.pathname.match(/^\/(events|reports)\/([^/]+)$/) ?? [];
        if (!kind || !this.plain(e)) return;
        const p = new URL(a.href).searchParams;
        go({ open: kind === "events" ? "event" : "report", id: decodeURIComponent(id), claim: p.get("claim") ?? "", report: p.get("report") ?? "", asOf: p.get("as_of") ?? state().asOf }, true);
        scrollTo(0, 0);
    }

    private async report(id: string): Promise<void> {
        fill(this.reportBox, h("p", { class: "loading" }, "Loading …"));
        try {
            const r = await getOnce<Reading>("/reports/" + encodeURIComponent(id));
            if (state().open !== "report" || state().id !== id) return;
            document.title = (r.report.title ?? id) + " — Sillok";
            fill(this.reportBox, h("div", { class: "dossier-actions" }, h("a", { class: "button", href: linkTo({ open: "list", id: "" }), onclick: (e: MouseEvent) => this.plain(e) && this.backToList() }, "← Events"), h("span", { class: "spacer" }), h("button", { type: "button", onclick: () => print() }, "Print")),
                h("h1", null, said(r.report.title ?? id)), h("p", { class: "dossier-line" }, r.report.outlet && said(r.report.outlet), r.report.author && said(r.report.author), r.report.published && h("span", null, timeWords(parseInstant(r.report.published), state().zone, true) + (r.report.published_basis ? " (" + r.report.published_basis + ")" : "")), h("code", null, r.report.id)),
                new ReadingView(r).element);
        } catch (e) {
            fill(this.reportBox, h("p", { class: "trouble", role: "alert" }, "The report could not be loaded: " + (e as Error).message));
        }
        this.reportBox.focus({ preventScroll: true });
    }

    /* The words are looked for in all reports too, which only the host can do. */
    private searchHost(s: State): void {
        this.asking?.abort();
        this.filter.found = null;
        if (s.q.length < 2) return;
        const asking = (this.asking = new AbortController());
        search(s.q, s.asOf, asking.signal).then((ids) => {
            if (asking.signal.aborted) return;
            this.filter.found = { q: s.q, ids };
            this.refresh();
        }, () => undefined);
    }

    /* The host has told of something new: how much is it? */
    private async ask(): Promise<void> {
        const before = this.loader.progress.total;
        try {
            const r = await fetch("/api/v1/events?limit=1", { credentials: "omit" });
            const n = ((await r.json()) as { total?: number }).total ?? 0;
            this.news.hidden = n <= before;
            this.news.textContent = count(n - before, "new event");
            if (n > before) announce(this.news.textContent);
        } catch {
            this.news.hidden = true;
        }
    }

    private reload(): void {
        this.news.hidden = true;
        this.forget();
        void this.loader.load(state().asOf);
    }

    private theme(): void {
        switchTheme();
        this.recolour();
    }
    private recolour(): void {
        this.map.recolour();
        this.timeline.recolour();
        this.dossier.recolour();
    }

    /* ---------------------------------------------------------------- keys */

    private key(e: KeyboardEvent): void {
        const t = e.target as HTMLElement;
        if (e.key === "Escape") return this.escape(t);
        if (e.ctrlKey || e.metaKey || e.altKey || t.matches("input:not([type=checkbox]), textarea, select") || document.querySelector("dialog[open]") || !keysWanted()) return;
        const s = state();
        const acts: Record<string, () => void> = {
            "/": () => this.search.focus(), m: () => go({ open: "list", id: "", view: "map" }, true), t: () => go({ open: "list", id: "", view: "table" }, true), p: () => go({ open: "list", id: "", view: "read" }, true),
            j: () => this.next(1), k: () => this.next(-1), "[": () => this.day(-1), "]": () => this.day(1), d: () => this.theme(), "?": () => help(),
            z: () => go({ zone: s.zone === "event" ? "utc" : s.zone === "utc" ? "own" : "event" }), b: () => go({ background: !s.background }), l: () => this.list.element.querySelector<HTMLElement>("[data-key=list]")?.focus(),
        };
        const act = acts[e.key];
        if (!act) return;
        e.preventDefault();
        act();
    }

    private next(by: number): void {
        const row = this.list.step(by);
        if (row < 0) return;
        if (state().open === "event") this.open(row);
        else this.list.element.querySelector<HTMLElement>("[data-key=list]")?.focus();
    }

    private escape(t: HTMLElement): void {
        if (document.querySelector("dialog[open]")) return;
        if (t === this.search) t.blur();
        else if (state().claim) go({ claim: "" });
        else if (state().open !== "list") this.backToList();
    }
}

new Page().begin();
