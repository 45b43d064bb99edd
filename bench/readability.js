// readability.js PAGES SECONDS DOM - @mozilla/readability over the pages of a file of JSON lines, warm, for so many seconds. DOM: jsdom, which
// it is made for, or linkedom, a lighter one. Prints pages, their bytes and seconds of the processor, those of the collector of garbage
// with them: all that one core has to do. Unpacking, dates and languages are not in it.
const fs = require('fs');
const { Readability } = require('@mozilla/readability');
const pages = fs.readFileSync(process.argv[2], 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line).html);
const sizes = pages.map((p) => Buffer.byteLength(p));

function documentOf(html) {
  if (process.argv[4] === 'linkedom') return require('linkedom').parseHTML(html).document;
  const { JSDOM, VirtualConsole } = require('jsdom');
  return new JSDOM(html, { virtualConsole: new VirtualConsole(), url: 'https://wire.example/' }).window.document;
}

function read(html) {
  try {
    return new Readability(documentOf(html)).parse();
  } catch {
    return null; // some pages it cannot read; they count as read
  }
}
for (let i = 0; i < 5; i++) read(pages[i % pages.length]);
let n = 0;
let bytes = 0;
const begin = performance.now();
const before = process.cpuUsage();
while (performance.now() - begin < 1000 * Number(process.argv[3]) || n === 0) {
  read(pages[n % pages.length]);
  bytes += sizes[n % pages.length];
  n++;
}
const used = process.cpuUsage(before);
console.log(n, bytes, (used.user + used.system) / 1e6);
