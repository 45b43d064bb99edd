/* help.ts - the keys, the shapes, and how to switch the keys off for those whom they disturb. */
import { h } from "./dom";
import { mark, meansOf, STATUSES } from "./words";

const KEY = "sillok-keys";
let wanted = true;
try {
    wanted = localStorage.getItem(KEY) !== "off";
} catch {
    /* they are on */
}
export const keysWanted = (): boolean => wanted;

const KEYS: [string, string][] = [
    ["/", "search"], ["l", "to the list; arrows and Page keys move, Enter opens"], ["j  k", "next, last event"], ["Esc", "let the chosen value go, then back to the list"],
    ["m  t  p", "map, table, read a story"], ["[  ]", "the day before, the day after"], ["z", "time zone: of the event, UTC, mine"], ["b", "background events"], ["d", "light or dark"], ["?", "this page"],
    ["on the map", "arrows move, + − zoom, 0 shows all, . and , step through the events, Enter opens"], ["on the timeline", "the two handles take arrows, Shift with arrows, Home, End"], ["in an event", "Tab goes through values and words; Enter asks why"],
];

export function help(): void {
    const dialog = h("dialog", { class: "help", "aria-label": "Help and keys" },
        h("div", { class: "help-head" }, h("h2", null, "Keys and marks"), h("button", { type: "button", class: "quiet", "aria-label": "Close", onclick: () => dialog.close() }, "×")),
        h("dl", { class: "keys" }, KEYS.map(([k, w]) => [h("dt", null, h("kbd", null, k)), h("dd", null, w)])),
        h("label", null, h("input", { type: "checkbox", checked: wanted, onchange: (e: Event) => set((e.target as HTMLInputElement).checked) }), " Single keys do this"),
        h("h3", null, "Status of events"), h("dl", { class: "keys" }, STATUSES.map((s) => [h("dt", null, mark(s)), h("dd", null, meansOf(s))])),
        h("h3", null, "Marks of values"), h("dl", { class: "keys" }, ["agree", "conflict", "denial", "withheld", "revised", "party", "computed", "assumed"].map((s) => [h("dt", null, mark(s)), h("dd", null, meansOf(s))])),
        h("p", { class: "small" }, "On the map a dashed circle holds what is known only roughly; its mark sits on the rim. A ring of dots: how exactly is not known. A dotted sector holds nine of ten ends told with that distance and direction. Coastlines and borders: Natural Earth, public domain; borders as controlled, without a judgement."));
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
}

function set(on: boolean): void {
    wanted = on;
    try {
        localStorage.setItem(KEY, on ? "on" : "off");
    } catch {
        /* it holds as long as the page is open */
    }
}
