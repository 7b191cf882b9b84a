import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { LabApi } from '../../src/extension.js';

export function labExtension(): vscode.Extension<LabApi> {
  const extension = vscode.extensions.getExtension<LabApi>('kafka-semantics-lab.kafka-semantics-lab');
  assert.ok(extension !== undefined);
  return extension;
}

/** Resolves as soon as `condition` holds; asked again at each change of an outcome. */
export async function untilOutcome(lab: LabApi, scenario: string, kind: string): Promise<void> {
  if (lab.outcomes.get(scenario)?.kind === kind) return;
  await new Promise<void>((resolve) => {
    const subscription = lab.outcomes.onDidChange(() => {
      if (lab.outcomes.get(scenario)?.kind !== kind) return;
      subscription.dispose();
      resolve();
    });
  });
}
