/* map.ts - the map: coastlines and borders below, the events above. What is known roughly is drawn roughly: as the circle or the
 * area in which it lies, with its mark on the rim and nothing in the middle; only what is smaller than its mark is a mark alone.
 * Events that would cover each other are one box with their number. From an origin with a known way leads an arc to the computed
 * end, with the sector in which nine of ten such ends lie.
 *
 * Keys: arrows move, + and - zoom, 0 shows all, "." and "," step through what is in view, Enter opens it. */
import { announce, colour, fit, h, oncePerFrame } from "./dom";
import { AROUND_M, circle, destination, distance, outline, projectX, projectY, unprojectX, unprojectY, sectorOf, way, wrapLon, type Point, type Sector } from "./geo";
import type { Shown } from "./filter";
import type { Store } from "./store";
import { path2d } from "./words";
import { world, type World } from "./world";

const CELL = 34; /* pixels within which events are drawn as one */
const FEW = 40; /* up to so many events all ways are drawn, beyond it only that of the chosen one */

interface Spot {
    x: number;
    y: number;
    rows: number[];
}

export interface MapHooks {
    chosen: (row: number) => void;
    hovered: (row: number) => void;
    moved: () => void;
}

export class WorldMap {
    readonly element: HTMLElement;
    private readonly land: HTMLCanvasElement;
    private readonly over: HTMLCanvasElement;
    private readonly tip: HTMLElement;
    private data: World | null = null;
    private cx = 0.5;
    private cy = 0.42;
    private zoom = 1; /* world widths are 256 * 2^zoom pixels */
    private spots: Spot[] = [];
    private shown: Shown | null = null;
    private hover = -1;
    private chosenRow = -1;
    private drawn = ""; /* what the land was drawn for */
    private touched = false; /* moved by hand: it stays there */
    private readonly redraw: () => void;

    constructor(private readonly store: Store, private readonly hooks: MapHooks) {
        this.land = h("canvas", { class: "map-land", "aria-hidden": "true" });
        this.over = h("canvas", { class: "map-over", tabindex: "0", role: "application", "aria-roledescription": "map", "aria-label": "Map of the events. Arrows move, plus and minus zoom, full stop and comma step through the events in view, Enter opens one. The table view has the same events.", "data-key": "map" });
        this.tip = h("div", { class: "map-tip", hidden: true });
        const button = (sign: string, label: string, act: () => void): HTMLElement => h("button", { type: "button", title: label, "aria-label": label, onclick: act }, sign);
        this.element = h("div", { class: "map" }, this.land, this.over, this.tip,
            h("div", { class: "map-buttons", role: "group", "aria-label": "Map" },
                button("+", "Zoom in", () => this.zoomBy(1)), button("−", "Zoom out", () => this.zoomBy(-1)), button("⤢", "Show all events", () => this.showAll())),
            h("div", { class: "map-legend", "aria-hidden": "true" }));
        this.redraw = oncePerFrame(() => this.draw());
        this.listen();
        new ResizeObserver(() => this.redraw()).observe(this.element);
        world().then((w) => {
            this.data = w;
            this.element.dataset.ready = "1";
            this.redraw();
        }, (e) => announce(String(e)));
    }

    private scale(): number {
        return 256 * 2 ** this.zoom;
    }

    /* ---------------------------------------------------------------- what is asked of it */

    show(shown: Shown): void {
        const first = !this.shown?.rows.length && shown.rows.length > 0;
        this.shown = shown;
        if (first && !this.touched) this.fitTo(shown.rows);
        this.redraw();
    }

    choose(row: number): void {
        this.chosenRow = row;
        this.redraw();
    }

    recolour(): void {
        this.redraw();
    }

    showAll(): void {
        if (this.shown) this.fitTo(this.shown.rows);
        this.touched = false;
        this.changed();
    }

    /* "lat,lon,zoom" of the permalink. */
    where(): string {
        if (!this.touched) return "";
        return [unprojectY(this.cy).toFixed(2), wrapLon(unprojectX(this.cx)).toFixed(2), this.zoom.toFixed(1)].join(",");
    }
    goTo(where: string): void {
        const v = where.split(",").map(Number);
        if (v.length !== 3 || !v.every(Number.isFinite)) return;
        this.touched = true;
        this.cy = projectY(v[0]);
        this.cx = projectX(v[1]);
        this.zoom = Math.max(0, Math.min(12, v[2]));
        this.redraw();
    }

    /* The box in view, "west,south,east,north". */
    box(): string {
        const w = this.element.clientWidth / this.scale() / 2, hh = this.element.clientHeight / this.scale() / 2;
        const lon = (x: number): number => (w >= 0.5 ? 0 : wrapLon(unprojectX(x)));
        const west = w >= 0.5 ? -180 : lon(this.cx - w), east = w >= 0.5 ? 180 : lon(this.cx + w);
        return [west, unprojectY(this.cy + hh), east, unprojectY(this.cy - hh)].map((v) => v.toFixed(2)).join(",");
    }

    /* ---------------------------------------------------------------- moving */

    private fitTo(rows: ArrayLike<number>): void {
        let x0 = Infinity, x1 = -Infinity, y0 = Infinity, y1 = -Infinity;
        const c = this.store;
        const take = (lat: number, lon: number): void => {
            if (Number.isNaN(lat)) return;
            const x = projectX(lon), y = projectY(lat);
            x0 = Math.min(x0, x);
            x1 = Math.max(x1, x);
            y0 = Math.min(y0, y);
            y1 = Math.max(y1, y);
        };
        for (let k = 0; k < rows.length; k++) {
            take(c.lat[rows[k]], c.lon[rows[k]]);
            take(c.endLat[rows[k]], c.endLon[rows[k]]);
            if (rows.length <= FEW) for (const p of this.reach(rows[k])) take(p.lat, p.lon);
        }
        const width = this.element.clientWidth || 800, height = this.element.clientHeight || 500;
        if (x0 > x1) {
            this.cx = 0.5;
            this.cy = 0.42;
            this.zoom = Math.log2(width / 256);
        } else {
            this.cx = (x0 + x1) / 2;
            this.cy = (y0 + y1) / 2;
            this.zoom = Math.max(Math.log2(Math.max(width, 256) / 256) - 0.4, Math.min(7, Math.log2(Math.min((width * 0.78) / Math.max(x1 - x0, 1e-4), (height * 0.72) / Math.max(y1 - y0, 1e-4)) / 256)));
            this.zoom = Math.min(this.zoom, 7);
        }
        this.redraw();
    }

    /* How far an event's drawing reaches. */
    private reach(i: number): Point[] {
        const c = this.store, from = { lat: c.lat[i], lon: c.lon[i] }, g = Number.isNaN(from.lat) ? null : this.sector(i);
        if (Number.isNaN(from.lat)) return [];
        const round = Math.max(c.radius[i], g ? 0 : c.distance[i] || 0);
        return [...(round ? circle(from, round) : []), ...(c.endRadius[i] ? circle({ lat: c.endLat[i], lon: c.endLon[i] }, c.endRadius[i]) : []), ...(g ? outline(from, g) : [])];
    }

    private changed(): void {
        this.redraw();
        this.hooks.moved();
    }

    private pan(dx: number, dy: number): void {
        this.touched = true;
        this.cx += dx / this.scale();
        this.cy = Math.max(0, Math.min(1, this.cy + dy / this.scale()));
        this.cx -= Math.floor(this.cx);
        this.changed();
    }

    zoomBy(steps: number, px?: number, py?: number): void {
        this.touched = true;
        const width = this.element.clientWidth, height = this.element.clientHeight;
        const ox = (px ?? width / 2) - width / 2, oy = (py ?? height / 2) - height / 2;
        const x = this.cx + ox / this.scale(), y = this.cy + oy / this.scale();
        this.zoom = Math.max(0, Math.min(12, this.zoom + steps));
        this.cx = x - ox / this.scale();
        this.cy = y - oy / this.scale();
        this.changed();
    }

    private listen(): void {
        const c = this.over;
        let from: { x: number; y: number; moved: boolean } | null = null;
        const at = (e: MouseEvent): [number, number] => {
            const r = c.getBoundingClientRect();
            return [e.clientX - r.left, e.clientY - r.top];
        };
        c.addEventListener("pointerdown", (e) => {
            from = { x: e.clientX, y: e.clientY, moved: false };
            c.setPointerCapture(e.pointerId);
        });
        c.addEventListener("pointermove", (e) => {
            if (!from) return this.hoverAt(...at(e));
            const dx = e.clientX - from.x, dy = e.clientY - from.y;
            if (!from.moved && Math.hypot(dx, dy) < 4) return;
            from = { x: e.clientX, y: e.clientY, moved: true };
            c.classList.add("dragging");
            this.pan(-dx, -dy);
        });
        c.addEventListener("pointerup", (e) => {
            c.classList.remove("dragging");
            if (from && !from.moved) this.click(...at(e));
            from = null;
        });
        c.addEventListener("pointerleave", () => this.hoverAt(-99, -99));
        c.addEventListener("wheel", (e) => {
            e.preventDefault();
            this.zoomBy(-Math.sign(e.deltaY) * Math.min(1, Math.abs(e.deltaY) / 240), ...at(e));
        }, { passive: false });
        c.addEventListener("keydown", (e) => this.key(e));
        c.addEventListener("blur", () => this.hoverRow(-1, false));
    }

    private key(e: KeyboardEvent): void {
        if (e.ctrlKey || e.metaKey || e.altKey) return;
        const moves: Record<string, [number, number]> = { ArrowLeft: [-80, 0], ArrowRight: [80, 0], ArrowUp: [0, -80], ArrowDown: [0, 80] };
        if (moves[e.key]) this.pan(...moves[e.key]);
        else if (e.key === "+" || e.key === "=") this.zoomBy(1);
        else if (e.key === "-") this.zoomBy(-1);
        else if (e.key === "0") this.showAll();
        else if (e.key === "." || e.key === ",") this.step(e.key === "." ? 1 : -1);
        else if (e.key === "Enter" && this.hover >= 0) this.hooks.chosen(this.hover);
        else return;
        e.preventDefault();
        e.stopPropagation();
    }

    /* The next event in view, from left to right. */
    private step(by: number): void {
        const rows = this.spots.flatMap((s) => s.rows.map((row) => ({ row, x: s.x, y: s.y }))).sort((a, b) => a.x - b.x || a.y - b.y || a.row - b.row);
        if (!rows.length) return announce("No event in view.");
        const now = rows.findIndex((r) => r.row === this.hover);
        const next = rows[(now + by + rows.length + (now < 0 && by < 0 ? 1 : 0)) % rows.length];
        this.hoverRow(next.row, true);
        announce(this.wordsOf(next.row));
    }

    private wordsOf(row: number): string {
        const c = this.store;
        return [c.title[row] || c.types.words[c.type[row]], c.actor[row], c.placeName[row]].filter(Boolean).join(", ");
    }

    /* ---------------------------------------------------------------- pointing */

    private spotAt(px: number, py: number): Spot | null {
        let best: Spot | null = null, least = 18;
        for (const s of this.spots) {
            const d = Math.hypot(s.x - px, s.y - py);
            if (d < least) {
                least = d;
                best = s;
            }
        }
        return best;
    }

    private hoverAt(px: number, py: number): void {
        const s = this.spotAt(px, py);
        this.over.style.cursor = s ? "pointer" : "";
        this.hoverRow(s ? s.rows[0] : -1, s !== null, s ?? undefined);
    }

    hoverRow(row: number, tip: boolean, spot?: Spot): void {
        const s = spot ?? this.spots.find((x) => x.rows.includes(row));
        this.tip.hidden = !tip || !s;
        if (tip && s) {
            const lines = s.rows.length > 1 && spot ? [s.rows.length + " events here", ...s.rows.slice(0, 5).map((r) => this.wordsOf(r))] : [this.wordsOf(row)];
            this.tip.replaceChildren(...lines.map((l) => h("div", { dir: "auto" }, l)));
            this.tip.style.left = Math.max(4, Math.min(s.x + 12, this.element.clientWidth - 260)) + "px";
            this.tip.style.top = Math.max(4, Math.min(s.y + 12, this.element.clientHeight - 90)) + "px";
        }
        if (row === this.hover) return;
        this.hover = row;
        this.hooks.hovered(row);
        this.redraw();
    }

    private click(px: number, py: number): void {
        const s = this.spotAt(px, py);
        if (!s) return;
        if (s.rows.length === 1) return this.hooks.chosen(s.rows[0]);
        const c = this.store, first = s.rows[0];
        const apart = s.rows.some((r) => Math.abs(c.lat[r] - c.lat[first]) + Math.abs(c.lon[r] - c.lon[first]) > 0.02);
        if (apart && this.zoom < 11) return this.zoomBy(2, s.x, s.y);
        this.menu(s);
    }

    /* Several at one and the same place: a list to choose from. */
    private menu(s: Spot): void {
        this.element.querySelector(".map-menu")?.remove();
        const close = (): void => {
            box.remove();
            this.over.focus();
        };
        const box = h("div", { class: "map-menu", role: "dialog", "aria-label": s.rows.length + " events here", onkeydown: (e: KeyboardEvent) => e.key === "Escape" && (e.stopPropagation(), close()) },
            h("div", { class: "map-menu-head" }, s.rows.length + " events here", h("button", { type: "button", class: "quiet", "aria-label": "Close", onclick: close }, "×")),
            ...s.rows.slice(0, 40).map((r) => h("button", { type: "button", dir: "auto", onclick: () => (box.remove(), this.hooks.chosen(r)) }, this.wordsOf(r))));
        box.style.left = Math.max(4, Math.min(s.x + 8, this.element.clientWidth - 290)) + "px";
        box.style.top = Math.max(4, Math.min(s.y + 8, this.element.clientHeight - 180)) + "px";
        this.element.append(box);
        box.querySelectorAll("button")[1]?.focus();
    }

    /* ---------------------------------------------------------------- drawing */

    private draw(): void {
        if (!this.element.clientWidth) return;
        const key = [this.cx, this.cy, this.zoom, this.element.clientWidth, this.element.clientHeight, colour("sea"), colour("panel"), this.data !== null, devicePixelRatio].join();
        if (key !== this.drawn) this.drawLand();
        this.drawn = key;
        this.drawEvents();
    }

    private drawLand(): void {
        const { ctx, width, height, dpr } = fit(this.land);
        ctx.fillStyle = colour("sea");
        ctx.fillRect(0, 0, width, height);
        if (!this.data) return;
        const s = this.scale(), left = this.cx - width / s / 2, top = this.cy - height / s / 2, right = left + width / s, bottom = top + height / s;
        const grade = this.data.grades[this.zoom < 2.2 ? 0 : this.zoom < 4.2 ? 1 : 2];
        for (let copy = Math.floor(left) - 1; copy <= Math.floor(right) + 1; copy++) {
            ctx.setTransform(s * dpr, 0, 0, s * dpr, (copy - left) * s * dpr, -top * s * dpr);
            const seen = (p: { x0: number; x1: number; y0: number; y1: number }): boolean => p.x1 + copy >= left && p.x0 + copy <= right && p.y1 >= top && p.y0 <= bottom;
            ctx.fillStyle = colour("land");
            for (const p of grade.land) if (seen(p)) ctx.fill(p.path, "evenodd");
            ctx.lineJoin = "round";
            ctx.lineWidth = 0.8 / s;
            ctx.strokeStyle = colour("coast");
            for (const p of grade.coast) if (seen(p)) ctx.stroke(p.path);
            ctx.lineWidth = 0.7 / s;
            ctx.strokeStyle = colour("border");
            for (const p of grade.border) if (seen(p)) ctx.stroke(p.path);
        }
        ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
        this.drawNames(ctx, width, height);
        this.drawScale(ctx, width, height);
    }

    private drawNames(ctx: CanvasRenderingContext2D, width: number, height: number): void {
        const taken: [number, number, number][] = [];
        ctx.font = "11px system-ui, sans-serif";
        ctx.textAlign = "center";
        ctx.fillStyle = colour("map-name");
        for (const [name, lon, lat, wide] of this.data!.names) {
            const px = this.screenX(lon, width), py = this.screenY(lat, height);
            const room = (wide / 360) * this.scale();
            const w = ctx.measureText(name).width;
            if (w > room * 1.1 || px < 0 || px > width || py < 0 || py > height) continue;
            if (taken.some(([x, y, half]) => Math.abs(x - px) < half + w / 2 + 6 && Math.abs(y - py) < 13)) continue;
            taken.push([px, py, w / 2]);
            ctx.fillText(name, px, py + 4);
        }
    }

    private drawScale(ctx: CanvasRenderingContext2D, width: number, height: number): void {
        const perPixel = (AROUND_M * Math.cos((unprojectY(this.cy) * Math.PI) / 180)) / this.scale();
        let m = 10 ** Math.floor(Math.log10(perPixel * 120));
        for (const f of [5, 2]) if (m * f <= perPixel * 120) { m *= f; break; }
        const w = m / perPixel, y = height - 12, x = width - 14 - w;
        ctx.strokeStyle = ctx.fillStyle = colour("muted");
        ctx.lineWidth = 1;
        ctx.beginPath();
        ctx.moveTo(x, y - 4);
        ctx.lineTo(x, y);
        ctx.lineTo(x + w, y);
        ctx.lineTo(x + w, y - 4);
        ctx.stroke();
        ctx.textAlign = "center";
        ctx.fillText(m >= 1000 ? m / 1000 + " km" : m + " m", x + w / 2, y - 5);
    }

    private screenX(lon: number, width: number): number {
        const d = projectX(lon) - this.cx;
        return (d - Math.round(d)) * this.scale() + width / 2;
    }
    private screenY(lat: number, height: number): number {
        return (projectY(lat) - this.cy) * this.scale() + height / 2;
    }

    private drawEvents(): void {
        const { ctx, width, height } = fit(this.over);
        ctx.clearRect(0, 0, width, height);
        this.spots = [];
        if (!this.shown) return;
        this.gather(width, height);
        const single = this.spots.filter((s) => s.rows.length === 1);
        const all = this.shown.rows.length <= FEW;
        for (const s of this.spots) for (const row of s.rows) if (all || row === this.chosenRow || row === this.hover) this.drawWay(ctx, row, width, height);
        for (const s of single) this.drawOne(ctx, s, width, height);
        for (const s of this.spots) if (s.rows.length > 1) this.drawBox(ctx, s);
    }

    /* Events by squares of the screen; what shares a square is drawn as one. */
    private gather(width: number, height: number): void {
        const cells = new Map<number, Spot>();
        const c = this.store, rows = this.shown!.rows;
        const across = Math.ceil(width / CELL) + 4;
        for (let k = 0; k < rows.length; k++) {
            const i = rows[k];
            let lat = c.lat[i], lon = c.lon[i];
            if (Number.isNaN(lat)) {
                lat = c.endLat[i];
                lon = c.endLon[i];
            }
            if (Number.isNaN(lat)) continue;
            const x = this.screenX(lon, width), y = this.screenY(lat, height);
            if (x < -20 || x > width + 20 || y < -20 || y > height + 20) continue;
            const key = Math.floor((y + CELL) / CELL) * across + Math.floor((x + CELL) / CELL);
            const cell = cells.get(key);
            if (!cell) cells.set(key, { x, y, rows: [i] });
            else {
                cell.x += (x - cell.x) / (cell.rows.length + 1);
                cell.y += (y - cell.y) / (cell.rows.length + 1);
                cell.rows.push(i);
            }
        }
        this.spots = merged([...cells.values()]);
    }

    private trace(ctx: CanvasRenderingContext2D, points: Point[], width: number, height: number): void {
        const first = projectX(points[0].lon) - this.cx, shift = -Math.round(first);
        ctx.beginPath();
        for (const p of points) ctx.lineTo((projectX(p.lon) - this.cx + shift) * this.scale() + width / 2, this.screenY(p.lat, height));
    }

    /* Origin, arc, end, and the sector around the end. */
    private drawWay(ctx: CanvasRenderingContext2D, i: number, width: number, height: number): void {
        const c = this.store, from = { lat: c.lat[i], lon: c.lon[i] };
        if (Number.isNaN(from.lat)) return;
        const strong = i === this.chosenRow || i === this.hover;
        let end: Point | null = Number.isNaN(c.endLat[i]) ? null : { lat: c.endLat[i], lon: c.endLon[i] };
        const told = !Number.isNaN(c.bearing[i]) && !Number.isNaN(c.distance[i]);
        const vague = c.endVague[i] === 1;
        if (told && (!end || vague)) end = destination(from, c.bearing[i], c.distance[i]);
        ctx.strokeStyle = ctx.fillStyle = colour(strong ? "accent" : "way");
        ctx.lineWidth = strong ? 1.8 : 1.1;
        const g = this.sector(i);
        if (g) {
            this.trace(ctx, outline(from, g), width, height);
            ctx.closePath();
            ctx.globalAlpha = strong ? 0.14 : 0.07;
            ctx.fill();
            ctx.globalAlpha = strong ? 0.9 : 0.5;
            ctx.setLineDash([2, 3]);
            ctx.stroke();
        } else if (!end && !Number.isNaN(c.distance[i])) {
            this.trace(ctx, circle(from, c.distance[i]), width, height);
            ctx.setLineDash([2, 3]);
            ctx.globalAlpha = 0.6;
            ctx.stroke();
        }
        if (end) {
            ctx.globalAlpha = strong ? 1 : 0.75;
            ctx.setLineDash([2, 3]);
            const wide = c.endRadius[i];
            if (wide) {
                this.trace(ctx, circle(end, wide), width, height);
                ctx.stroke();
            }
            ctx.setLineDash([6, 4]);
            let line = way(from, end);
            if (vague && !told) line = line.slice(0, Math.max(2, Math.ceil(line.length * 0.7)));
            /* an end known only as an area has no point to be pointed at: the arrow stops where the area begins */
            if (wide) line = line.filter((p, k) => k < 2 || distance(p, end!) >= wide);
            this.trace(ctx, line, width, height);
            ctx.stroke();
            if (!vague || told) this.arrow(ctx, line, width, height);
        }
        ctx.setLineDash([]);
        ctx.globalAlpha = 1;
    }

    /* Where the end lies by distance and direction, nine times of ten. */
    private sector(i: number): Sector | null {
        const c = this.store, g = c.region[i];
        if (g && !(g.from_deg === 0 && g.to_deg === 360)) return { from: g.from_deg, to: g.to_deg, least: g.least_m, most: g.most_m };
        if (Number.isNaN(c.bearing[i]) || !(c.distance[i] > 0) || (!c.endVague[i] && c.endRadius[i])) return null;
        return sectorOf(c.bearing[i], c.distance[i]);
    }

    private arrow(ctx: CanvasRenderingContext2D, line: Point[], width: number, height: number): void {
        const a = line[line.length - 2], b = line[line.length - 1];
        const x = this.screenX(b.lon, width), y = this.screenY(b.lat, height);
        const angle = Math.atan2(y - this.screenY(a.lat, height), x - this.screenX(a.lon, width));
        ctx.setLineDash([]);
        ctx.beginPath();
        ctx.moveTo(x - 8 * Math.cos(angle - 0.45), y - 8 * Math.sin(angle - 0.45));
        ctx.lineTo(x, y);
        ctx.lineTo(x - 8 * Math.cos(angle + 0.45), y - 8 * Math.sin(angle + 0.45));
        ctx.stroke();
    }

    private drawOne(ctx: CanvasRenderingContext2D, s: Spot, width: number, height: number): void {
        const c = this.store, i = s.rows[0];
        const lat = Number.isNaN(c.lat[i]) ? c.endLat[i] : c.lat[i], lon = Number.isNaN(c.lat[i]) ? c.endLon[i] : c.lon[i];
        const strong = i === this.chosenRow || i === this.hover;
        const pixels = (c.radius[i] / AROUND_M / Math.cos((lat * Math.PI) / 180)) * this.scale();
        const ink = colour(strong ? "accent" : "event");
        if (pixels > 9) {
            this.trace(ctx, circle({ lat, lon }, c.radius[i]), width, height);
            ctx.fillStyle = ink;
            ctx.globalAlpha = 0.09;
            ctx.fill();
            ctx.globalAlpha = 0.8;
            ctx.strokeStyle = ink;
            ctx.lineWidth = strong ? 1.6 : 1;
            ctx.setLineDash([5, 3]);
            ctx.stroke();
            ctx.setLineDash([]);
            ctx.globalAlpha = 1;
            s.y -= Math.min(pixels, Math.max(0, s.y - 12)); /* the mark sits on the rim: nobody knows the middle to be the place */
        }
        if (!c.radius[i]) this.drawHalo(ctx, s.x, s.y, ink);
        this.drawMark(ctx, s.x, s.y, c.statuses.words[c.status[i]], ink, strong);
    }

    /* Nobody knows how exactly: a ring of dots, of one size at every zoom. */
    private drawHalo(ctx: CanvasRenderingContext2D, x: number, y: number, ink: string): void {
        ctx.beginPath();
        ctx.arc(x, y, 15, 0, 7);
        ctx.strokeStyle = ink;
        ctx.lineWidth = 1.4;
        ctx.setLineDash([1, 4]);
        ctx.stroke();
        ctx.setLineDash([]);
    }

    private drawMark(ctx: CanvasRenderingContext2D, x: number, y: number, kind: string, ink: string, strong: boolean): void {
        const size = strong ? 20 : 16;
        ctx.save();
        ctx.beginPath();
        ctx.arc(x, y, size * 0.62, 0, 7);
        ctx.fillStyle = colour("panel");
        ctx.globalAlpha = 0.92;
        ctx.fill();
        ctx.globalAlpha = 1;
        ctx.translate(x - size / 2, y - size / 2);
        ctx.scale(size / 16, size / 16);
        ctx.strokeStyle = ctx.fillStyle = ink;
        ctx.lineWidth = 1.6;
        if (kind === "confirmed") ctx.fill(path2d(kind));
        else ctx.stroke(path2d(kind));
        if (kind === "reported") ctx.fill(new Path2D("M8 2.5v11A5.5 5.5 0 0 0 8 2.5z"));
        ctx.restore();
    }

    private drawBox(ctx: CanvasRenderingContext2D, s: Spot): void {
        const strong = s.rows.includes(this.chosenRow) || s.rows.includes(this.hover);
        const text = String(s.rows.length);
        ctx.font = "600 11px system-ui, sans-serif";
        const w = Math.max(20, ctx.measureText(text).width + 10);
        ctx.beginPath();
        ctx.roundRect(s.x - w / 2, s.y - 10, w, 20, 4);
        ctx.fillStyle = colour(strong ? "accent" : "event");
        ctx.fill();
        ctx.strokeStyle = colour("panel");
        ctx.lineWidth = 1.5;
        ctx.stroke();
        ctx.fillStyle = colour("panel");
        ctx.textAlign = "center";
        ctx.fillText(text, s.x, s.y + 4);
    }
}

/* Spots of neighbouring squares that would still cover each other become one. */
function merged(spots: Spot[]): Spot[] {
    if (spots.length > 2000) return spots;
    spots.sort((a, b) => a.x - b.x);
    const out: Spot[] = [];
    for (const s of spots) {
        let near: Spot | undefined;
        for (let k = out.length - 1; k >= 0 && s.x - out[k].x < 60; k--)
            if (Math.hypot(out[k].x - s.x, out[k].y - s.y) < 22) {
                near = out[k];
                break;
            }
        if (!near) {
            out.push(s);
            continue;
        }
        const n = near.rows.length, m = s.rows.length;
        near.x = (near.x * n + s.x * m) / (n + m);
        near.y = (near.y * n + s.y * m) / (n + m);
        near.rows = near.rows.concat(s.rows);
    }
    return out;
}
