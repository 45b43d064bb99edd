// dates.js REPORTS SECONDS NAME - chrono-node (NAME chrono: dates and clock times) or compromise with its plugin (NAME compromise: dates
// and numbers) over the texts of a file of JSON lines, warm, for so many seconds. Prints bytes, what was found in one pass, and seconds
// of the processor, those of the collector of garbage with them: all that one core has to do.
const fs = require('fs');
const texts = fs.readFileSync(process.argv[2], 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line).text);
const size = texts.reduce((sum, t) => sum + Buffer.byteLength(t), 0);
const published = new Date(2027, 2, 10);
let read;
if (process.argv[4] === 'chrono') {
  const chrono = require('chrono-node');
  read = (text) => chrono.parse(text, published).length;
} else {
  const nlp = require('compromise');
  nlp.plugin(require('compromise-dates'));
  read = (text) => {
    const doc = nlp(text);
    return doc.dates().length + doc.numbers().length;
  };
}

const pass = () => texts.reduce((sum, t) => sum + read(t), 0);
const warm = performance.now();
let found = 0;
do found = pass();
while (performance.now() - warm < 3000);
let bytes = 0;
const begin = performance.now();
const before = process.cpuUsage();
do {
  pass();
  bytes += size;
} while (performance.now() - begin < 1000 * Number(process.argv[3]));
const used = process.cpuUsage(before);
console.log(bytes, found, (used.user + used.system) / 1e6);
