import assert from 'node:assert/strict';
import { parseHistory, serialiseHistory, type HistoryProblem } from '../../../src/core/history/jsonl.js';
import { coreScenarios } from '../../../src/core/scenario/catalogue.js';
import { simulate } from '../scenario/simulation.js';
import { cleanProducerRun } from './samples.js';

function problemOf(text: string): HistoryProblem {
  const parsed = parseHistory(text);
  assert.ok(!parsed.ok);
  return parsed.problem;
}

/** The clean history with one line replaced. */
function withLine(line: number, text: string): string {
  const lines = serialiseHistory(cleanProducerRun()).split('\n');
  lines[line - 1] = text;
  return lines.join('\n');
}

const note = '{"type":"note","about":"warm-up","detail":"","seq":0,"timeMs":0}';

describe('a history as JSON lines', () => {
  it('is one object a line and comes back as it was', () => {
    for (const scenario of coreScenarios) {
      const history = simulate(scenario, 'fault');
      const text = serialiseHistory(history);
      assert.equal(text.trimEnd().split('\n').length, history.length);
      const parsed = parseHistory(text);
      assert.ok(parsed.ok);
      assert.deepEqual(parsed.history, history);
    }
  });

  it('may have blank lines, CRLF endings, a byte order mark and no last line end', () => {
    const parsed = parseHistory(`\uFEFF\r\n${note}\r\n\r\n${note}`);
    assert.ok(parsed.ok);
    assert.equal(parsed.history.length, 2);
  });

  it('may have fields that this version does not know', () => {
    const parsed = parseHistory(
      '{"type":"note","about":"warm-up","detail":"","seq":0,"timeMs":0,"host":"a"}',
    );
    assert.ok(parsed.ok);
  });

  it('must not be empty', () => {
    assert.deepEqual(problemOf('\n \n'), { line: 1, reason: 'empty' });
  });

  it('names the line that is no JSON', () => {
    const problem = problemOf(withLine(5, '{"type":"note",'));
    assert.equal(problem.line, 5);
    assert.equal(problem.reason, 'not-json');
  });

  it('counts blank lines as an editor does', () => {
    assert.equal(problemOf(`${note}\n\n\nnonsense`).line, 4);
  });

  for (const text of ['3', 'null', '"note"', '[]']) {
    it(`refuses ${text}, which is no object`, () => {
      assert.deepEqual(problemOf(withLine(2, text)), { line: 2, reason: 'not-an-object' });
    });
  }

  const misfits: readonly (readonly [string, string, HistoryProblem['reason'], string])[] = [
    ['an event without a number', '{"type":"note","timeMs":0}', 'missing-field', 'seq'],
    ['an event without a type', '{"seq":0,"timeMs":0}', 'missing-field', 'type'],
    ['an unknown type', '{"seq":0,"timeMs":0,"type":"party"}', 'wrong-field', 'type'],
    ['the name of an inherited property', '{"seq":0,"timeMs":0,"type":"toString"}', 'wrong-field', 'type'],
    [
      'an unknown operation',
      '{"seq":0,"timeMs":0,"type":"invoke","process":"p","operation":1,"f":"dance"}',
      'wrong-field',
      'f',
    ],
    [
      'a send without its value',
      '{"seq":0,"timeMs":0,"type":"invoke","process":"p","operation":1,"f":"send","topic":"t","partition":0}',
      'missing-field',
      'value',
    ],
    [
      'a failure without its error',
      '{"seq":0,"timeMs":0,"type":"fail","process":"p","operation":1,"f":"begin","transaction":"t"}',
      'missing-field',
      'error',
    ],
    [
      'a poll that does not say what it returned',
      '{"seq":0,"timeMs":0,"type":"ok","process":"p","operation":1,"f":"poll"}',
      'missing-field',
      'result',
    ],
    [
      'an offset that is no number',
      '{"seq":0,"timeMs":0,"type":"ok","process":"p","operation":1,"f":"poll","result":{"record":{"topic":"t","partition":0,"offset":"4","value":"a"}}}',
      'wrong-field',
      'result.record.offset',
    ],
    [
      'a drained record without a value',
      '{"seq":0,"timeMs":0,"type":"drain","label":"end","isolation":"read_committed","topic":"t","partition":0,"records":[{"offset":0,"value":"a"},{"offset":1}],"logStart":0,"highWatermark":2,"lastStableOffset":2,"complete":true}',
      'missing-field',
      'records.1.value',
    ],
    [
      'a committed offset that is no number',
      '{"seq":0,"timeMs":0,"type":"drain","label":"end","isolation":"read_committed","topic":"t","partition":0,"records":[],"logStart":0,"highWatermark":2,"lastStableOffset":2,"complete":true,"committed":{"group":null}}',
      'wrong-field',
      'committed.group',
    ],
  ];
  for (const [what, line, reason, field] of misfits) {
    it(`names the line and the field of ${what}`, () => {
      const problem = problemOf(withLine(3, line));
      assert.equal(problem.line, 3);
      assert.equal(problem.reason, reason);
      assert.equal('field' in problem && problem.field, field);
    });
  }

  it('says what belongs into a field', () => {
    const problem = problemOf('{"seq":0,"timeMs":0,"type":"note","about":"party","detail":""}');
    assert.deepEqual(problem, {
      line: 1,
      reason: 'wrong-field',
      field: 'about',
      expected: 'takeover | warm-up | cancelled | clean-up',
    });
  });

  it('that another tool wrote may poll several records at once', () => {
    const record = { topic: 't', partition: 0, offset: 1, value: 'a' };
    const polled = { seq: 0, timeMs: 0, type: 'ok', process: 'p', operation: 1, f: 'poll' };
    const parsed = parseHistory(JSON.stringify({ ...polled, result: { records: [record, record] } }));
    assert.ok(parsed.ok);
  });
});
