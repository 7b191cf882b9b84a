/** A row of the view Clusters. `id` is its place in the tree; the editor knows a row by it over a refresh. */
export type ClusterNode = { readonly id: string; readonly clusterId: string } & NodeKind;

type NodeKind =
  | { readonly kind: 'cluster' }
  | { readonly kind: 'topics' }
  | { readonly kind: 'groups' }
  | { readonly kind: 'topic'; readonly topic: string }
  | { readonly kind: 'topicPartition'; readonly topic: string; readonly partition: number }
  | { readonly kind: 'group'; readonly group: string }
  | { readonly kind: 'groupTopic'; readonly group: string; readonly topic: string }
  | {
      readonly kind: 'groupPartition';
      readonly group: string;
      readonly topic: string;
      readonly partition: number;
    }
  | { readonly kind: 'members'; readonly group: string }
  | { readonly kind: 'member'; readonly group: string; readonly memberId: string }
  /** Something could not be read; `parent` is what a retry reads. */
  | { readonly kind: 'problem'; readonly parent: string; readonly sentence: string }
  /** Nothing is there, or nothing that is looked for. */
  | { readonly kind: 'nothing'; readonly sentence: string };

export type NodeOf<Kind extends ClusterNode['kind']> = Extract<ClusterNode, { readonly kind: Kind }>;

/** Menus hand over the row; anything else comes from somebody's key binding. */
export function isClusterNode(value: unknown): value is ClusterNode {
  return (
    typeof value === 'object' && value !== null && 'clusterId' in value && 'kind' in value && 'id' in value
  );
}

/** The editor knows a row by its object: the same place is always the same one. */
export class ClusterNodes {
  private readonly known = new Map<string, ClusterNode>();

  get(id: string): ClusterNode | undefined {
    return this.known.get(id);
  }

  cluster(clusterId: string): ClusterNode {
    return this.same({ kind: 'cluster', id: clusterId, clusterId });
  }

  folder(clusterId: string, kind: 'topics' | 'groups'): ClusterNode {
    return this.same({ kind, id: `${clusterId}/${kind}`, clusterId });
  }

  topic(clusterId: string, topic: string): ClusterNode {
    return this.same({ kind: 'topic', id: `${clusterId}/topics/${topic}`, clusterId, topic });
  }

  topicPartition(clusterId: string, topic: string, partition: number): ClusterNode {
    const id = `${clusterId}/topics/${topic}/${String(partition)}`;
    return this.same({ kind: 'topicPartition', id, clusterId, topic, partition });
  }

  /** A group's name may hold anything, a slash too. */
  group(clusterId: string, group: string): ClusterNode {
    return this.same({ kind: 'group', id: groupPlace(clusterId, group), clusterId, group });
  }

  groupTopic(clusterId: string, group: string, topic: string): ClusterNode {
    const id = `${groupPlace(clusterId, group)}/topics/${topic}`;
    return this.same({ kind: 'groupTopic', id, clusterId, group, topic });
  }

  groupPartition(clusterId: string, group: string, topic: string, partition: number): ClusterNode {
    const id = `${groupPlace(clusterId, group)}/topics/${topic}/${String(partition)}`;
    return this.same({ kind: 'groupPartition', id, clusterId, group, topic, partition });
  }

  members(clusterId: string, group: string): ClusterNode {
    return this.same({ kind: 'members', id: `${groupPlace(clusterId, group)}/members`, clusterId, group });
  }

  member(clusterId: string, group: string, memberId: string): ClusterNode {
    const id = `${groupPlace(clusterId, group)}/members/${memberId}`;
    return this.same({ kind: 'member', id, clusterId, group, memberId });
  }

  problem(parent: ClusterNode, sentence: string, which = ''): ClusterNode {
    const id = `${parent.id}/problem${which}`;
    return this.put({ kind: 'problem', id, clusterId: parent.clusterId, parent: parent.id, sentence });
  }

  nothing(parent: ClusterNode, sentence: string): ClusterNode {
    return this.put({ kind: 'nothing', id: `${parent.id}/nothing`, clusterId: parent.clusterId, sentence });
  }

  /** Where the row stands; `undefined` for a cluster, and for a place that was never shown. */
  parentOf(node: ClusterNode): ClusterNode | undefined {
    switch (node.kind) {
      case 'cluster':
        return undefined;
      case 'topics':
      case 'groups':
        return this.cluster(node.clusterId);
      case 'topic':
        return this.folder(node.clusterId, 'topics');
      case 'topicPartition':
        return this.topic(node.clusterId, node.topic);
      case 'group':
        return this.folder(node.clusterId, 'groups');
      case 'groupTopic':
      case 'members':
        return this.group(node.clusterId, node.group);
      case 'groupPartition':
        return this.groupTopic(node.clusterId, node.group, node.topic);
      case 'member':
        return this.members(node.clusterId, node.group);
      case 'problem':
        return this.get(node.parent);
      case 'nothing':
        return this.get(node.id.slice(0, node.id.lastIndexOf('/')));
    }
  }

  private same(node: ClusterNode): ClusterNode {
    const found = this.known.get(node.id);
    return found ?? this.put(node);
  }

  private put(node: ClusterNode): ClusterNode {
    this.known.set(node.id, node);
    return node;
  }
}

function groupPlace(clusterId: string, group: string): string {
  return `${clusterId}/groups/${encodeURIComponent(group)}`;
}
