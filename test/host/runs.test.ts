import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { LabApi } from '../../src/extension.js';
import { labExtension, untilOutcome } from './lab-extension.js';

const responseLost = 'producer.at-least-once.response-lost';
const leftOpen = 'producer.exactly-once.crash-then-other-writer';

describe('a run in the editor', () => {
  let lab: LabApi;
  before(async () => {
    lab = await labExtension().activate();
  });

  it('ends with a verdict as the catalogue expects it, and the tree shows it', async () => {
    await vscode.commands.executeCommand('kafkaLab.runScenario', responseLost);
    const report = lab.outcomes.report(responseLost);
    assert.ok(report !== undefined);
    assert.equal(report.broker, 'embedded');
    assert.deepEqual([report.conclusive, report.asExpected], [true, true]);
    assert.equal(report.fault.verdict.counts.duplicates, 1);
    const item = await itemOf(responseLost);
    assert.equal(item.description, 'duplicate 1 (m4 at offsets 4 and 5)');
    assert.ok(item.iconPath instanceof vscode.ThemeIcon);
    assert.equal(item.iconPath.id, 'pass');
  });

  it('stops within a second when it is told to', async () => {
    const run = vscode.commands.executeCommand('kafkaLab.runScenario', leftOpen);
    await untilRunning(leftOpen);
    const stoppedAt = performance.now();
    await vscode.commands.executeCommand('kafkaLab.stop');
    assert.ok(performance.now() - stoppedAt < 1000);
    await run;
    await untilOutcome(lab, leftOpen, 'stopped');
    assert.equal((await itemOf(leftOpen)).description, 'stopped');
  });

  it('takes no second one beside it', async () => {
    const run = vscode.commands.executeCommand('kafkaLab.runScenario', leftOpen);
    await untilRunning(leftOpen);
    await vscode.commands.executeCommand('kafkaLab.runItem', 'producer.exactly-once.abort');
    assert.equal(lab.outcomes.get('producer.exactly-once.abort'), undefined);
    await run;
    assert.equal(lab.outcomes.report(leftOpen)?.asExpected, true);
  });

  it('runs all scenarios of a semantics from its row', async () => {
    const root = (await lab.tree.getChildren()).find(
      ({ section }) => section.semantics.id === 'consumer.exactly-once',
    );
    await vscode.commands.executeCommand('kafkaLab.runItem', root);
    for (const id of ['consumer.exactly-once.course', 'consumer.exactly-once.idempotent-effect'])
      assert.equal(lab.outcomes.report(id)?.asExpected, true, id);
  });

  it('leaves a command that names no scenario without a run and without an exception', async () => {
    await vscode.commands.executeCommand('kafkaLab.runScenario', 'producer.no-such-thing');
    assert.equal(lab.outcomes.get('producer.no-such-thing'), undefined);
  });

  async function itemOf(id: string): Promise<vscode.TreeItem> {
    const roots = await lab.tree.getChildren();
    const nodes = (await Promise.all(roots.map((root) => lab.tree.getChildren(root)))).flat();
    const node = nodes.find((candidate) => candidate.kind === 'scenario' && candidate.id === id);
    assert.ok(node !== undefined, id);
    return await lab.tree.getTreeItem(node);
  }

  /** The tree asks to draw a row anew when its run begins. */
  async function untilRunning(id: string): Promise<void> {
    while ((await itemOf(id)).contextValue !== 'running')
      await new Promise<void>((resolve) => {
        const subscription = lab.tree.onDidChangeTreeData(() => {
          subscription.dispose();
          resolve();
        });
      });
  }
});
