/* time.ts - instants as the API writes them, ISO 8601 to the precision that is known ("2027", "2027-03", "2027-03-10",
 * "2027-03-10T07:12+09:00"), as the span of time they may mean, and back into words in the zone that is asked for. */
import type { Zone } from "./state";

export type Precision = "year" | "month" | "day" | "hour" | "minute" | "second";
export interface Instant {
    from: number; /* UTC milliseconds; the span is [from, to) */
    to: number;
    precision: Precision;
    offset: number | null; /* minutes east, null where not told */
}

const FORM = /^(-?\d{4,})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d)(?::(\d\d)(?::(\d\d)(?:\.\d+)?)?)?)?)?)?(Z|[+-]\d\d:?\d\d)?$/;
const STEP: Record<Precision, number> = { year: 0, month: 0, day: 864e5, hour: 36e5, minute: 6e4, second: 1e3 };
export const DAY = 864e5;

function utc(y: number, mo: number, d: number, hh: number, mi: number, s: number): number {
    const t = new Date(Date.UTC(2000, mo, d, hh, mi, s));
    t.setUTCFullYear(y, mo, d);
    return t.getTime();
}

export function parseInstant(text: string | undefined): Instant | null {
    const m = text ? FORM.exec(text) : null;
    if (!m) return null;
    const precision: Precision = !m[2] ? "year" : !m[3] ? "month" : !m[4] ? "day" : !m[5] ? "hour" : !m[6] ? "minute" : "second";
    const z = m[7];
    const offset = !z ? null : z === "Z" ? 0 : (z[0] === "-" ? -1 : 1) * (Number(z.slice(1, 3)) * 60 + Number(z.slice(-2)));
    const y = Number(m[1]), mo = Number(m[2] ?? 1) - 1;
    const from = utc(y, mo, Number(m[3] ?? 1), Number(m[4] ?? 0), Number(m[5] ?? 0), Number(m[6] ?? 0)) - (offset ?? 0) * 6e4;
    const to = precision === "year" ? utc(y + 1, 0, 1, 0, 0, 0) : precision === "month" ? utc(y, mo + 1, 1, 0, 0, 0) : from + STEP[precision];
    return { from, to, precision, offset };
}

const two = (n: number): string => String(n).padStart(2, "0");
export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const weekday = (day: string): string => WEEKDAYS[new Date(day + "T00:00Z").getUTCDay()];

export function zoneWord(offset: number): string {
    if (!offset) return "UTC";
    const a = Math.abs(offset);
    return (offset < 0 ? "−" : "+") + two(Math.floor(a / 60)) + ":" + two(a % 60);
}

function offsetIn(i: Instant, zone: Zone): number {
    return zone === "utc" ? 0 : zone === "own" ? -new Date(i.from).getTimezoneOffset() : (i.offset ?? 0);
}

/* For people, in a zone. Days and coarser are never shifted: nobody told an hour by which they could be. */
export function words(i: Instant | null, zone: Zone, long = false): string {
    if (!i) return "no date";
    const shifted = i.from + (i.offset ?? 0) * 6e4;
    const iso = new Date(shifted).toISOString();
    if (i.precision === "year") return iso.slice(0, 4);
    if (i.precision === "month") return iso.slice(0, 7);
    if (i.precision === "day") return (long ? weekday(iso.slice(0, 10)) + " " : "") + iso.slice(0, 10);
    if (i.offset === null) return (long ? weekday(iso.slice(0, 10)) + " " : "") + iso.slice(0, 10) + " " + iso.slice(11, 16) + (long ? " (zone not told)" : "");
    const offset = offsetIn(i, zone);
    const there = new Date(i.from + offset * 6e4).toISOString();
    const clock = there.slice(11, i.precision === "second" ? 19 : 16);
    return (long ? weekday(there.slice(0, 10)) + " " : "") + there.slice(0, 10) + " " + clock + " " + zoneWord(offset);
}

/* A length of time in the largest unit that fits. */
export function length(ms: number): string {
    const d = ms / DAY;
    if (d >= 730) return Math.round(d / 365.25) + " years";
    if (d >= 60) return Math.round(d / 30.44) + " months";
    if (d >= 1.5) return Math.round(d) + " days";
    const hours = Math.round(ms / 36e5);
    return hours >= 1 ? hours + " h" : Math.max(1, Math.round(ms / 6e4)) + " min";
}
