import { ErrorCode } from '../protocol/errors.js';
import {
  ConfigOperation,
  incrementalAlterConfigs,
  type IncrementalAlterConfigsRequest,
  type IncrementalAlterConfigsResponse,
} from '../protocol/messages/44-incremental-alter-configs.js';
import { topicConfigDefinitions } from '../state/topic-configs.js';
import type { Topic } from '../state/topic.js';
import { changeConfigs, type NewConfigs } from './change-configs.js';
import type { RequestHandler } from './handler.js';

/** IncrementalAlterConfigs, versions 0–1 (KIP-339), for topics: set, delete, and append or subtract for lists. */
export const incrementalAlterConfigsHandler: RequestHandler<
  IncrementalAlterConfigsRequest,
  IncrementalAlterConfigsResponse
> = {
  api: incrementalAlterConfigs,
  versions: { min: 0, max: 1 },
  handle(request, _context, services) {
    return {
      responses: request.resources.map((resource) =>
        changeConfigs(resource, request.validateOnly, services, (topic) => changed(topic, resource.configs)),
      ),
    };
  },
};

type Change = IncrementalAlterConfigsRequest['resources'][number]['configs'][number];

function changed(topic: Topic, changes: readonly Change[]): NewConfigs {
  const configs = new Map<string, string | null>(topic.configs);
  const names = new Set(changes.map(({ name }) => name));
  if (names.size < changes.length) return refusal('Error due to duplicate config keys');
  for (const { name, value, configOperation } of changes) {
    const isList = topicConfigDefinitions[name]?.type === 'list';
    if (configOperation === ConfigOperation.set) configs.set(name, value);
    else if (configOperation === ConfigOperation.delete) configs.delete(name);
    else if (!isList) return notAList(name);
    else if (configOperation === ConfigOperation.append) configs.set(name, append(topic.config(name), value));
    else if (configOperation === ConfigOperation.subtract)
      configs.set(name, subtract(topic.config(name), value));
    else return refusal(`Unknown operation ${configOperation} for config key: ${name}`);
  }
  return { configs };
}

function refusal(problem: string): NewConfigs {
  return { problem, errorCode: ErrorCode.INVALID_REQUEST };
}

/** INVALID_CONFIG, as the controller of a KRaft cluster answers (ConfigurationControlManager). */
function notAList(name: string): NewConfigs {
  const problem = `Can't append to or subtract from config ${name} because its type is not list.`;
  return { problem, errorCode: ErrorCode.INVALID_CONFIG };
}

function entries(list: string | null): readonly string[] {
  return (list ?? '').split(',').filter((one) => one !== '');
}

function append(current: string, more: string | null): string {
  return [...new Set([...entries(current), ...entries(more)])].join(',');
}

function subtract(current: string, less: string | null): string {
  const removed = entries(less);
  return entries(current)
    .filter((one) => !removed.includes(one))
    .join(',');
}
