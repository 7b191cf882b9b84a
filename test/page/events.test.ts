import { tellingEvent } from '../../src/core/history/telling-event.js';
import assert from 'node:assert/strict';
import { translator } from '../../src/core/text/translate.js';
import { initialView } from '../../src/shared/page.js';
import { eventRows, filterRows, strikeOf, windowOf } from '../../src/webview/events/rows.js';
import { anomaly, drain, historyOf, run, sent, strike } from './forged.js';

const t = translator({});
const history = historyOf(run, sent('m3'), sent('m4'), strike, drain('read_committed', ['m3', 'm4']));

describe('the rows of the event table', () => {
  it('say in words what happened, who did it and of which kind it is', () => {
    const [, , row] = eventRows(history, [], t);
    assert.ok(row);
    const { seq, timeMs, who, kind, sentence } = row;
    assert.deepEqual([seq, timeMs, who, kind, sentence], [2, 2, 'producer', 'client', 'sends m4']);
  });

  it('mark the fault and the witnesses of violations, and not what Kafka allows', () => {
    const rows = eventRows(
      history,
      [anomaly('duplicate', 'm4', [2]), anomaly('aborted-visible', 'm3', [1], true)],
      t,
    );
    assert.deepEqual(
      rows.map(({ mark }) => mark),
      [undefined, undefined, 'witness', 'fault', undefined],
    );
  });

  it('lead to the moment at which the fault struck, if it did', () => {
    assert.equal(strikeOf(history), 3);
    assert.equal(strikeOf(historyOf(run)), undefined);
  });

  it('show a witness by the last thing that was done, and by the reader only when there is nothing else', () => {
    assert.equal(tellingEvent('duplicate', [1, 2, 4], history), 2);
    assert.equal(tellingEvent('duplicate', [4], history), 4);
    assert.equal(tellingEvent('duplicate', [], history), undefined);
    assert.equal(tellingEvent('blocked', [1, 2, 4], history), 4);
  });

  it('are filtered by words, which must all occur, and by kind', () => {
    const rows = eventRows(history, [], t);
    const left = (text: string) => filterRows(rows, { ...initialView, text }).map(({ seq }) => seq);
    assert.deepEqual(left('M4'), [2, 3]);
    assert.deepEqual(left('sends m4'), [2]);
    assert.deepEqual(
      filterRows(rows, { ...initialView, kind: 'reader' }).map(({ seq }) => seq),
      [4],
    );
  });

  it('leave out the frames of the wire on demand', () => {
    const frame = {
      process: 'producer',
      connection: 1,
      api: 'Produce',
      version: 7,
      correlationId: 1,
      bytes: 9,
    };
    const rows = eventRows(historyOf(sent('m0'), { type: 'request', ...frame }), [], t);
    assert.equal(filterRows(rows, initialView).length, 2);
    assert.deepEqual(
      filterRows(rows, { ...initialView, wire: false }).map(({ kind }) => kind),
      ['client'],
    );
  });

  it('are cut to a window that holds the selected one', () => {
    const rows = eventRows(historyOf(...Array.from({ length: 1000 }, () => sent('m0'))), [], t);
    const seqs = (limit: number, selected?: number) => windowOf(rows, limit, selected).map(({ seq }) => seq);
    assert.deepEqual([seqs(10).at(0), seqs(10).length], [0, 10]);
    assert.ok(seqs(10, 500).includes(500));
    assert.deepEqual([seqs(10, 999).at(-1), seqs(10, 999).length], [999, 10]);
  });
});
