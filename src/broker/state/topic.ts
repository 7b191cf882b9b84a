import { topicConfigDefinitions } from './topic-configs.js';
import type { Partition } from './partition.js';

/** A topic: its partitions in order of their index, and what was configured. Changed by the cluster only. */
export class Topic {
  readonly partitions: Partition[] = [];
  /** What was set; what was not has its default. */
  readonly configs = new Map<string, string>();

  constructor(
    readonly name: string,
    /** A uuid in Kafka's text form (base64url, 22 characters). */
    readonly id: string,
    readonly replicationFactor: number,
  ) {}

  get isInternal(): boolean {
    return this.name === '__consumer_offsets' || this.name === '__transaction_state';
  }

  /** The value in force; a name that Kafka does not know is a programming mistake here. */
  config(name: string): string {
    const value = this.configs.get(name) ?? topicConfigDefinitions[name]?.defaultValue;
    if (value === undefined) throw new Error(`no such topic configuration: ${name}`);
    return value;
  }
}
