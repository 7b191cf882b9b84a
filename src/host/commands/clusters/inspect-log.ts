import * as vscode from 'vscode';
import type { LogPlace } from '../../../shared/log-page.js';
import type { ClusterNode } from '../../trees/clusters/cluster-node.js';
import { chooseCluster } from './choose-cluster.js';
import type { ClusterCommandParts } from './parts.js';

/** `Inspect Log` of a row's partition; from the palette and of a topic the rest is asked for. */
export async function inspectLog(parts: ClusterCommandParts, node: ClusterNode | undefined): Promise<void> {
  const clusterId = node?.clusterId ?? (await chooseCluster(parts.known));
  if (clusterId === undefined) return;
  const topic = node !== undefined && 'topic' in node ? node.topic : await chooseTopic(parts, clusterId);
  if (topic === undefined) return;
  const partition =
    node !== undefined && 'partition' in node
      ? node.partition
      : await choosePartition(parts, clusterId, topic);
  if (partition === undefined) return;
  const place: LogPlace = {
    ...{ clusterId, topic, partition },
    cluster: parts.known.entry(clusterId)?.name ?? clusterId,
  };
  parts.logs.show(place);
}

async function chooseTopic({ open }: ClusterCommandParts, clusterId: string): Promise<string | undefined> {
  const topics = (await open.get(clusterId)).topics();
  return vscode.window.showQuickPick(
    topics.then((all) => all.map(({ name }) => name)),
    { title: vscode.l10n.t('Which topic?') },
  );
}

async function choosePartition(
  { open }: ClusterCommandParts,
  clusterId: string,
  topic: string,
): Promise<number | undefined> {
  const partitions = await (await open.get(clusterId)).partitions(topic);
  const [only] = partitions;
  if (partitions.length === 1) return only?.partition;
  const items = partitions.map(({ partition }) => ({
    label: vscode.l10n.t('partition {partition}', { partition }),
    partition,
  }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Which partition?') }))?.partition;
}
