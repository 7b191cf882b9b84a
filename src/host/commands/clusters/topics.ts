import * as vscode from 'vscode';
import type { ClusterNode, NodeOf } from '../../trees/clusters/cluster-node.js';
import { clusterOf } from './parts.js';
import type { ClusterCommandParts } from './parts.js';
import { chooseCluster } from './choose-cluster.js';
import { confirm } from './confirm.js';

/** Asks for name, partitions and replicas; from the palette for the cluster too. */
export async function createTopic(parts: ClusterCommandParts, node: ClusterNode | undefined): Promise<void> {
  const clusterId = node?.clusterId ?? (await chooseCluster(parts.known));
  if (clusterId === undefined) return;
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Create topic (1/3): name'),
    ignoreFocusOut: true,
    validateInput: nameProblem,
  });
  if (name === undefined) return;
  const partitions = await askForCount(vscode.l10n.t('Create topic (2/3): partitions'), '1');
  if (partitions === undefined) return;
  const replicas = await askForCount(
    vscode.l10n.t('Create topic (3/3): replicas of each partition; empty for the cluster’s own default'),
    '',
  );
  if (replicas === undefined) return;
  const cluster = await parts.open.get(clusterId);
  await cluster.createTopic({
    name,
    partitions: partitions === '' ? 1 : Number(partitions),
    ...(replicas !== '' && { replicationFactor: Number(replicas) }),
  });
  await parts.tree.refreshTopics(clusterId);
}

/** Kafka's own rule (Topic.validate): 249 characters of these, and neither "." nor "..". */
function nameProblem(name: string): string | undefined {
  const isName = /^[a-zA-Z0-9._-]{1,249}$/.test(name) && name !== '.' && name !== '..';
  return isName ? undefined : vscode.l10n.t('Letters, digits, “.”, “_” and “-”, at most 249 of them.');
}

/** A number from 1 on as it was typed, empty where that is allowed, `undefined` when the user gave up. */
async function askForCount(title: string, value: string): Promise<string | undefined> {
  return vscode.window.showInputBox({
    title,
    value,
    ignoreFocusOut: true,
    validateInput: (text) =>
      (text === '' && value === '') || /^[1-9]\d{0,4}$/.test(text)
        ? undefined
        : vscode.l10n.t('Write a number from 1 on.'),
  });
}

export async function deleteTopic(parts: ClusterCommandParts, node: NodeOf<'topic'>): Promise<void> {
  const agreed = await confirm(
    vscode.l10n.t('Delete the topic “{topic}”?', { topic: node.topic }),
    vscode.l10n.t('All its records are lost. This cannot be undone.'),
    vscode.l10n.t('Delete Topic'),
  );
  if (!agreed) return;
  await (await clusterOf(parts, node)).deleteTopic(node.topic);
  await parts.tree.refreshTopics(node.clusterId);
}
