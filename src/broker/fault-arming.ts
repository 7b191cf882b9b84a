import { apis } from './protocol/apis.js';
import { canRefuse } from './fault-errors.js';
import {
  FaultRuleError,
  faultPhases,
  type FaultAction,
  type FaultPhase,
  type FaultRule,
} from './fault-rule.js';
import type { RegisteredApi } from './registry.js';
import type { Cluster } from './state/cluster.js';

/** What a rule is checked against. */
export interface Armament {
  readonly cluster: Cluster;
  readonly apis: readonly RegisteredApi[];
}

const ruleFields: ReadonlySet<string> = new Set([
  ...['id', 'node', 'clientId', 'api', 'topic', 'partition', 'group', 'transactionalId'],
  ...['nth', 'count', 'phase', 'action'],
]);

/** Fields that each action may and must have, besides `kind`. */
const actionFields: Readonly<
  Record<FaultAction['kind'], { readonly must: readonly string[]; readonly may: readonly string[] }>
> = {
  delay: { must: ['delayMs'], may: [] },
  close: { must: [], may: [] },
  reset: { must: [], may: [] },
  'drop-reply': { must: [], may: [] },
  'partial-reply': { must: ['bytes'], may: [] },
  error: { must: ['code'], may: [] },
  'hold-markers': { must: [], may: ['transactionalId', 'forMs'] },
  'release-markers': { must: [], may: [] },
  'expire-transaction': { must: [], may: ['transactionalId'] },
  'bump-epoch': { must: [], may: ['transactionalId'] },
  'evict-member': { must: [], may: ['group', 'memberId'] },
  'move-coordinator': { must: ['toNode'], may: ['group', 'transactionalId'] },
  'move-leader': { must: ['toNode'], may: ['topic', 'partition'] },
  'shrink-isr': { must: ['inSync'], may: ['topic', 'partition'] },
  'hold-followers': { must: ['nodes', 'held'], may: ['topic', 'partition'] },
};

/** The phases in which an answer can still be kept back. */
const beforeTheAnswer: readonly FaultPhase[] = ['received', 'beforeAppend', 'afterAppend', 'beforeReply'];

/** APIs whose handlers stop before and after they change something. */
const appending = [
  ...['Produce', 'OffsetCommit', 'InitProducerId', 'AddPartitionsToTxn', 'AddOffsetsToTxn'],
  ...['EndTxn', 'TxnOffsetCommit'],
];

const namesTransaction = [
  'Produce',
  'InitProducerId',
  'AddPartitionsToTxn',
  'AddOffsetsToTxn',
  'EndTxn',
  'TxnOffsetCommit',
];
const namesGroup = [
  ...['OffsetCommit', 'OffsetFetch', 'JoinGroup', 'Heartbeat', 'LeaveGroup', 'SyncGroup'],
  ...['AddOffsetsToTxn', 'TxnOffsetCommit', 'DescribeGroups', 'DeleteGroups', 'OffsetDelete'],
];
const namesTopic = [
  ...['Produce', 'Fetch', 'ListOffsets', 'Metadata', 'OffsetCommit', 'OffsetFetch', 'TxnOffsetCommit'],
  ...['AddPartitionsToTxn', 'DeleteRecords', 'OffsetForLeaderEpoch', 'CreatePartitions', 'OffsetDelete'],
];

/**
 * Refuses a rule that could not do what it says, instead of letting it lie in wait for ever.
 * @throws FaultRuleError that names what is wrong.
 */
export function checkRule(rule: FaultRule, armament: Armament): void {
  const fail = (problem: string): never => {
    throw new FaultRuleError(problem);
  };
  checkFields(rule, fail);
  checkConditions(rule, armament, fail);
  checkPhase(rule, armament, fail);
  checkTarget(rule, armament, fail);
}

type Fail = (problem: string) => never;

/** Rules also come from files: what the types promise is looked at again. */
function checkFields(rule: FaultRule, fail: Fail): void {
  for (const field of Object.keys(rule)) if (!ruleFields.has(field)) fail(`a rule has no field "${field}"`);
  const { action, phase } = rule;
  if (!faultPhases.includes(phase)) fail(`there is no phase "${phase}": ${faultPhases.join(', ')}`);
  const known = Object.hasOwn(actionFields, action.kind) ? actionFields[action.kind] : undefined;
  if (!known) return fail(`there is no action "${action.kind}": ${Object.keys(actionFields).join(', ')}`);
  const fields = Object.keys(action).filter((field) => field !== 'kind');
  for (const field of fields) {
    if (!known.must.includes(field) && !known.may.includes(field))
      fail(`${action.kind} has no field "${field}"`);
  }
  for (const field of known.must) if (!fields.includes(field)) fail(`${action.kind} needs "${field}"`);
}

function checkConditions(rule: FaultRule, { cluster, apis: handled }: Armament, fail: Fail): void {
  const { api, node, nth = 1, count = 1 } = rule;
  if (api !== undefined && !handled.some(({ name }) => name === api)) {
    const known = apis.some(({ name }) => name === api);
    fail(known ? `the broker does not answer ${api}` : `there is no API "${api}"`);
  }
  if (node !== undefined && !cluster.node(node)) fail(`there is no node ${node}`);
  if (!isPositiveInteger(nth) || !isPositiveInteger(count)) fail('nth and count are whole numbers from 1 on');
}

function checkPhase(rule: FaultRule, { apis: handled }: Armament, fail: Fail): void {
  const { action, phase, api } = rule;
  const inside = phase === 'beforeAppend' || phase === 'afterAppend';
  if (inside && api !== undefined && !appending.includes(api)) {
    fail(`${api} has no phase ${phase}; those that have: ${appending.join(', ')}`);
  }
  switch (action.kind) {
    case 'drop-reply':
    case 'partial-reply':
      if (phase !== 'afterAppend' && phase !== 'beforeReply') {
        fail(`${action.kind} needs an answer to strike at: phase afterAppend or beforeReply`);
      }
      break;
    case 'error':
      if (!beforeTheAnswer.includes(phase)) fail('an error cannot be told after the reply');
      if (!inside) checkErrorPlace(rule, handled, fail);
      break;
    case 'delay':
      if (phase === 'afterReply') fail('there is nothing to delay after the reply');
      break;
    default:
      break;
  }
}

function checkErrorPlace({ api }: FaultRule, handled: readonly RegisteredApi[], fail: Fail): void {
  if (api === undefined) return fail('an error at received or beforeReply needs an api');
  const found = handled.find(({ name }) => name === api);
  if (found && !canRefuse(found.api, found.versions))
    fail(`the answer of ${api} has no place for an error code`);
}

function checkTarget(rule: FaultRule, armament: Armament, fail: Fail): void {
  const { action } = rule;
  switch (action.kind) {
    case 'hold-markers':
    case 'expire-transaction':
    case 'bump-epoch':
      needs(rule, action.transactionalId ?? rule.transactionalId, namesTransaction, 'transactionalId', fail);
      break;
    case 'evict-member':
      needs(rule, action.group ?? rule.group, namesGroup, 'group', fail);
      break;
    case 'move-coordinator': {
      const named = action.group ?? action.transactionalId ?? rule.group ?? rule.transactionalId;
      const naming = [...namesGroup, ...namesTransaction, 'FindCoordinator'];
      needs(rule, named, naming, 'group or transactionalId', fail);
      checkNodes([action.toNode], armament, fail);
      break;
    }
    case 'move-leader':
      needs(rule, action.topic ?? rule.topic, namesTopic, 'topic', fail);
      if (action.toNode !== -1) checkNodes([action.toNode], armament, fail);
      break;
    case 'shrink-isr':
      needs(rule, action.topic ?? rule.topic, namesTopic, 'topic', fail);
      checkNodes(action.inSync, armament, fail);
      break;
    case 'hold-followers':
      needs(rule, action.topic ?? rule.topic, namesTopic, 'topic', fail);
      checkNodes(action.nodes, armament, fail);
      break;
    default:
      break;
  }
}

/** A target must be named, or be sure to stand in the requests that the rule matches. */
function needs(
  { api, action }: FaultRule,
  named: string | undefined,
  naming: readonly string[],
  field: string,
  fail: Fail,
): void {
  if (named !== undefined || (api !== undefined && naming.includes(api))) return;
  fail(`${action.kind} needs a ${field}: in the action, in the rule, or an api whose requests name one`);
}

function checkNodes(nodes: readonly number[], { cluster }: Armament, fail: Fail): void {
  for (const node of nodes) if (!cluster.node(node)) fail(`there is no node ${node}`);
}

function isPositiveInteger(value: number): boolean {
  return Number.isInteger(value) && value > 0;
}
