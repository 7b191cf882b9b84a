import type { FaultRule } from './fault-rule.js';
import type { FaultSite } from './requests/handler.js';

type Struct = Readonly<Record<string, unknown>>;

/**
 * Everything in a decoded request that a rule can match on. By field names and not by API: they are the same in all of
 * Kafka's messages.
 */
export function sitesOf(request: unknown): readonly FaultSite[] {
  const body = asStruct(request);
  const base = ownSite(body);
  const nested = [...listed(body, 'transactions'), ...listed(body, 'groups')].flatMap(sitesOf);
  const topics = ['topicData', 'topics', 'v3AndBelowTopics', 'topicNames'].flatMap((field) =>
    listed(body, field),
  );
  const sites = [...topics.flatMap(topicSites), ...keySites(body), ...nested];
  return sites.length === 0 ? [base] : sites.map((site) => ({ ...base, ...site }));
}

/** Group and transactional id of the request as a whole. A field that the version lacks is empty, not absent. */
export function ownSite(body: Struct): FaultSite {
  const group = text(body['groupId']);
  const transactionalId = text(body['transactionalId']) ?? text(body['v3AndBelowTransactionalId']);
  return { ...(group !== undefined && { group }), ...(transactionalId !== undefined && { transactionalId }) };
}

export function siteMatches(rule: FaultRule, site: FaultSite): boolean {
  return (
    (rule.topic === undefined || rule.topic === site.topic) &&
    (rule.partition === undefined || rule.partition === site.partition) &&
    (rule.group === undefined || rule.group === site.group) &&
    (rule.transactionalId === undefined || rule.transactionalId === site.transactionalId)
  );
}

function topicSites(entry: unknown): readonly FaultSite[] {
  const fields = asStruct(entry);
  const topic = text(entry) ?? text(fields['name']) ?? text(fields['topic']);
  if (topic === undefined) return [];
  const partitions = ['partitionData', 'partitions', 'partitionIndexes'].flatMap((field) =>
    listed(fields, field),
  );
  if (partitions.length === 0) return [{ topic }];
  return partitions.map((one) => ({ topic, ...partitionOf(one) }));
}

function partitionOf(entry: unknown): { readonly partition?: number } {
  const fields = asStruct(entry);
  const candidates = [entry, fields['index'], fields['partitionIndex'], fields['partition']];
  const partition = candidates.find((one) => typeof one === 'number');
  return partition === undefined ? {} : { partition };
}

/** FindCoordinator names groups or transactional ids by type; others list ids of groups or transactions. */
function keySites(body: Struct): readonly FaultSite[] {
  const keys = [...listed(body, 'coordinatorKeys'), body['key']].map(text).filter((key) => key !== undefined);
  const located = keys.map((key) => (body['keyType'] === 1 ? { transactionalId: key } : { group: key }));
  const groups = ['groups', 'groupsNames', 'groupIds'].flatMap((field) => listed(body, field)).map(text);
  const transactions = listed(body, 'transactionalIds')
    .map(text)
    .filter((id) => id !== undefined)
    .map((transactionalId) => ({ transactionalId }));
  return [
    ...located,
    ...transactions,
    ...groups.filter((group) => group !== undefined).map((group) => ({ group })),
  ];
}

function listed(body: Struct, field: string): readonly unknown[] {
  const value = body[field];
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

export function asStruct(value: unknown): Struct {
  return typeof value === 'object' && value !== null && !Buffer.isBuffer(value) ? (value as Struct) : {};
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
