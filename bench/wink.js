// wink.js REPORTS SECONDS PIPE - wink-nlp with its English model over the texts of a file of JSON lines, warm, for so many seconds.
// PIPE: annotations by comma ("sbd,pos"), "" for all it has. Prints bytes, tokens and seconds of the processor, those of the collector
// of garbage with them: all that one core has to do.
const fs = require('fs');
const winkNLP = require('wink-nlp');
const model = require('wink-eng-lite-web-model');
const pipe = process.argv[4] ? process.argv[4].split(',') : undefined;
const nlp = winkNLP(model, pipe);
const texts = fs.readFileSync(process.argv[2], 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line).text);
const sizes = texts.map((t) => Buffer.byteLength(t));

function pass() {
  let tokens = 0;
  for (const text of texts) {
    const doc = nlp.readDoc(text);
    tokens += doc.tokens().length();
  }
  return tokens;
}
const warm = performance.now();
while (performance.now() - warm < 3000) pass();
let bytes = 0;
let tokens = 0;
const begin = performance.now();
const before = process.cpuUsage();
do {
  tokens += pass();
  bytes += sizes.reduce((a, b) => a + b, 0);
} while (performance.now() - begin < 1000 * Number(process.argv[3]));
const used = process.cpuUsage(before);
console.log(bytes, tokens, (used.user + used.system) / 1e6);
