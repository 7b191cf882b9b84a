import type { FaultRuleProblem } from '../core/fault-rule-problem.js';
import { faultRuleSentence } from '../core/text/fault-rule-sentence.js';
import { translator } from '../core/text/translate.js';
import { apis } from './protocol/apis.js';
import { ErrorCode } from './protocol/errors.js';
import { canRefuse } from './fault-errors.js';
import { FaultRuleError, type FaultAction, type FaultPhase, type FaultRule } from './fault-rule.js';
import { shapeProblem } from './fault-shape.js';
import type { RegisteredApi } from './registry.js';

/** What a rule is checked against. */
export interface Armament {
  readonly nodeIds: readonly number[];
  readonly apis: readonly RegisteredApi[];
}

/** The phases at which an action can still do what it says; one that is not named can strike at all of them. */
const phasesOf: Partial<Readonly<Record<FaultAction['kind'], readonly FaultPhase[]>>> = {
  'drop-reply': ['afterAppend', 'beforeReply'],
  'partial-reply': ['afterAppend', 'beforeReply'],
  error: ['received', 'beforeAppend', 'afterAppend', 'beforeReply'],
  delay: ['received', 'beforeAppend', 'afterAppend', 'beforeReply'],
};

const namesTransaction = [
  ...['Produce', 'InitProducerId', 'AddPartitionsToTxn', 'AddOffsetsToTxn', 'EndTxn', 'TxnOffsetCommit'],
];
/** APIs whose handlers stop before and after they change something. */
const appending = ['OffsetCommit', ...namesTransaction];
const namesGroup = [
  ...['OffsetCommit', 'OffsetFetch', 'JoinGroup', 'Heartbeat', 'LeaveGroup', 'SyncGroup'],
  ...['AddOffsetsToTxn', 'TxnOffsetCommit', 'DescribeGroups', 'DeleteGroups', 'OffsetDelete'],
  ...['ConsumerGroupHeartbeat', 'ConsumerGroupDescribe'],
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
  const problem = ruleProblem(rule, armament);
  if (problem) throw new FaultRuleError(faultRuleSentence(problem, translator({})));
}

/** The first thing that is wrong with what may come from a file; undefined proves that it is a rule. */
export function ruleProblem(value: unknown, armament: Armament): FaultRuleProblem | undefined {
  const misshapen = shapeProblem(value);
  if (misshapen) return misshapen;
  const rule = value as FaultRule;
  return conditionProblem(rule, armament) ?? phaseProblem(rule, armament) ?? targetProblem(rule, armament);
}

function conditionProblem(
  { api, node }: FaultRule,
  { nodeIds, apis: answered }: Armament,
): FaultRuleProblem | undefined {
  if (api !== undefined && !answered.some(({ name }) => name === api)) {
    const known = apis.some(({ name }) => name === api);
    return { field: 'api', reason: known ? 'unanswered-api' : 'unknown-api', value: api };
  }
  return node === undefined ? undefined : nodeProblem('node', [node], nodeIds);
}

function phaseProblem({ action, phase, api }: FaultRule, armament: Armament): FaultRuleProblem | undefined {
  const inside = phase === 'beforeAppend' || phase === 'afterAppend';
  if (inside && api !== undefined && !appending.includes(api)) {
    return { field: 'phase', reason: 'no-append', api, phase, known: appending.join(', ') };
  }
  const possible = phasesOf[action.kind];
  if (possible && !possible.includes(phase)) {
    return { field: 'phase', reason: 'wrong-phase', action: action.kind, known: possible.join(', ') };
  }
  if (action.kind !== 'error') return undefined;
  return codeProblem(action.code) ?? (inside ? undefined : errorPlaceProblem(api, phase, armament));
}

function codeProblem(code: number): FaultRuleProblem | undefined {
  const isError = code !== ErrorCode.NONE && Object.values<number>(ErrorCode).includes(code);
  return isError ? undefined : { field: 'action.code', reason: 'unknown-code', value: code };
}

function errorPlaceProblem(
  api: string | undefined,
  phase: FaultPhase,
  { apis: answered }: Armament,
): FaultRuleProblem | undefined {
  if (api === undefined) return { field: 'api', reason: 'needs-api', phase };
  const found = answered.find(({ name }) => name === api);
  return found && !canRefuse(found.api, found.versions)
    ? { field: 'api', reason: 'no-place-for-error', value: api }
    : undefined;
}

function targetProblem(rule: FaultRule, { nodeIds }: Armament): FaultRuleProblem | undefined {
  const { action } = rule;
  switch (action.kind) {
    case 'hold-markers':
    case 'expire-transaction':
    case 'bump-epoch':
      return needs(rule, action.transactionalId ?? rule.transactionalId, namesTransaction, 'transactionalId');
    case 'evict-member':
      return needs(rule, action.group ?? rule.group, namesGroup, 'group');
    case 'move-coordinator': {
      const named = action.group ?? action.transactionalId ?? rule.group ?? rule.transactionalId;
      const naming = [...namesGroup, ...namesTransaction, 'FindCoordinator'];
      const untold = needs(rule, named, naming, 'group | transactionalId');
      return untold ?? nodeProblem('action.toNode', [action.toNode], nodeIds);
    }
    case 'move-leader': {
      const nodes = action.toNode === -1 ? [] : [action.toNode];
      return needsTopic(rule, action.topic) ?? nodeProblem('action.toNode', nodes, nodeIds);
    }
    case 'shrink-isr':
      return needsTopic(rule, action.topic) ?? nodeProblem('action.inSync', action.inSync, nodeIds);
    case 'hold-followers':
      return needsTopic(rule, action.topic) ?? nodeProblem('action.nodes', action.nodes, nodeIds);
    default:
      return undefined;
  }
}

function needsTopic(rule: FaultRule, topic: string | undefined): FaultRuleProblem | undefined {
  return needs(rule, topic ?? rule.topic, namesTopic, 'topic');
}

/** A target must be named, or be sure to stand in the requests that the rule matches. */
function needs(
  { api, action }: FaultRule,
  named: string | undefined,
  naming: readonly string[],
  field: string,
): FaultRuleProblem | undefined {
  if (named !== undefined || (api !== undefined && naming.includes(api))) return undefined;
  return { field, reason: 'needs-target', action: action.kind };
}

function nodeProblem(
  field: string,
  nodes: readonly number[],
  known: readonly number[],
): FaultRuleProblem | undefined {
  const value = nodes.find((node) => !known.includes(node));
  return value === undefined ? undefined : { field, reason: 'unknown-node', value, known: known.join(', ') };
}
