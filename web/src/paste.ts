/* paste.ts - the paste box: a story put in is read at once by the host and shown with its evidence; nothing is recorded until "add",
 * which wants the token of the host. The token is kept in memory only, as long as the page is open. */
import { post, Refused, type Reading } from "./api";
import { announce, fill, h, later } from "./dom";
import { ReadingView } from "./reading";
import { linkTo } from "./state";

export class PasteView {
    readonly element: HTMLElement;
    private readonly text: HTMLTextAreaElement;
    private readonly title: HTMLInputElement;
    private readonly outlet: HTMLInputElement;
    private readonly published: HTMLInputElement;
    private readonly url: HTMLInputElement;
    private readonly token: HTMLInputElement;
    private readonly out: HTMLElement;
    private readonly note: HTMLElement;
    private readonly add: HTMLButtonElement;
    private asked = 0;

    constructor() {
        const soon = later(350, () => void this.read());
        const field = (label: string, type: string, more: Record<string, unknown> = {}): HTMLInputElement => h("input", { type, "aria-label": label, placeholder: label, oninput: soon, ...more });
        this.text = h("textarea", { "aria-label": "Text of the story", placeholder: "Paste a story here. It is read at once; nothing is recorded until you add it.", dir: "auto", spellcheck: "false", "data-key": "paste", oninput: soon });
        this.title = field("Title", "text", { dir: "auto" });
        this.outlet = field("Outlet", "text", { dir: "auto" });
        this.published = field("Published on", "date");
        this.url = field("Address", "url");
        this.token = field("Token for adding", "password", { autocomplete: "off", oninput: undefined });
        this.note = h("p", { class: "small paste-note", role: "status" }, "“Wednesday” and “last month” need the day of publication.");
        this.add = h("button", { type: "button", class: "primary", disabled: true, onclick: () => void this.record() }, "Add to the ledger");
        this.out = h("div", { class: "paste-out" });
        this.element = h("form", { class: "paste", "aria-label": "Read a story", onsubmit: (e: Event) => e.preventDefault() }, h("h1", null, "Read a story"), this.text,
            h("div", { class: "paste-fields" }, h("label", null, h("span", null, "Published on"), this.published), h("label", null, h("span", null, "Title"), this.title), h("label", null, h("span", null, "Outlet"), this.outlet), h("label", null, h("span", null, "Address"), this.url),
                h("label", null, h("span", null, "Token"), this.token), this.add),
            this.note, this.out);
    }

    focus(): void {
        this.text.focus();
    }

    private about(): Record<string, string> {
        const b: Record<string, string> = {};
        if (this.title.value) b.title = this.title.value;
        if (this.outlet.value) b.outlet = this.outlet.value;
        if (this.published.value) b.published = this.published.value;
        if (this.url.value) b.url = this.url.value;
        return b;
    }

    private async read(): Promise<void> {
        const mine = ++this.asked;
        this.add.disabled = true;
        if (!this.text.value.trim()) return fill(this.out);
        try {
            const begun = performance.now();
            const r = await post<Reading>("/read", this.about(), this.text.value);
            if (mine !== this.asked) return;
            const open = this.out.querySelector("details")?.open;
            fill(this.out, new ReadingView(r).element);
            if (open) this.out.querySelector("details")?.setAttribute("open", "");
            const n = r.events?.length ?? 0;
            this.note.textContent = "Read in " + Math.max(1, Math.round(performance.now() - begun)) + " ms: " + n + (n === 1 ? " event" : " events") + ". Nothing has been recorded." + (r.report.published ? "" : " Without a day of publication, days such as “Wednesday” stay open.");
            this.add.disabled = false;
        } catch (e) {
            if (mine !== this.asked) return;
            fill(this.out, h("p", { class: "trouble", role: "alert" }, "It could not be read: " + (e as Error).message));
        }
    }

    private async record(): Promise<void> {
        this.add.disabled = true;
        try {
            const r = await post<{ id?: string; event?: string; events?: string[]; already?: boolean; report?: string }>("/reports", this.about(), this.text.value, this.token.value);
            const id = r.event ?? r.events?.[0];
            fill(this.note, r.already ? "It was recorded before; nothing changed. " : "Recorded. ", id ? h("a", { href: linkTo({ open: "event", id, view: "map" }) }, id) : "");
            announce("Recorded");
        } catch (e) {
            const refused = e instanceof Refused && (e.status === 401 || e.status === 403);
            fill(this.note, h("span", { class: "trouble", role: "alert" }, refused ? "Adding needs a token of this host: sillok serve was started without --write, or the token is not right. " : "It could not be added: ", (e as Error).message));
            this.add.disabled = false;
        }
    }
}
