/* geo.ts - the map's projection and lines on the globe. Mercator, because it keeps angles: a bearing of 45 degrees is drawn at 45
 * degrees, and a circle of some kilometres is round. Coordinates of the projected world run from 0 to 1. Drawing needs no better
 * than a sphere; end points come computed on the ellipsoid from the ledger. */

export const EARTH_M = 6371008.8;
export const AROUND_M = 2 * Math.PI * EARTH_M;
const RAD = Math.PI / 180;
export const TOP = 85.0511;

export const projectX = (lon: number): number => lon / 360 + 0.5;
export function projectY(lat: number): number {
    const l = Math.max(-TOP, Math.min(TOP, lat)) * RAD;
    return 0.5 - Math.log(Math.tan(Math.PI / 4 + l / 2)) / (2 * Math.PI);
}
export const unprojectX = (x: number): number => (x - 0.5) * 360;
export const unprojectY = (y: number): number => (2 * Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) - Math.PI / 2) / RAD;
export const wrapLon = (lon: number): number => ((((lon + 180) % 360) + 360) % 360) - 180;

export interface Point {
    lat: number;
    lon: number;
}

/* The point that lies so far in that direction. */
export function destination(p: Point, bearing: number, metres: number): Point {
    const d = metres / EARTH_M, a = p.lat * RAD, b = bearing * RAD;
    const s = Math.sin(a) * Math.cos(d) + Math.cos(a) * Math.sin(d) * Math.cos(b);
    const lon = p.lon + Math.atan2(Math.sin(b) * Math.sin(d) * Math.cos(a), Math.cos(d) - Math.sin(a) * s) / RAD;
    return { lat: Math.asin(Math.max(-1, Math.min(1, s))) / RAD, lon };
}

export function distance(p: Point, q: Point): number {
    const a = Math.sin(((q.lat - p.lat) * RAD) / 2) ** 2 + Math.cos(p.lat * RAD) * Math.cos(q.lat * RAD) * Math.sin(((q.lon - p.lon) * RAD) / 2) ** 2;
    return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(a)));
}

export function bearing(p: Point, q: Point): number {
    const d = (q.lon - p.lon) * RAD;
    const y = Math.sin(d) * Math.cos(q.lat * RAD);
    const x = Math.cos(p.lat * RAD) * Math.sin(q.lat * RAD) - Math.sin(p.lat * RAD) * Math.cos(q.lat * RAD) * Math.cos(d);
    return (Math.atan2(y, x) / RAD + 360) % 360;
}

/* Points of the shortest way; longitudes run on beyond 180 so that the line is not torn. */
export function way(p: Point, q: Point): Point[] {
    const d = distance(p, q), b = bearing(p, q);
    const n = Math.max(2, Math.min(96, Math.ceil(d / 60000)));
    const points = [];
    for (let i = 0; i <= n; i++) points.push(destination(p, b, (d * i) / n));
    return points;
}

export interface Sector {
    from: number; /* degrees, clockwise */
    to: number;
    least: number; /* metres */
    most: number;
}

/* Where nine of ten ends lie that are told with this bearing and distance: the figures are those of docs/places.md. */
export function sectorOf(bearing: number, metres: number): Sector {
    const half = bearing % 45 ? 20 : bearing % 90 ? 29 : 33;
    return { from: (bearing - half + 360) % 360, to: (bearing + half) % 360, least: 0.7 * metres, most: 1.03 * metres + 3000 };
}

/* The outline of where the end may lie. */
export function outline(p: Point, s: Sector): Point[] {
    const span = (s.to - s.from + 360) % 360 || 360;
    const n = Math.max(8, Math.ceil(span / 4));
    const points: Point[] = [];
    for (let i = 0; i <= n; i++) points.push(destination(p, s.from + (span * i) / n, s.most));
    if (s.least > 0) for (let i = n; i >= 0; i--) points.push(destination(p, s.from + (span * i) / n, s.least));
    else if (span < 360) points.push(p);
    return points;
}

export const circle = (p: Point, metres: number): Point[] => outline(p, { from: 0, to: 360, least: 0, most: metres });

const NAMES = ["north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"];
export const directionWord = (deg: number): string => NAMES[Math.round((((deg % 360) + 360) % 360) / 45) % 8];

export function place(p: Point): string {
    const part = (v: number, plus: string, minus: string): string => Math.abs(v).toFixed(2) + "° " + (v < 0 ? minus : plus);
    return part(p.lat, "N", "S") + " " + part(p.lon, "E", "W");
}

export const km = (m: number): string => (m >= 1e4 ? Math.round(m / 1000).toLocaleString("en") : (m / 1000).toFixed(1).replace(/\.0$/, "")) + " km";
