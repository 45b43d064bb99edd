// peer.js REPORTS BYTES - what comes nearest to a reading in JavaScript: compromise tags the words of each report and finds people,
// places, organisations, dates, numbers and quotations. Reads lines until so many bytes of text are done; prints bytes and seconds.
const fs = require('fs');
const nlp = require('compromise');
nlp.plugin(require('compromise-dates'));
const most = Number(process.argv[3]);
const lines = fs.createReadStream(process.argv[2], 'utf8');
const rl = require('readline').createInterface({ input: lines });
let done = 0;
let found = 0;
let start = 0;
rl.on('line', (line) => {
  if (done >= most) return rl.close();
  const text = JSON.parse(line).text;
  const doc = nlp(text);
  if (!start) start = performance.now(); // the first one warms up
  else done += Buffer.byteLength(text);
  found += doc.people().length + doc.places().length + doc.organizations().length;
  found += doc.dates().json().length + doc.numbers().json().length + doc.quotations().length;
});
rl.on('close', () => {
  console.log(done, (performance.now() - start) / 1000, found);
  lines.destroy();
});
