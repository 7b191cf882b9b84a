import assert from 'node:assert/strict';
import type { Observation } from '../../src/core/history/events.js';
import { effectLedger } from '../../src/webview/evidence/effect-ledger.js';
import { logStrips } from '../../src/webview/evidence/log-strips.js';
import { anomaly, drain, historyOf, run, verdictOf } from './forged.js';

describe('the log on the page', () => {
  it('marks a message that stands twice where the same readers see it', () => {
    const values = ['m3', 'm4', 'm4'];
    const cells = cellsOf(values, values, verdictOf(anomaly('duplicate', 'm4')));
    assert.deepEqual(
      cells.map((cell) => cell.kind === 'record' && cell.repeated),
      [false, true, true],
    );
  });

  it('shows what read_committed does not see, and a marker in a place that no application sees', () => {
    const cells = cellsOf(
      ['m0', 'm1', undefined, 'm2', undefined],
      [undefined, undefined, undefined, 'm2', undefined],
    );
    assert.deepEqual(
      cells.map((cell) => (cell.kind === 'record' && cell.hidden ? 'hidden' : cell.kind)),
      ['hidden', 'hidden', 'marker', 'record', 'marker'],
    );
  });

  it('puts a lost message behind the end, once for all its names', () => {
    const lost = verdictOf(anomaly('silent-loss', 'm4'), anomaly('lost-in-log', 'm4'));
    assert.deepEqual(cellsOf(['m3'], ['m3'], lost).at(-1), { kind: 'missing', value: 'm4' });
    assert.equal(cellsOf(['m3'], ['m3'], lost).length, 2);
  });
});

describe('the effect ledger on the page', () => {
  it('keeps the order of the work, and marks what was done twice', () => {
    const history = historyOf(effect('m3'), effect('m4'), effect('m4'), effect('m5'));
    assert.deepEqual(
      effectLedger(history, []).map((cell) => [cell.value, cell.kind === 'effect' && cell.repeated]),
      [
        ['m3', false],
        ['m4', true],
        ['m4', true],
        ['m5', false],
      ],
    );
  });

  it('tells a repeat that was recognised from an effect, and then nothing was done twice', () => {
    const history = historyOf(effect('m4'), effect('m4', true));
    assert.deepEqual(
      effectLedger(history, []).map(({ kind }) => kind),
      ['effect', 'recognised'],
    );
    assert.deepEqual(effectLedger(history, [])[0], {
      kind: 'effect',
      value: 'm4',
      process: 'consumer',
      repeated: false,
    });
  });

  it('names what was skipped for ever', () => {
    const cells = effectLedger(historyOf(effect('m3')), [anomaly('skipped', 'm4')]);
    assert.deepEqual(cells.at(-1), { kind: 'missing', value: 'm4' });
  });
});

function cellsOf(
  all: readonly (string | undefined)[],
  committed: readonly (string | undefined)[],
  verdict = verdictOf(),
) {
  const history = historyOf(run, drain('read_uncommitted', all), drain('read_committed', committed));
  const [strip] = logStrips(history, verdict);
  assert.ok(strip !== undefined);
  return strip.cells;
}

function effect(value: string, skipped = false): Observation {
  const operation = {
    process: 'consumer',
    operation: 0,
    group: 'g',
    topic: 'input',
    partition: 0,
    offset: 0,
  };
  const base = { type: 'ok', f: 'effect', value, ...operation } as const;
  return skipped ? { ...base, result: { skipped: true } } : base;
}
