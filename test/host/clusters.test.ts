import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { LabApi } from '../../src/extension.js';
import { makeCases } from '../cluster/lag-cases.js';
import { Side } from '../differential/side.js';
import { KnownClusters } from '../../src/host/clusters/known-clusters.js';
import { OpenClusters } from '../../src/host/clusters/open-clusters.js';
import type { ClusterNode } from '../../src/host/trees/clusters/cluster-node.js';
import { labExtension } from './lab-extension.js';

describe('the view Clusters, in the editor', () => {
  let lab: LabApi;
  let embedded: ClusterNode;
  before(async () => {
    lab = await labExtension().activate();
    const [first] = await lab.clusters.getChildren();
    assert.ok(first);
    embedded = first;
  });
  after(() => vscode.commands.executeCommand('kafkaLab.stopEmbedded'));

  it('starts the embedded broker when it is looked at, and not before', async () => {
    assert.equal(lab.clusters.getTreeItem(embedded).description, 'not running');
    const folders = await lab.clusters.getChildren(embedded);
    assert.deepEqual(
      folders.map(({ kind }) => kind),
      ['topics', 'groups'],
    );
    assert.match(String(lab.clusters.getTreeItem(embedded).description), /^127\.0\.0\.1:\d+$/);
  });

  it('closes a connection that nobody uses, and opens it again for who does', async () => {
    const server = String(lab.clusters.getTreeItem(embedded).description);
    const connection = Promise.resolve({ bootstrapServers: [server] });
    const source = {
      entries: () => [],
      connectionOf: () => connection,
      onDidChange: () => ({ dispose: () => undefined }),
    };
    const log = { debug: () => undefined };
    const open = new OpenClusters(new KnownClusters([source]), log, 100);
    const first = await open.get('one');
    assert.equal(await open.get('one'), first);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const second = await open.get('one');
    assert.notEqual(second, first);
    assert.ok(Array.isArray(await second.topics()));
    await open.closeAll();
  });

  it('has for every row a sentence, a tooltip, an icon and an id of its own', async () => {
    const address = String(lab.clusters.getTreeItem(embedded).description);
    const node = new Side('embedded', { host: '127.0.0.1', port: Number(address.split(':')[1]) });
    const endCases = await makeCases([address], node);
    await vscode.commands.executeCommand('kafkaLab.refreshNode', embedded);
    const ids: (string | undefined)[] = [];
    const walk = async (row: ClusterNode): Promise<void> => {
      const item = lab.clusters.getTreeItem(row);
      ids.push(item.id);
      assert.match(item.accessibilityInformation?.label ?? '', /\w/);
      assert.ok(item.iconPath instanceof vscode.ThemeIcon);
      const { tooltip } = lab.clusters.resolveTreeItem(item, row);
      assert.ok(tooltip instanceof vscode.MarkdownString && tooltip.value !== '');
      for (const child of await lab.clusters.getChildren(row)) {
        assert.equal(lab.clusters.getParent(child)?.id, row.id);
        await walk(child);
      }
    };
    await walk(embedded);
    assert.ok(ids.length > 30, String(ids.length));
    assert.equal(new Set(ids).size, ids.length);
    await endCases();
    await node.close();
  });
});
