/* timeline.ts - when the events took place: each as long as its time is uncertain while there are few, columns of numbers where there
 * are many; longer silences are hatched and said. Drawing over it chooses a span of time for map and list; the two handles do the
 * same with the arrow keys (Shift: ten times as far, Home and End: to the ends). */
import { announce, colour, fit, h, oncePerFrame } from "./dom";
import type { Shown } from "./filter";
import type { Store } from "./store";
import { DAY, dayOf, length } from "./time";
import { path2d } from "./words";

const LANE = 19, AXIS = 20, MOST_LANES_SHOWN = 400;

export class Timeline {
    readonly element: HTMLElement;
    private readonly canvas: HTMLCanvasElement;
    private readonly note: HTMLElement;
    private readonly handles: [HTMLElement, HTMLElement];
    private shown: Shown | null = null;
    private from = 0; /* what is in view, UTC ms */
    private to = 1;
    private whole: [number, number] = [0, 1];
    private since = -Infinity;
    private until = Infinity;
    private chosenRow = -1;
    private hover = -1;
    private drag: { at: number; to: number } | null = null;
    private hits: { x0: number; x1: number; y: number; row: number }[] = [];
    private version = -1;
    private readonly redraw: () => void;

    constructor(private readonly store: Store, private readonly hooks: { brushed: (since: string, until: string) => void; chosen: (row: number) => void; hovered: (row: number) => void }) {
        this.canvas = h("canvas", { class: "time-canvas", "aria-hidden": "true" });
        const handle = (which: 0 | 1, label: string): HTMLElement =>
            h("div", { class: "time-handle", tabindex: "0", role: "slider", "aria-label": label, "data-key": "time" + which, onkeydown: (e: KeyboardEvent) => this.key(e, which) });
        this.handles = [handle(0, "Events since"), handle(1, "Events until")];
        this.note = h("span", { class: "time-note" });
        const button = (sign: string, label: string, act: () => void): HTMLElement => h("button", { type: "button", title: label, "aria-label": label, onclick: act }, sign);
        this.element = h("section", { class: "timeline", "aria-label": "Timeline" },
            h("div", { class: "time-head" }, h("h2", null, "Timeline"), this.note,
                h("span", { class: "time-buttons", role: "group", "aria-label": "Timeline" },
                    button("‹", "Earlier", () => this.shift(-0.5)), button("›", "Later", () => this.shift(0.5)), button("+", "Zoom in on time", () => this.zoom(0.5)), button("−", "Zoom out of time", () => this.zoom(2)), button("⤢", "Show all of time", () => this.showAll()))),
            h("div", { class: "time-body" }, this.canvas, ...this.handles));
        this.redraw = oncePerFrame(() => this.draw());
        this.listen();
        new ResizeObserver(() => this.redraw()).observe(this.element);
    }

    show(shown: Shown, span: [number, number]): void {
        this.shown = shown;
        [this.since, this.until] = span;
        if (this.version !== this.store.version) {
            this.version = this.store.version;
            this.measure();
        }
        this.redraw();
    }
    choose(row: number): void {
        this.chosenRow = row;
        this.redraw();
    }
    hoverRow(row: number): void {
        if (row === this.hover) return;
        this.hover = row;
        this.redraw();
    }
    recolour(): void {
        this.redraw();
    }

    /* The span of the events, but not of those far off: a treaty of 1988 among this year's launches would squeeze these to a line. */
    private measure(): void {
        const c = this.store;
        const times: number[] = [];
        for (let i = 0; i < c.n; i++) if (!Number.isNaN(c.from[i]) && (c.main[i] || this.shown?.withoutTime[i])) times.push(c.from[i]);
        if (!times.length) for (let i = 0; i < c.n; i++) if (!Number.isNaN(c.from[i])) times.push(c.from[i]);
        if (!times.length) {
            this.whole = [Date.UTC(2000, 0, 1), Date.UTC(2001, 0, 1)];
        } else {
            const sorted = Float64Array.from(times).sort();
            const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
            const reach = 6 * Math.max(at(0.75) - at(0.25), 30 * DAY);
            const low = Math.max(at(0.01), at(0.25) - reach), high = Math.min(at(0.99), at(0.75) + reach);
            const pad = Math.max((high - low) * 0.04, 2 * DAY);
            this.whole = [low - pad, high + DAY + pad * (sorted.length < 60 ? 6 : 1)]; /* room for the last one's name */
        }
        [this.from, this.to] = this.whole;
    }

    showAll(): void {
        [this.from, this.to] = this.whole;
        this.redraw();
    }
    private zoom(by: number, around = (this.from + this.to) / 2): void {
        const least = 36e5, most = 400 * 365 * DAY;
        const span = Math.max(least, Math.min(most, (this.to - this.from) * by));
        const share = (around - this.from) / (this.to - this.from);
        this.from = around - span * share;
        this.to = this.from + span;
        this.redraw();
    }
    private shift(by: number): void {
        const d = (this.to - this.from) * by;
        this.from += d;
        this.to += d;
        this.redraw();
    }

    private width(): number {
        return this.canvas.clientWidth || 1;
    }
    private x(t: number): number {
        return ((t - this.from) / (this.to - this.from)) * this.width();
    }
    private t(x: number): number {
        return this.from + (x / this.width()) * (this.to - this.from);
    }

    /* ---------------------------------------------------------------- hands */

    private listen(): void {
        const c = this.canvas;
        const at = (e: MouseEvent): number => e.clientX - c.getBoundingClientRect().left;
        const hit = (e: MouseEvent): number => {
            const x = at(e), y = e.clientY - c.getBoundingClientRect().top;
            return this.hits.find((b) => x >= b.x0 - 3 && x <= b.x1 + 3 && Math.abs(y - b.y) <= LANE / 2)?.row ?? -1;
        };
        c.addEventListener("pointerdown", (e) => {
            c.setPointerCapture(e.pointerId);
            this.drag = { at: at(e), to: at(e) };
        });
        c.addEventListener("pointermove", (e) => {
            if (!this.drag) {
                const row = hit(e);
                c.style.cursor = row >= 0 ? "pointer" : "crosshair";
                this.hooks.hovered(row);
                return;
            }
            this.drag.to = at(e);
            if (Math.abs(this.drag.to - this.drag.at) > 4) this.brush(this.t(Math.min(this.drag.at, this.drag.to)), this.t(Math.max(this.drag.at, this.drag.to)));
        });
        c.addEventListener("pointerup", (e) => {
            const d = this.drag;
            this.drag = null;
            if (!d || Math.abs(d.to - d.at) > 4) return;
            const row = hit(e);
            if (row >= 0) this.hooks.chosen(row);
            else if (this.since !== -Infinity || this.until !== Infinity) this.hooks.brushed("", "");
        });
        c.addEventListener("wheel", (e) => {
            e.preventDefault();
            if (Math.abs(e.deltaX) > Math.abs(e.deltaY)) this.shift(e.deltaX / this.width());
            else this.zoom(e.deltaY > 0 ? 1.25 : 0.8, this.t(at(e)));
        }, { passive: false });
    }

    private brush(from: number, to: number): void {
        const days = this.to - this.from > 6 * DAY;
        const form = (t: number): string => (days ? dayOf(t) : new Date(t).toISOString().slice(0, 16) + "Z");
        this.hooks.brushed(form(from), form(to));
    }

    private key(e: KeyboardEvent, which: 0 | 1): void {
        const unit = Math.max(DAY, (this.to - this.from) / 200) * (e.shiftKey ? 10 : 1);
        const now = which === 0 ? Math.max(this.since, this.from) : Math.min(this.until === Infinity ? Infinity : this.until - DAY, this.to);
        let t: number | null = null;
        if (e.key === "ArrowRight" || e.key === "ArrowUp") t = now + unit;
        else if (e.key === "ArrowLeft" || e.key === "ArrowDown") t = now - unit;
        else if (e.key === "Home") t = which === 0 ? -Infinity : this.from;
        else if (e.key === "End") t = which === 0 ? this.to : Infinity;
        if (t === null) return;
        e.preventDefault();
        e.stopPropagation();
        const since = which === 0 ? t : this.since, until = which === 1 ? t : this.until === Infinity ? Infinity : this.until - DAY;
        const open = (v: number): string => (Number.isFinite(v) ? dayOf(v) : "");
        this.hooks.brushed(open(since > until ? until : since), open(until < since ? since : until));
        announce((which === 0 ? "since " : "until ") + (Number.isFinite(t) ? dayOf(t) : "the end"));
    }

    /* ---------------------------------------------------------------- drawing */

    private draw(): void {
        const { ctx, width, height } = fit(this.canvas);
        ctx.clearRect(0, 0, width, height);
        this.placeHandles(width);
        if (!this.shown) return;
        const c = this.store;
        const rows: number[] = [];
        let others = 0;
        for (let i = 0; i < c.n; i++) {
            if (!this.shown.withoutTime[i] || Number.isNaN(c.from[i]) || c.to[i] < this.from || c.from[i] > this.to) continue;
            if (rows.length <= MOST_LANES_SHOWN) rows.push(i);
            else others++;
        }
        this.hits = [];
        this.drawChosen(ctx, width, height);
        const bottom = height - AXIS;
        const room = Math.floor((bottom - 14) / LANE);
        ctx.font = "12px system-ui, sans-serif";
        const named = others ? null : this.lanes(rows, room, (i) => Math.min(190, ctx.measureText(this.nameOf(i)).width) + 8);
        const lanes = others ? null : (named ?? this.lanes(rows, room, () => 0));
        this.drawGaps(ctx, bottom);
        if (lanes) this.drawBars(ctx, rows, lanes, named !== null);
        else this.drawColumns(ctx, width, bottom);
        this.drawAxis(ctx, width, height);
        let earlier = 0, later = 0;
        for (const i of this.shown.rows) {
            if (c.to[i] < this.from) earlier++;
            if (c.from[i] > this.to) later++;
        }
        const parts: [number, string][] = [[earlier, "earlier"], [later, "later"], [this.shown.undated, "without a date"]];
        this.note.textContent = parts.filter(([n]) => n).map(([n, w]) => n.toLocaleString("en") + " " + w).join(", ");
    }

    private placeHandles(width: number): void {
        const ends = [this.since, this.until], edge = [this.from, this.to];
        this.handles.forEach((el, k) => {
            const t = Number.isFinite(ends[k]) ? ends[k] : edge[k];
            el.style.left = Math.max(0, Math.min(width, this.x(t))) + "px";
            el.setAttribute("aria-valuemin", String(Math.round(this.whole[0] / DAY)));
            el.setAttribute("aria-valuemax", String(Math.round(this.whole[1] / DAY)));
            el.setAttribute("aria-valuenow", String(Math.max(Math.round(this.whole[0] / DAY), Math.min(Math.round(this.whole[1] / DAY), Math.round(t / DAY)))));
            el.setAttribute("aria-valuetext", Number.isFinite(ends[k]) ? dayOf(k ? ends[k] - 1 : ends[k]) : "open");
        });
    }

    private drawChosen(ctx: CanvasRenderingContext2D, width: number, height: number): void {
        if (this.since === -Infinity && this.until === Infinity) return;
        const a = Math.max(0, this.x(Math.max(this.since, this.from))), b = Math.min(width, this.x(Math.min(this.until, this.to)));
        ctx.fillStyle = colour("chosen");
        ctx.fillRect(a, 0, Math.max(1, b - a), height - AXIS);
    }

    /* A lane for each event so that no two touch; null when there are not enough lanes. */
    private lanes(rows: number[], most: number, more: (i: number) => number): number[] | null {
        const c = this.store;
        rows.sort((a, b) => c.from[a] - c.from[b] || a - b);
        const ends: number[] = [];
        const lanes: number[] = [];
        for (const i of rows) {
            const x0 = this.x(c.from[i]), x1 = Math.max(this.x(c.to[i]), x0 + 14) + more(i);
            let lane = ends.findIndex((e) => e <= x0 - 8);
            if (lane < 0) lane = ends.length;
            if (lane >= most) return null;
            ends[lane] = x1;
            lanes.push(lane);
        }
        return lanes;
    }

    private nameOf(i: number): string {
        const c = this.store;
        return c.title[i] || [c.actor[i], c.types.words[c.type[i]].split(".").reverse().join(" ")].filter(Boolean).join(", ");
    }

    private drawBars(ctx: CanvasRenderingContext2D, rows: number[], lanes: number[], named: boolean): void {
        const c = this.store;
        rows.forEach((i, k) => {
            const x0 = this.x(c.from[i]), x1 = this.x(c.to[i]), y = lanes[k] * LANE + LANE / 2 + 2;
            const strong = i === this.chosenRow || i === this.hover;
            const inside = c.from[i] < this.until && c.to[i] >= this.since;
            ctx.globalAlpha = inside ? 1 : 0.35;
            ctx.strokeStyle = ctx.fillStyle = colour(strong ? "accent" : "event");
            if (x1 - x0 > 13) {
                /* an open bar with its ends marked: somewhere within */
                ctx.lineWidth = strong ? 2 : 1.2;
                ctx.globalAlpha *= 0.85;
                ctx.strokeRect(Math.max(x0, -5) + 0.5, y - 4, Math.min(x1, this.width() + 5) - Math.max(x0, -5) - 1, 8);
                ctx.globalAlpha *= 0.15;
                ctx.fillRect(x0, y - 4, x1 - x0, 8);
                this.hits.push({ x0, x1, y, row: i });
            } else {
                const kind = c.statuses.words[c.status[i]], m = (x0 + x1) / 2;
                ctx.save();
                ctx.translate(m - 6, y - 6);
                ctx.scale(0.75, 0.75);
                ctx.lineWidth = strong ? 2.6 : 1.8;
                if (kind === "confirmed") ctx.fill(path2d(kind));
                else ctx.stroke(path2d(kind));
                ctx.restore();
                this.hits.push({ x0: m - 6, x1: m + 6, y, row: i });
            }
            ctx.globalAlpha = inside ? 1 : 0.35;
            if (named) this.drawName(ctx, i, Math.max(x1, (x0 + x1) / 2 + 6) + 5, y);
            ctx.globalAlpha = 1;
        });
    }

    private drawName(ctx: CanvasRenderingContext2D, i: number, x: number, y: number): void {
        let name = this.nameOf(i);
        ctx.font = "12px system-ui, sans-serif";
        ctx.textAlign = "left";
        ctx.fillStyle = colour(i === this.chosenRow || i === this.hover ? "accent" : "muted");
        if (ctx.measureText(name).width > 184) {
            while (name.length > 4 && ctx.measureText(name + "…").width > 184) name = name.slice(0, -2);
            name = name.trimEnd() + "…";
        }
        ctx.fillText(name, x, y + 4);
    }

    private drawColumns(ctx: CanvasRenderingContext2D, width: number, bottom: number): void {
        const c = this.store, wide = 4, n = Math.ceil(width / wide);
        const all = new Float32Array(n), inside = new Float32Array(n);
        const k = n / (this.to - this.from);
        for (let i = 0; i < c.n; i++) {
            if (!this.shown!.withoutTime[i]) continue;
            const bin = Math.floor((c.from[i] - this.from) * k);
            if (!(bin >= 0 && bin < n)) continue;
            all[bin]++;
            if (c.from[i] < this.until && c.to[i] >= this.since) inside[bin]++;
        }
        const most = Math.max(1, ...all), tall = bottom - 16;
        for (let b = 0; b < n; b++) {
            ctx.fillStyle = colour("faint");
            ctx.fillRect(b * wide, bottom - (all[b] / most) * tall, wide - 1, (all[b] / most) * tall);
        }
        ctx.fillStyle = colour("event");
        for (let b = 0; b < n; b++) ctx.fillRect(b * wide, bottom - (inside[b] / most) * tall, wide - 1, (inside[b] / most) * tall);
        ctx.fillStyle = colour("muted");
        ctx.font = "11px system-ui, sans-serif";
        ctx.textAlign = "left";
        ctx.fillText("most: " + most.toLocaleString("en") + " in " + length((this.to - this.from) / n), 6, 12);
    }

    /* Silences that are long for what is shown. */
    private drawGaps(ctx: CanvasRenderingContext2D, bottom: number): void {
        const c = this.store, rows = this.shown!.rows;
        const times: [number, number][] = [];
        for (let k = 0; k < rows.length; k++) if (!Number.isNaN(c.from[rows[k]])) times.push([c.from[rows[k]], c.to[rows[k]]]);
        if (times.length < 2 || times.length > 20000) return;
        times.sort((a, b) => a[0] - b[0]);
        let reached = times[0][1];
        for (const [from, to] of times) {
            const gap = from - reached, x0 = this.x(reached), x1 = this.x(from);
            if (x1 - x0 > 90 && x1 > 0 && x0 < this.width()) {
                const words = length(gap) + " without";
                ctx.save();
                ctx.beginPath();
                ctx.rect(x0 + 8, bottom - 11, x1 - x0 - 16, 8);
                ctx.clip();
                ctx.strokeStyle = colour("line");
                ctx.lineWidth = 1;
                ctx.beginPath();
                for (let x = Math.max(x0, 0) - 8; x < Math.min(x1, this.width()); x += 6) {
                    ctx.moveTo(x, bottom);
                    ctx.lineTo(x + 12, bottom - 14);
                }
                ctx.stroke();
                ctx.restore();
                ctx.font = "11px system-ui, sans-serif";
                ctx.textAlign = "center";
                const m = (Math.max(x0, 0) + Math.min(x1, this.width())) / 2, w = ctx.measureText(words).width + 10;
                ctx.fillStyle = colour("panel");
                ctx.fillRect(m - w / 2, bottom - 14, w, 13);
                ctx.fillStyle = colour("muted");
                ctx.fillText(words, m, bottom - 3.5);
            }
            reached = Math.max(reached, to);
        }
    }

    private drawAxis(ctx: CanvasRenderingContext2D, width: number, height: number): void {
        const y = height - AXIS + 0.5;
        ctx.strokeStyle = colour("line");
        ctx.fillStyle = colour("muted");
        ctx.font = "11px system-ui, sans-serif";
        ctx.textAlign = "left";
        ctx.lineWidth = 1;
        ctx.beginPath();
        ctx.moveTo(0, y);
        ctx.lineTo(width, y);
        for (const [t, words] of ticks(this.from, this.to, width / 78)) {
            const x = Math.round(this.x(t)) + 0.5;
            ctx.moveTo(x, y);
            ctx.lineTo(x, y + 5);
            ctx.fillText(words, x + 4, y + 14);
        }
        ctx.stroke();
    }
}

/* Round moments of UTC and how they are written. */
function ticks(from: number, to: number, most: number): [number, string][] {
    const span = to - from, out: [number, string][] = [];
    const hours = [1, 3, 6, 12].find((n) => span / (n * 36e5) <= most);
    const days = [1, 2, 7, 14].find((n) => span / (n * DAY) <= most);
    if (hours || days) {
        const step = hours ? hours * 36e5 : days! * DAY;
        for (let t = Math.ceil(from / step) * step; t <= to; t += step) {
            const iso = new Date(t).toISOString();
            out.push([t, hours && iso.slice(11, 16) !== "00:00" ? iso.slice(11, 16) : iso.slice(0, 10)]);
        }
        return out;
    }
    const months = [1, 3, 6, 12, 24, 60, 120, 240, 600].find((n) => span / (n * 30.4 * DAY) <= most) ?? 1200;
    const first = new Date(from);
    let m = Math.floor((first.getUTCFullYear() * 12 + first.getUTCMonth()) / months) * months;
    for (; ; m += months) {
        const t = new Date(Date.UTC(2000, 0, 1)).setUTCFullYear(Math.floor(m / 12), m % 12, 1);
        if (t > to) return out;
        if (t >= from) out.push([t, new Date(t).toISOString().slice(0, m % 12 === 0 && months >= 12 ? 4 : 7)]);
    }
}
