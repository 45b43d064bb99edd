/* world.ts - coastlines and borders: reads world.bin (tools/world.mjs says how it is written) and keeps them as paths of the
 * projected world, in three grades of detail, each with the box it lies in so that only what is in view is drawn. */
import { projectX, projectY } from "./geo";

interface Piece {
    path: Path2D;
    x0: number;
    y0: number;
    x1: number;
    y1: number;
}
interface Grade {
    land: Piece[];
    coast: Piece[];
    border: Piece[];
}
export interface World {
    grades: Grade[];
    names: [name: string, lon: number, lat: number, width: number][];
}

const LEAST = [0.0012, 0.00025, 0]; /* points nearer to each other are left out, by grade, in parts of the world's width */

class Reader {
    at = 0;
    constructor(readonly bytes: Uint8Array) {}
    unsigned(): number {
        let n = 0, shift = 0, b;
        do {
            b = this.bytes[this.at++];
            n |= (b & 127) << shift;
            shift += 7;
        } while (b > 127);
        return n >>> 0;
    }
    signed(): number {
        const n = this.unsigned();
        return n & 1 ? -(n + 1) / 2 : n / 2;
    }
}

/* The points of an arc that a grade keeps, x and y in turn; the ends always, so that neighbours still meet. */
function thin(xy: Float32Array, least: number): Float32Array {
    if (!least) return xy;
    const kept: number[] = [xy[0], xy[1]];
    for (let i = 2; i < xy.length - 2; i += 2)
        if (Math.hypot(xy[i] - kept[kept.length - 2], xy[i + 1] - kept[kept.length - 1]) >= least) kept.push(xy[i], xy[i + 1]);
    kept.push(xy[xy.length - 2], xy[xy.length - 1]);
    return Float32Array.from(kept);
}

function piece(lines: { xy: Float32Array; back: boolean }[], closed: boolean): Piece {
    const p: Piece = { path: new Path2D(), x0: 9, y0: 9, x1: -9, y1: -9 };
    let begin = NaN, last = NaN;
    const put = (x: number, y: number): void => {
        if (Number.isNaN(last)) p.path.moveTo((begin = x), y);
        else p.path.lineTo(x, y);
        last = x;
        if (x < p.x0) p.x0 = x;
        if (x > p.x1) p.x1 = x;
        if (y < p.y0) p.y0 = y;
        if (y > p.y1) p.y1 = y;
    };
    for (const { xy, back } of lines) {
        const n = xy.length / 2;
        for (let k = 0; k < n; k++) {
            const i = 2 * (back ? n - 1 - k : k);
            /* what steps over the 180th meridian goes on beyond the edge; the next copy of the world shows it at the other */
            put(Number.isNaN(last) ? xy[i] : xy[i] + Math.round(last - xy[i]), xy[i + 1]);
        }
    }
    if (closed && Math.abs(last - begin) > 0.5) {
        /* around the pole: down to the edge of the map and back */
        const from = begin;
        put(last, 1);
        put(from, 1);
    }
    return p;
}

export function decode(buffer: ArrayBuffer): World {
    const head = new Float64Array(buffer.slice(0, 32));
    const r = new Reader(new Uint8Array(buffer));
    r.at = 32;
    const kinds: number[] = [], arcs: Float32Array[] = [];
    for (let n = r.unsigned(); n > 0; n--) {
        kinds.push(r.unsigned());
        const xy = new Float32Array(2 * r.unsigned());
        for (let i = 0, x = 0, y = 0; i < xy.length; i += 2) {
            x += r.signed();
            y += r.signed();
            xy[i] = projectX(x * head[0] + head[2]);
            xy[i + 1] = projectY(y * head[1] + head[3]);
        }
        arcs.push(xy);
    }
    const rings: number[][] = [];
    for (let n = r.unsigned(); n > 0; n--) rings.push(Array.from({ length: r.unsigned() }, () => r.signed()));
    const names = JSON.parse(new TextDecoder().decode(r.bytes.subarray(r.unsigned() && r.at)));
    const grades = LEAST.map((least) => {
        const fine = arcs.map((a) => thin(a, least));
        const grade: Grade = { land: [], coast: [], border: [] };
        for (const ring of rings) {
            const p = piece(ring.map((a) => ({ xy: fine[a < 0 ? ~a : a], back: a < 0 })), true);
            if (p.x1 - p.x0 > least || p.y1 - p.y0 > least) grade.land.push(p);
        }
        fine.forEach((xy, i) => {
            if (kinds[i] === 2) return;
            const p = piece([{ xy, back: false }], false);
            if (p.x1 - p.x0 > least || p.y1 - p.y0 > least) (kinds[i] ? grade.border : grade.coast).push(p);
        });
        return grade;
    });
    return { grades, names };
}

let loading: Promise<World> | null = null;
export function world(): Promise<World> {
    loading ??= fetch("/world.bin").then(async (a) => {
        if (!a.ok) throw new Error("the map data are missing");
        return decode(await a.arrayBuffer());
    });
    return loading;
}
