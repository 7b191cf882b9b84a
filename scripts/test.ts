// npm test [-- [unit] [host] [webview] [kafka] [--grep TEXT]]: the suites one after the other, and one sum at the end.
import { parseArgs } from 'node:util';
import { runSuite } from './run-suite.js';
import { suites } from './suites.js';
import { Tally } from './tally.js';

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { grep: { type: 'string' } },
  });
  const unknown = positionals.find((name) => !suites.some((suite) => suite.name === name));
  if (unknown !== undefined) {
    console.error(`There is no suite "${unknown}"; there are: ${suites.map(({ name }) => name).join(', ')}.`);
    process.exitCode = 2;
    return;
  }
  const tally = new Tally();
  for (const suite of suites) {
    if (positionals.length > 0 && !positionals.includes(suite.name)) continue;
    await tally.measure(suite.heading, () => runSuite(suite, values.grep));
  }
  tally.report();
}

void main();
