/* build.mjs - bundles the page: src/ and the map data into dist/, which the repository keeps and the program carries. Same
 * sources, same bytes: `./run web` runs it, and the checks run it again and compare. */
import { build } from "esbuild";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { world } from "./tools/world.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");
mkdirSync(dist, { recursive: true });
const rows = readFileSync(join(here, "../data/countries.tsv"), "utf8").split("\n").filter((l) => l && !l.startsWith("#")).slice(1);
const countries = Object.fromEntries(rows.map((l) => l.split("\t")).map((c) => [c[0], c[2]]));
const common = { define: { COUNTRIES: JSON.stringify(countries) }, bundle: true, minify: true, target: ["es2022", "firefox115", "safari16.4"], charset: "utf8", legalComments: "none" };
await build({ ...common, entryPoints: [join(here, "src/main.ts")], format: "esm", outfile: join(dist, "page.js") });
await build({ ...common, entryPoints: [join(here, "src/page.css")], outfile: join(dist, "page.css") });
for (const name of ["index.html", "icon.svg"]) copyFileSync(join(here, "src", name), join(dist, name));
writeFileSync(join(dist, "world.bin"), world(join(here, "node_modules/world-atlas/countries-50m.json")));

const packed = (name) => gzipSync(readFileSync(join(dist, name)), { level: 9 }).length;
const first = packed("index.html") + packed("page.js") + packed("page.css") + packed("icon.svg");
console.log(`page.js and page.css with index.html: ${first} bytes gzip (at most 122880); world.bin: ${packed("world.bin")} (at most 256000)`);
if (first > 122880 || packed("world.bin") > 256000) {
    console.error("the first view has grown too big");
    process.exit(1);
}
