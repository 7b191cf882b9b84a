import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { LabApi } from '../../src/extension.js';
import type { TreeNode } from '../../src/host/trees/semantics-tree.js';
import { labExtension } from './lab-extension.js';

describe('the view Semantics', () => {
  let lab: LabApi;
  let roots: readonly TreeNode[];
  before(async () => {
    lab = await labExtension().activate();
    roots = await lab.tree.getChildren();
  });

  it('has the six semantics and the pipeline, with the fifteen core scenarios below them', async () => {
    assert.deepEqual(
      roots.map(({ section }) => section.semantics.id),
      [
        ...['producer.at-most-once', 'producer.at-least-once', 'producer.exactly-once'],
        ...['consumer.at-most-once', 'consumer.at-least-once', 'consumer.exactly-once', 'pipeline'],
      ],
    );
    const scenarios = (await Promise.all(roots.map((root) => lab.tree.getChildren(root)))).flat();
    assert.ok(scenarios.length >= 15);
    const ids = await Promise.all(scenarios.map(async (node) => (await lab.tree.getTreeItem(node)).id));
    assert.equal(new Set(ids).size, scenarios.length);
  });

  it('says of each row what it is, in a sentence and in a tooltip', async () => {
    for (const root of roots)
      for (const node of [root, ...(await lab.tree.getChildren(root))]) {
        const item = await lab.tree.getTreeItem(node);
        assert.match(item.accessibilityInformation?.label ?? '', /\w+.*\w/);
        assert.ok(item.tooltip instanceof vscode.MarkdownString && item.tooltip.value.length > 20);
        assert.ok(item.iconPath instanceof vscode.ThemeIcon);
        assert.equal(item.contextValue, node.kind);
      }
  });

  it('gives the same object for the same row, and knows what it stands under', async () => {
    const [root] = roots;
    assert.ok(root !== undefined);
    const [first] = await lab.tree.getChildren(root);
    const [again] = await lab.tree.getChildren(root);
    assert.ok(first !== undefined);
    assert.equal(first, again);
    assert.equal(await lab.tree.getParent(first), root);
    assert.equal(await lab.tree.getParent(root), undefined);
  });
});
