import assert from 'node:assert/strict';
import type { RunReport } from '../../src/runner/run.js';

/** Fails with everything that was found otherwise, not with the first of it. */
export function assertAsExpected(report: RunReport): void {
  const { scenario, conclusive, asExpected, inconclusiveBecause, differences } = report;
  assert.deepEqual(
    { id: scenario.id, conclusive, asExpected, inconclusiveBecause, differences },
    { id: scenario.id, conclusive: true, asExpected: true, inconclusiveBecause: [], differences: [] },
  );
}
