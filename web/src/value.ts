/* value.ts - values of readings in words; the ledger's claims bring their words along. */
import { directionWord, km, place } from "./geo";
import { parseInstant, words } from "./time";

const UNITS: Record<string, string> = { "[mi_i]": "miles", "[ft_i]": "feet", "[nmi_i]": "nautical miles", "[lb_av]": "pounds", "[in_i]": "inches", "[kn_i]": "knots", "km/h": "km/h", "[mi_i]/h": "mph", min: "min", s: "s", h: "h", d: "days", wk: "weeks", mo: "months", a: "years" };
const BOUNDS: Record<string, string> = { about: "about ", "at-least": "at least ", "at-most": "at most ", "more-than": "more than ", "less-than": "less than ", vague: "some " };

export function valueWords(v: unknown, actorName: (id: string) => string | undefined = () => undefined): string {
    if (typeof v === "string") {
        const t = parseInstant(v);
        return t ? words(t, "event") : (actorName(v) ?? v);
    }
    if (typeof v === "number") return v.toLocaleString("en");
    if (typeof v !== "object" || v === null) return String(v ?? "");
    const o = v as Record<string, unknown>;
    const bound = BOUNDS[String(o.bound)] ?? "";
    if (typeof o.value === "number") {
        const high = typeof o.high === "number" ? "–" + o.high.toLocaleString("en") : "";
        return bound + o.value.toLocaleString("en") + high + (o.unit ? " " + (UNITS[String(o.unit)] ?? String(o.unit)) : "");
    }
    if (typeof o.min === "number") return bound + o.min.toLocaleString("en") + (typeof o.max === "number" && o.max !== o.min ? "–" + o.max.toLocaleString("en") : "");
    if (typeof o.bearing_deg === "number") return directionWord(o.bearing_deg) + " (" + Math.round(o.bearing_deg) + "°)";
    if (typeof o.name === "string") return o.name;
    if (typeof o.lat === "number" && typeof o.lon === "number") return place({ lat: o.lat, lon: o.lon });
    return JSON.stringify(v);
}

/* What stands behind a value, small: coordinates of places, metres of lengths in miles. */
export function valueMore(v: unknown): string {
    if (typeof v !== "object" || v === null) return "";
    const o = v as Record<string, unknown>;
    if (typeof o.lat === "number" && typeof o.lon === "number") return place({ lat: o.lat, lon: o.lon });
    if (o.unit === "[mi_i]" && typeof o.si === "number") return km(o.si);
    return "";
}
