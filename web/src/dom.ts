/* dom.ts - the few functions by which everything on the page is made. Text gets in as text only (textContent), never as markup, so
 * nothing that a report says can become an element or a script; styles are set through the object model, which the
 * Content-Security-Policy allows, never as an attribute. */

export type Child = Node | string | number | null | undefined | false | Child[];
type Props = Record<string, unknown>;

function put(el: Element, child: Child): void {
    if (child === null || child === undefined || child === false) return;
    if (Array.isArray(child)) for (const c of child) put(el, c);
    else el.append(child instanceof Node ? child : String(child));
}

function set(el: Element, name: string, value: unknown): void {
    if (value === undefined || value === null || value === false) return;
    if (name.startsWith("on")) el.addEventListener(name.slice(2), value as EventListener);
    else if (name === "class") el.setAttribute("class", String(value));
    else if (name === "checked" || name === "value" || name === "disabled" || name === "selected" || name === "hidden" || name === "open")
        (el as unknown as Props)[name] = value;
    else el.setAttribute(name, value === true ? "" : String(value));
}

/* h("a", {href, class, onclick}, children...) makes an element. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, props?: Props | null, ...children: Child[]): HTMLElementTagNameMap[K] {
    const el = document.createElement(tag);
    for (const name in props) set(el, name, props[name]);
    put(el, children);
    return el;
}

const SVG = "http://www.w3.org/2000/svg";
export function svg(tag: string, props?: Props | null, ...children: Child[]): SVGElement {
    const el = document.createElementNS(SVG, tag);
    for (const name in props) set(el, name, props[name]);
    put(el, children);
    return el;
}

/* Words from a report, a table or a person: their direction is their own. */
export const said = (text: string, cls?: string): HTMLElement => h("bdi", { class: cls }, text);

export function fill(el: Element, ...children: Child[]): void {
    el.replaceChildren();
    put(el, children);
}

/* As fill, but the focus stays on the element that has the same data-key, and scroll positions stay. */
export function refill(el: HTMLElement, ...children: Child[]): void {
    const active = document.activeElement as HTMLElement | null;
    const key = active && el.contains(active) ? active.dataset.key : undefined;
    const top = el.scrollTop;
    fill(el, ...children);
    el.scrollTop = top;
    if (key === undefined) return;
    for (const e of el.querySelectorAll<HTMLElement>("[data-key]"))
        if (e.dataset.key === key) {
            e.focus({ preventScroll: true });
            return;
        }
}

let live: HTMLElement | null = null;
/* Says a sentence to those who do not see the page. */
export function announce(words: string): void {
    live ??= document.body.appendChild(h("div", { class: "unseen", role: "status", "aria-live": "polite" }));
    live.textContent = words;
}

/* Draws at most once a frame, however often it is called. */
export function oncePerFrame(draw: () => void): () => void {
    let waiting = false;
    return () => {
        if (waiting) return;
        waiting = true;
        requestAnimationFrame(() => {
            waiting = false;
            draw();
        });
    };
}

export function later(ms: number, act: () => void): () => void {
    let timer = 0;
    return () => {
        clearTimeout(timer);
        timer = window.setTimeout(act, ms);
    };
}

/* A canvas as sharp as the screen; gives its size in CSS pixels. */
export function fit(canvas: HTMLCanvasElement): { ctx: CanvasRenderingContext2D; width: number; height: number; dpr: number } {
    const dpr = Math.min(window.devicePixelRatio || 1, 2);
    const width = canvas.clientWidth, height = canvas.clientHeight;
    const w = Math.max(1, Math.round(width * dpr)), hh = Math.max(1, Math.round(height * dpr));
    if (canvas.width !== w) canvas.width = w;
    if (canvas.height !== hh) canvas.height = hh;
    const ctx = canvas.getContext("2d")!;
    ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
    return { ctx, width, height, dpr };
}

/* The colours of the page as the style sheet has them now. */
export function colour(name: string): string {
    return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
}
