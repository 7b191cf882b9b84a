import assert from 'node:assert/strict';
import { readWording, type Language } from '../../src/cli/language.js';
import { Table, type Result } from '../../src/cli/table.js';
import { coloured, plain, type Style } from '../../src/cli/terminal.js';
import { assertGolden } from './golden.js';
import { sampleResults } from './sample-results.js';

const escapeCode = /\u001B\[\d+m/g;

describe('the table of a run', () => {
  for (const language of ['en', 'fr'] as const)
    for (const columns of [80, 120, 190]) {
      it(`is laid out for ${columns} columns (${language})`, async () => {
        const lines = await table(language, columns, plain);
        assertGolden(`table.${language}.${columns}`, lines);
      });

      it(`stays within ${columns} columns (${language})`, async () => {
        const tooLong = (await table(language, columns, plain)).filter((line) => line.length > columns);
        assert.deepEqual(tooLong, []);
      });
    }

  it('says the same with colours as without', async () => {
    const painted = await table('en', 120, coloured);
    assert.ok(painted.some((line) => line.match(escapeCode)));
    assert.deepEqual(
      painted.map((line) => line.replace(escapeCode, '').trimEnd()),
      await table('en', 120, plain),
    );
  });

  it('never lets a colour run on into the next line', async () => {
    for (const line of await table('en', 80, coloured)) {
      const codes = line.match(escapeCode) ?? [];
      assert.equal(codes.length % 2, 0, line);
    }
  });

  it('tells what differs from the expectation, and marks the scenario', async () => {
    const [sample] = sampleResults();
    assert.ok(sample !== undefined);
    const differs: Result = {
      ...sample,
      asExpected: false,
      differences: [{ phase: 'fault', what: 'readCommitted', expected: 9, found: 10 }],
    };
    const lines = await rows([differs], 'en', 120, plain);
    assert.match(lines.join('\n'), /✗ request-lost/);
    assert.match(lines.join('\n'), /not as expected: visible to read_committed: expected 9, found 10/);
  });

  it('tells why a run proves nothing, and does not call it wrong', async () => {
    const [sample] = sampleResults();
    assert.ok(sample !== undefined);
    const doubtful: Result = {
      ...sample,
      conclusive: false,
      inconclusiveBecause: [{ guard: 'fault-not-armed', detail: { point: 'P1' } }],
    };
    const lines = await rows([doubtful], 'en', 120, plain);
    assert.match(lines.join('\n'), /\? request-lost/);
    assert.match(lines.join('\n'), /inconclusive: the fault \(P1\) was never armed/);
    assert.doesNotMatch(lines.join('\n'), /✗|✓/);
  });
});

function table(language: Language, columns: number, style: Style): Promise<readonly string[]> {
  return rows(sampleResults(), language, columns, style);
}

async function rows(
  results: readonly Result[],
  language: Language,
  columns: number,
  style: Style,
): Promise<readonly string[]> {
  const wording = await readWording(language, 'l10n');
  const shown = new Table({ columns, style, wording, scenarios: results.map(({ scenario }) => scenario) });
  return results.flatMap((result) => shown.rows(result));
}
