/** The topics of the cluster, as far as groups need them. */
export interface TopicDirectory {
  readonly topics: readonly GroupTopic[];
  topic(name: string): GroupTopic | undefined;
  topicById(id: string): GroupTopic | undefined;
}

export interface GroupTopic {
  readonly name: string;
  readonly id: string;
  readonly partitions: { readonly length: number };
}

export const noTopics: TopicDirectory = {
  topics: [],
  topic: () => undefined,
  topicById: () => undefined,
};
