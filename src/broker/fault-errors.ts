import type { AnyApi } from './protocol/api.js';
import type { Field, FieldTable } from './protocol/schema.js';
import { includesVersion } from './protocol/version-range.js';
import { asStruct } from './fault-sites.js';
import type { FaultSite } from './requests/handler.js';

/** The request's field that names the same things as an array of the response: each of them gets its own error there. */
const counterparts: Readonly<Record<string, readonly string[]>> = {
  responses: ['topicData', 'topics', 'topicNames', 'resources'],
  topics: ['topics'],
  partitions: ['partitions', 'partitionIndexes'],
  partitionResponses: ['partitionData'],
  resultsByTopicV3AndBelow: ['v3AndBelowTopics'],
  resultsByPartition: ['partitions'],
  coordinators: ['coordinatorKeys'],
  groups: ['groups', 'groupIds'],
  results: ['groupsNames', 'topics', 'resources'],
  transactionStates: ['transactionalIds'],
};

/** Fields that say which one an element is, with their names in requests. */
const identities: Readonly<Record<string, readonly string[]>> = {
  partitionIndex: ['partitionIndex', 'index', 'partition'],
  partition: ['partition', 'partitionIndex'],
  index: ['index'],
};

type Struct = Readonly<Record<string, unknown>>;

/** Whether an error code has a place in the response of every version from `min` to `max`. */
export function canRefuse(
  api: AnyApi,
  { min, max }: { readonly min: number; readonly max: number },
): boolean {
  for (let version = min; version <= max; version++)
    if (!hasPlace(api.response.fields, version)) return false;
  return true;
}

/** The answer of a broker that refuses the whole request without having done any of it (AbstractRequest.getErrorResponse). */
export function refusalOf(api: AnyApi, version: number, request: unknown, code: number): Struct {
  return refuse(api.response.fields, version, request, code);
}

/**
 * The answer with another error code: in the place that stands for the whole where there is one, else in every partition; at
 * the topic and partition of the site only, where it names them.
 */
export function withError(
  api: AnyApi,
  version: number,
  response: unknown,
  code: number,
  site: FaultSite,
): unknown {
  return replace(api.response.fields, version, response, code, site, site.topic === undefined);
}

function errorField(fields: FieldTable, version: number): string | undefined {
  const names = ['errorCode', 'partitionErrorCode'];
  return names.find((name) => fields[name] && includesVersion(fields[name].versions, version));
}

function elementFields(field: Field, version: number): FieldTable | undefined {
  const { shape } = field;
  if (shape.kind !== 'array' || shape.element.kind !== 'struct') return undefined;
  return includesVersion(field.versions, version) ? shape.element.fields : undefined;
}

function hasPlace(fields: FieldTable, version: number): boolean {
  if (errorField(fields, version) !== undefined) return true;
  return Object.entries(fields).some(([name, field]) => {
    const element = elementFields(field, version);
    return element !== undefined && counterparts[name] !== undefined && hasPlace(element, version);
  });
}

function refuse(fields: FieldTable, version: number, request: unknown, code: number): Struct {
  const answer: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    const element = elementFields(field, version);
    if (element) {
      answer[name] = asked(name, request).map((one) => refuse(element, version, one, code));
    } else if (field.shape.kind === 'primitive') {
      const identity = identityIn(name, fields, request);
      if (identity !== undefined) answer[name] = identity;
    }
  }
  const place = errorField(fields, version);
  return place === undefined ? answer : { ...answer, [place]: code };
}

function asked(responseField: string, request: unknown): readonly unknown[] {
  const lists = (counterparts[responseField] ?? []).map((name) => asStruct(request)[name]);
  const found = lists.find((list) => Array.isArray(list) && list.length > 0);
  return Array.isArray(found) ? (found as readonly unknown[]) : [];
}

function identityIn(name: string, fields: FieldTable, request: unknown): unknown {
  if (typeof request === 'string')
    return name === firstOf(['name', 'groupId', 'key'], fields) ? request : undefined;
  if (typeof request === 'number') return name === 'partitionIndex' ? request : undefined;
  const candidates = identities[name] ?? [name];
  return candidates.map((one) => asStruct(request)[one]).find((value) => value !== undefined);
}

function firstOf(names: readonly string[], fields: FieldTable): string | undefined {
  return names.find((name) => fields[name] !== undefined);
}

function replace(
  fields: FieldTable,
  version: number,
  message: unknown,
  code: number,
  site: FaultSite,
  inSite: boolean,
): unknown {
  const own = asStruct(message);
  const place = errorField(fields, version);
  if (place !== undefined && inSite && !narrower(own, site)) return { ...own, [place]: code };
  const changed: Record<string, unknown> = { ...own };
  for (const [name, field] of Object.entries(fields)) {
    const element = elementFields(field, version);
    const list = own[name];
    if (!element || !Array.isArray(list)) continue;
    changed[name] = (list as readonly unknown[]).map((one) =>
      isElsewhere(one, site) ? one : replace(element, version, one, code, site, inSite || isTopic(one, site)),
    );
  }
  return changed;
}

/** The site is a partition, and this is something that contains partitions. */
function narrower(own: Struct, site: FaultSite): boolean {
  return site.partition !== undefined && partitionIn(own) === undefined && Array.isArray(own['partitions']);
}

function isTopic(element: unknown, site: FaultSite): boolean {
  return site.topic !== undefined && topicIn(asStruct(element)) === site.topic;
}

function isElsewhere(element: unknown, site: FaultSite): boolean {
  const fields = asStruct(element);
  const partition = partitionIn(fields);
  if (partition !== undefined) return site.partition !== undefined && site.partition !== partition;
  const topic = topicIn(fields);
  return site.topic !== undefined && topic !== undefined && topic !== site.topic;
}

function topicIn(fields: Struct): unknown {
  return fields['name'] ?? fields['topic'];
}

function partitionIn(fields: Struct): unknown {
  return fields['partitionIndex'] ?? fields['index'] ?? fields['partition'];
}
