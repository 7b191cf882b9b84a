import { ErrorCode } from '../protocol/errors.js';
import {
  describeConfigs,
  type DescribeConfigsRequest,
  type DescribeConfigsResponse,
} from '../protocol/messages/32-describe-configs.js';
import type { BrokerServices } from '../services.js';
import { isValidTopicName } from '../state/topic-name.js';
import {
  brokerConfigs,
  configSource,
  configTypeCode,
  effectiveTopicConfigs,
  resourceType,
  type ConfigEntry,
} from './config-entries.js';
import type { RequestContext, RequestHandler } from './handler.js';

/**
 * DescribeConfigs, versions 0–4, for topics and for the node that is asked. A topic's value is either set for it or Kafka's
 * default; a node's are as started. Texts of documentation (from 3) are not kept: null, which Kafka too may answer.
 */
export const describeConfigsHandler: RequestHandler<DescribeConfigsRequest, DescribeConfigsResponse> = {
  api: describeConfigs,
  versions: { min: 0, max: 4 },
  handle(request, context, services) {
    return {
      results: request.resources.map((one) => describe(one, request.includeSynonyms, context, services)),
    };
  },
};

type Resource = DescribeConfigsRequest['resources'][number];

function describe(
  resource: Resource,
  includeSynonyms: boolean,
  context: RequestContext,
  services: BrokerServices,
) {
  const { resourceType: type, resourceName, configurationKeys } = resource;
  const found = entriesOf(resource, context, services);
  const about = { resourceType: type, resourceName };
  if ('errorCode' in found) return { ...about, ...found, configs: [] };
  const wanted = found.entries.filter(({ name }) => configurationKeys?.includes(name) ?? true);
  const configs = wanted.map((one) => describeEntry(one, type === resourceType.topic, includeSynonyms));
  return { ...about, errorCode: ErrorCode.NONE, errorMessage: null, configs };
}

type Found =
  | { readonly entries: readonly ConfigEntry[] }
  | { readonly errorCode: number; readonly errorMessage: string | null };

function entriesOf(resource: Resource, context: RequestContext, services: BrokerServices): Found {
  const { resourceType: type, resourceName } = resource;
  if (type === resourceType.topic) return topicEntries(resourceName, services);
  if (type !== resourceType.broker) {
    return { errorCode: ErrorCode.INVALID_REQUEST, errorMessage: `Unsupported resource type: ${type}` };
  }
  // The empty name means the defaults of all brokers that were set at run time: none can be set here.
  if (resourceName === '') return { entries: [] };
  if (resourceName === String(context.nodeId)) return { entries: brokerConfigs(context.nodeId, services) };
  const errorMessage = `Unexpected broker id, expected ${context.nodeId} or empty string, but received ${resourceName}`;
  return { errorCode: ErrorCode.INVALID_REQUEST, errorMessage };
}

function topicEntries(name: string, { cluster }: BrokerServices): Found {
  if (!isValidTopicName(name)) {
    return { errorCode: ErrorCode.INVALID_TOPIC_EXCEPTION, errorMessage: `Topic name '${name}' is invalid.` };
  }
  const topic = cluster.topic(name);
  if (!topic) return { errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, errorMessage: null };
  return { entries: effectiveTopicConfigs(topic) };
}

function describeEntry(entry: ConfigEntry, ofTopic: boolean, includeSynonyms: boolean) {
  const { name, value, isSet } = entry;
  const setHere = ofTopic ? configSource.dynamicTopic : configSource.staticBroker;
  const source = isSet ? setHere : configSource.default;
  return {
    name,
    value,
    readOnly: !ofTopic,
    isDefault: !isSet,
    configSource: source,
    isSensitive: false,
    synonyms: includeSynonyms ? [{ name, value, source }] : [],
    configType: configTypeCode(entry),
    documentation: null,
  };
}
