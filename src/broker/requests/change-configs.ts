import { ErrorCode } from '../protocol/errors.js';
import type { BrokerServices } from '../services.js';
import { topicConfigProblem } from '../state/topic-configs.js';
import type { Topic } from '../state/topic.js';
import { resourceType } from './config-entries.js';

export interface ConfigResource {
  readonly resourceType: number;
  readonly resourceName: string;
}

export interface ConfigResult extends ConfigResource {
  readonly errorCode: number;
  readonly errorMessage: string | null;
}

/** A topic's configuration as it shall be, or why it cannot be. */
export type NewConfigs =
  | { readonly configs: ReadonlyMap<string, string | null> }
  | { readonly problem: string; readonly errorCode: number };

/**
 * What AlterConfigs and IncrementalAlterConfigs have in common: a topic gets what `wanted` makes of it, whole or not at all. A
 * broker's configuration is refused as Kafka refuses what cannot change at run time.
 */
export function changeConfigs(
  resource: ConfigResource,
  validateOnly: boolean,
  { cluster }: BrokerServices,
  wanted: (topic: Topic) => NewConfigs,
): ConfigResult {
  const result = (errorCode: number, errorMessage: string | null = null): ConfigResult => ({
    resourceType: resource.resourceType,
    resourceName: resource.resourceName,
    errorCode,
    errorMessage,
  });
  if (resource.resourceType !== resourceType.topic) {
    const isBroker = resource.resourceType === resourceType.broker;
    return result(ErrorCode.INVALID_REQUEST, isBroker ? notDynamic : 'Unsupported resource type.');
  }
  const topic = cluster.topic(resource.resourceName);
  if (!topic) return result(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  const next = wanted(topic);
  if ('problem' in next) return result(next.errorCode, next.problem);
  for (const [name, value] of next.configs) {
    const problem = topicConfigProblem(name, value);
    if (problem !== undefined) return result(ErrorCode.INVALID_CONFIG, problem);
  }
  if (!validateOnly) apply(topic, next.configs);
  return result(ErrorCode.NONE);
}

const notDynamic =
  'Cannot update these configs dynamically: the configuration of a broker is fixed at its start.';

function apply(topic: Topic, configs: ReadonlyMap<string, string | null>): void {
  topic.configs.clear();
  for (const [name, value] of configs) if (value !== null) topic.configs.set(name, value);
  // A lower min.insync.replicas lets a high watermark move that stood still.
  for (const partition of topic.partitions) partition.setInSyncReplicas(partition.inSyncReplicas);
}
