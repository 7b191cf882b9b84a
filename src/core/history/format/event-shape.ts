import type { HistoryEvent, Operation } from '../events.js';
import {
  both,
  chosenBy,
  fields,
  finite,
  listOf,
  mapOf,
  oneOf,
  set,
  text,
  truth,
  whole,
  type Shape,
} from './shape.js';

const position = { topic: text, partition: whole, offset: whole };

const polled = fields({ ...position, value: text, 'key?': text });

/** Every operation has its own fields; a missing one here is a compile error. */
const operationShapes: Readonly<Record<Operation['f'], Shape>> = {
  send: fields({
    topic: text,
    partition: whole,
    value: text,
    'key?': text,
    'transaction?': text,
    'source?': fields(position),
  }),
  begin: fields({ transaction: text }),
  commit: fields({ transaction: text }),
  abort: fields({ transaction: text }),
  poll: fields({ 'group?': text, 'isolation?': oneOf('read_committed', 'read_uncommitted') }),
  'commit-offset': fields({ group: text, ...position, 'transaction?': text }),
  effect: fields({ group: text, value: text, ...position }),
  init: fields({ transactionalId: text }),
};

/** `ok` of a poll must hold what was polled, and `ok` of an init may say what it was given. */
const resultShapes: Readonly<Record<Operation['f'], Shape>> = {
  send: fields({ 'result?': fields({ offset: whole }) }),
  begin: fields({}),
  commit: fields({}),
  abort: fields({}),
  poll: (value) => (severalPolled(value) === undefined ? undefined : onePolled(value)),
  'commit-offset': fields({}),
  effect: fields({ 'result?': fields({ skipped: set }) }),
  init: fields({ 'result?': fields({ producerId: whole, epoch: whole }) }),
};

const onePolled = fields({ result: fields({ record: polled }) });

const severalPolled = fields({ result: fields({ records: listOf(polled) }) });

const operation = both(fields({ process: text, operation: whole }), chosenBy('f', operationShapes));

const failed = both(operation, fields({ error: text, 'code?': whole }));

const frame = fields({
  process: text,
  connection: whole,
  api: text,
  version: whole,
  correlationId: whole,
  bytes: whole,
  'fate?': oneOf('lost', 'delayed', 'cut'),
  'detail?': fields({
    'values?': listOf(text),
    'topic?': text,
    'partition?': whole,
    'producerId?': whole,
    'epoch?': whole,
    'sequence?': whole,
    'baseOffset?': whole,
    'offset?': whole,
    'errorCode?': whole,
    'transactionalId?': text,
    'group?': text,
    'memberId?': text,
    'generation?': whole,
    'commit?': truth,
  }),
});

const partition = { topic: text, partition: whole };

const producer = { producerId: whole, epoch: whole };

const marker = { offset: whole, ...producer, commit: truth };

/** One entry for each type of event; a missing one is a compile error. */
const eventShapes: Readonly<Record<HistoryEvent['type'], Shape>> = {
  run: fields({
    'scenario?': text,
    'phase?': oneOf('control', 'fault'),
    'broker?': oneOf('embedded', 'kafka'),
    'observer?': oneOf('broker'),
    'layer?': oneOf('producer-to-log', 'log-to-effect', 'input-to-output', 'external-effect'),
    topics: listOf(fields({ role: oneOf('input', 'output'), topic: text, partitions: whole })),
    'groups?': listOf(text),
  }),
  invoke: operation,
  ok: both(operation, chosenBy('f', resultShapes)),
  fail: failed,
  info: failed,
  rebalance: fields({
    process: text,
    group: text,
    generation: whole,
    memberId: text,
    assigned: listOf(fields(partition)),
  }),
  process: fields({
    process: text,
    actor: text,
    event: oneOf('start', 'crash', 'stop', 'error'),
    'error?': text,
  }),
  fault: fields({
    event: oneOf('armed', 'fired'),
    point: text,
    process: text,
    'message?': text,
    'api?': text,
    'after?': text,
    action: text,
  }),
  request: frame,
  response: frame,
  append: fields({
    ...partition,
    baseOffset: whole,
    lastOffset: whole,
    ...producer,
    sequence: whole,
    transactional: truth,
  }),
  marker: fields({ ...partition, ...marker }),
  deduplicated: fields({ ...partition, baseOffset: whole, ...producer, sequence: whole }),
  truncated: fields({ ...partition, endOffset: whole }),
  fenced: fields({ 'transactionalId?': text, ...producer, currentEpoch: whole, api: text }),
  watermarks: fields({ ...partition, highWatermark: whole, lastStableOffset: whole }),
  drain: fields({
    label: text,
    isolation: oneOf('read_committed', 'read_uncommitted'),
    ...partition,
    records: listOf(
      fields({ offset: whole, value: text, 'producerId?': whole, 'epoch?': whole, 'transactional?': truth }),
    ),
    'markers?': listOf(fields(marker)),
    logStart: whole,
    highWatermark: whole,
    lastStableOffset: whole,
    'committed?': mapOf(whole),
    complete: truth,
  }),
  note: fields({
    about: oneOf('takeover', 'warm-up', 'cancelled', 'clean-up'),
    'process?': text,
    detail: text,
  }),
};

export const eventShape: Shape = both(fields({ seq: whole, timeMs: finite }), chosenBy('type', eventShapes));
