import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { Outcomes, type Outcome } from '../../src/host/outcomes.js';
import type { LabReport } from '../../src/shared/lab-report.js';

const scenario = 'producer.at-least-once.response-lost';

describe('the outcomes of runs', () => {
  let storage: string;
  const log = vscode.window.createOutputChannel('outcomes', { log: true });

  beforeEach(async () => {
    storage = await mkdtemp(path.join(tmpdir(), 'lab-outcomes-'));
  });
  afterEach(async () => {
    await rm(storage, { recursive: true });
  });
  after(() => log.dispose());

  const embedded = doneOn('embedded');
  const cluster = doneOn('cluster', ['kafka:9092']);
  const failed: Outcome = { kind: 'failed', sentence: 'no answer' };
  const ways: readonly (readonly [string, readonly Outcome[], string | undefined])[] = [
    ['one broker alone', [embedded, embedded], undefined],
    ['a cluster after the embedded broker', [embedded, cluster], 'embedded'],
    ['a cluster at the second attempt', [embedded, failed, cluster], 'embedded'],
    ['a run that was stopped in between', [embedded, { kind: 'stopped' }, cluster], 'embedded'],
    ['a second run there', [embedded, cluster, { kind: 'interrupted' }, cluster], 'embedded'],
    ['the way back', [embedded, cluster, embedded], 'cluster'],
  ];
  for (const [way, outcomes, elsewhere] of ways)
    it(`${elsewhere === undefined ? 'hold nothing to compare' : `keep the run on the ${elsewhere} to compare`} with: ${way}`, async () => {
      const window = opened();
      for (const outcome of outcomes) window.set(scenario, outcome);
      assert.equal(window.reportElsewhere(scenario)?.id, elsewhere);
      await window.settled();
      const next = opened();
      await next.restore([scenario]);
      assert.equal(next.reportElsewhere(scenario)?.id, elsewhere);
    });

  it('hold nothing of what was forgotten', async () => {
    const window = opened();
    for (const outcome of [embedded, cluster]) window.set(scenario, outcome);
    window.forget(scenario);
    window.set(scenario, embedded);
    assert.equal(window.reportElsewhere(scenario), undefined);
    await window.settled();
    const next = opened();
    await next.restore([scenario]);
    assert.equal(next.report(scenario)?.id, 'embedded');
    assert.equal(next.reportElsewhere(scenario), undefined);
  });

  function opened(): Outcomes {
    return new Outcomes(vscode.Uri.file(storage), '1', log);
  }
});

function doneOn(id: string, servers?: readonly string[]): Outcome {
  const verdict = { layers: [], anomalies: [], doubts: [], counts: {}, observed: {} };
  const phase = { history: [], verdict } as unknown as LabReport['control'];
  const report: LabReport = {
    ...{ id, broker: servers === undefined ? 'embedded' : 'kafka', ...(servers && { servers }) },
    ...{ control: phase, fault: phase, conclusive: true, asExpected: true },
    ...{ inconclusiveBecause: [], differences: [], durationMs: 1 },
  };
  return { kind: 'done', report };
}
