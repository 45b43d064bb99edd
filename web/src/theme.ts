/* theme.ts - light or dark: as the system has it, unless it was chosen here; the choice stays in the browser. */
const KEY = "sillok-theme";

function stored(): string | null {
    try {
        return localStorage.getItem(KEY);
    } catch {
        return null;
    }
}

export function restoreTheme(): void {
    const t = stored();
    if (t === "light" || t === "dark") document.documentElement.dataset.theme = t;
}

export function switchTheme(): void {
    const now = document.documentElement.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
    const to = now === "dark" ? "light" : "dark";
    document.documentElement.dataset.theme = to;
    try {
        localStorage.setItem(KEY, to);
    } catch {
        /* it holds as long as the page is open */
    }
}
