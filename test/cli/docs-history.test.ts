import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { check } from '../../src/core/history/check.js';
import type { HistoryEvent, Operation } from '../../src/core/history/events.js';
import { parseHistory } from '../../src/core/history/jsonl.js';

const examples = [...readFileSync('docs/history.md', 'utf8').matchAll(/```jsonl\n([\s\S]*?)```/g)].map(
  ([, text]) => text ?? '',
);

describe('the examples of docs/history.md', () => {
  it('are all events as the reader understands them', () => {
    assert.ok(examples.length > 8);
    for (const example of examples) {
      const parsed = parseHistory(example);
      assert.ok(parsed.ok, JSON.stringify(parsed));
    }
  });

  it('show every type of event and every operation', () => {
    const types = new Set<string>();
    const operations = new Set<string>();
    for (const event of examples.flatMap(eventsOf)) {
      types.add(event.type);
      if ('f' in event) operations.add(event.f);
    }
    assert.deepEqual([...types].sort(), Object.keys(everyType).sort());
    // `abort` is written like `commit`.
    assert.deepEqual([...operations, 'abort'].sort(), Object.keys(everyOperation).sort());
  });

  it('end with a history by hand that has the duplicate it speaks of', () => {
    const { anomalies, doubts } = check(eventsOf(examples.at(-1) ?? ''));
    assert.deepEqual(
      anomalies.map(({ name, count }) => [name, count]),
      [['duplicate', 1]],
    );
    assert.deepEqual(doubts, []);
  });
});

function eventsOf(text: string): readonly HistoryEvent[] {
  const parsed = parseHistory(text);
  return parsed.ok ? parsed.history : [];
}

const everyType: Readonly<Record<HistoryEvent['type'], true>> = {
  run: true,
  invoke: true,
  ok: true,
  fail: true,
  info: true,
  rebalance: true,
  process: true,
  fault: true,
  request: true,
  response: true,
  append: true,
  marker: true,
  deduplicated: true,
  truncated: true,
  fenced: true,
  watermarks: true,
  drain: true,
  note: true,
};

const everyOperation: Readonly<Record<Operation['f'], true>> = {
  send: true,
  begin: true,
  commit: true,
  abort: true,
  poll: true,
  'commit-offset': true,
  effect: true,
  init: true,
};
