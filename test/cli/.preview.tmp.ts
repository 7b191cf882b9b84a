import { Table } from '../../src/cli/table.js';
import { readWording } from '../../src/cli/language.js';
import { coloured, plain } from '../../src/cli/terminal.js';
import { sampleResults } from './sample-results.js';
async function go() {
  for (const lang of ['en', 'fr'] as const)
    for (const columns of [80, 120, 190]) {
      const wording = await readWording(lang, 'l10n');
      const results = sampleResults();
      const table = new Table({
        columns,
        style: process.env.C ? coloured : plain,
        wording,
        scenarios: results.map((r) => r.scenario),
      });
      console.log('='.repeat(columns));
      for (const r of results) for (const l of table.rows(r)) console.log(l);
    }
}
void go();
