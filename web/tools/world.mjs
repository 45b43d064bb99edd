/* world.mjs - the map behind the events, made at bundle time: Natural Earth's countries at 1:50 million (public domain) as the
 * package world-atlas carries them, turned into one small binary file that src/world.ts reads.
 *
 * All numbers are variable-length integers, seven bits a byte; signed ones zigzag. First the steps of the grid in degrees (three
 * doubles: step of longitude, step of latitude, then the origin -180, -90 is implied), then the arcs: kind (0 coast, 1 border, 2
 * edge of the map), number of points, and the points as differences; then the rings, each its number of arcs and the arcs (~i:
 * backwards); at last the names of countries as JSON with the place and the width of their largest part. */
import { readFileSync } from "node:fs";

const out = [];
function unsigned(n) {
    while (n > 127) {
        out.push((n & 127) | 128);
        n >>>= 7;
    }
    out.push(n);
}
const signed = (n) => unsigned(n < 0 ? -2 * n - 1 : 2 * n);

/* The arcs as points of the grid, each only once where rounding made two of one. */
function arcs(topology) {
    return topology.arcs.map((arc) => {
        let x = 0, y = 0;
        return arc.map(([dx, dy]) => [(x += dx), (y += dy)]);
    });
}

function rings(topology) {
    const list = [];
    for (const g of topology.objects.countries.geometries) {
        const parts = g.type === "Polygon" ? [g.arcs] : g.type === "MultiPolygon" ? g.arcs : [];
        for (const part of parts) for (const ring of part) list.push({ ring, name: g.properties.name, outer: ring === part[0] });
    }
    return list;
}

/* How often an arc is used: twice means that it parts two countries. Those on the 180th meridian part nothing. */
function kinds(points, list, scale, shift) {
    const used = new Uint8Array(points.length);
    for (const { ring } of list) for (const a of ring) used[a < 0 ? ~a : a]++;
    return points.map((p, i) => {
        const edge = p.every(([x, y]) => Math.abs(x * scale[0] + shift[0]) > 179.98 || y * scale[1] + shift[1] < -89.9);
        return edge ? 2 : used[i] > 1 ? 1 : 0;
    });
}

/* The middle of a ring by area, its area and its width, in degrees. */
function middle(points, ring, scale, shift) {
    const line = ring.flatMap((a) => (a < 0 ? [...points[~a]].reverse() : points[a]));
    let area = 0, cx = 0, cy = 0, west = Infinity, east = -Infinity;
    for (let i = 0, k = line.length - 1; i < line.length; k = i++) {
        const cross = line[k][0] * line[i][1] - line[i][0] * line[k][1];
        area += cross;
        cx += (line[k][0] + line[i][0]) * cross;
        cy += (line[k][1] + line[i][1]) * cross;
        west = Math.min(west, line[i][0]);
        east = Math.max(east, line[i][0]);
    }
    const at = (v, i) => Math.round((v / (3 * area) * scale[i] + shift[i]) * 100) / 100;
    return { area: Math.abs(area), lon: at(cx, 0), lat: at(cy, 1), width: Math.round((east - west) * scale[0] * 10) / 10 };
}

function labels(points, list, scale, shift) {
    const best = new Map();
    for (const { ring, name, outer } of list) {
        if (!outer) continue;
        const m = middle(points, ring, scale, shift);
        if (!(best.get(name)?.area > m.area)) best.set(name, m);
    }
    return [...best].map(([name, m]) => [name, m.lon, m.lat, m.width]).sort((a, b) => b[3] - a[3] || (a[0] < b[0] ? -1 : 1));
}

export function world(path) {
    const topology = JSON.parse(readFileSync(path, "utf8"));
    const { scale, translate: shift } = topology.transform;
    const points = arcs(topology);
    const list = rings(topology);
    const kind = kinds(points, list, scale, shift);
    out.length = 0;
    const head = new Float64Array([scale[0], scale[1], shift[0], shift[1]]);
    unsigned(points.length);
    points.forEach((p, i) => {
        unsigned(kind[i]);
        unsigned(p.length);
        let x = 0, y = 0;
        for (const q of p) {
            signed(q[0] - x);
            signed(q[1] - y);
            [x, y] = q;
        }
    });
    unsigned(list.length);
    for (const { ring } of list) {
        unsigned(ring.length);
        for (const a of ring) signed(a);
    }
    const names = Buffer.from(JSON.stringify(labels(points, list, scale, shift)));
    unsigned(names.length);
    return Buffer.concat([Buffer.from(head.buffer), Buffer.from(out), names]);
}
