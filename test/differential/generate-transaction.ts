import { produce } from '../../src/broker/protocol/messages/00-produce.js';
import { initProducerId } from '../../src/broker/protocol/messages/22-init-producer-id.js';
import { addPartitionsToTxn } from '../../src/broker/protocol/messages/24-add-partitions-to-txn.js';
import { addOffsetsToTxn } from '../../src/broker/protocol/messages/25-add-offsets-to-txn.js';
import { endTxn } from '../../src/broker/protocol/messages/26-end-txn.js';
import { txnOffsetCommit } from '../../src/broker/protocol/messages/28-txn-offset-commit.js';
import type { Draw } from './draw.js';
import type {
  GroupSlot,
  MemberChoice,
  OffsetToCommit,
  Operation,
  Place,
  ProducerHandle,
  SequenceChoice,
  Transactional,
} from './operation.js';

const places: readonly Place[] = [
  { topic: 't0', partition: 0 },
  { topic: 't0', partition: 1 },
  { topic: 't1', partition: 0 },
];

const oddPlaces: readonly Place[] = [
  { topic: 'strict', partition: 0 },
  { topic: 'made', partition: 0 },
  { topic: 'missing', partition: 0 },
  { topic: 't1', partition: 7 },
];

export function drawPlace(draw: Draw, odd = 0.08): Place {
  return draw.chance(odd) ? draw.one(oddPlaces) : draw.one(places);
}

export function drawInit(draw: Draw, producer: Exclude<ProducerHandle, 'plain'>): Operation {
  const version = draw.version(initProducerId);
  const names = draw.mostly('nothing', 0.35, [
    'own',
    'own',
    'foreign id',
    'stale epoch',
    'future epoch',
  ] as const);
  // Two that no broker takes: above transaction.max.timeout.ms, and not above 0.
  const timeoutMs = draw.mostly(60_000, 0.06, [900_001, 0]);
  return { kind: 'init', producer, version, timeoutMs, names: version < 3 ? 'nothing' : names };
}

export function drawProduce(draw: Draw, producer: ProducerHandle, place = drawPlace(draw)): Operation {
  const isTransactional = producer === 'a' || producer === 'zombie' || producer === 'b';
  return {
    kind: 'produce',
    producer,
    place,
    version: draw.version(produce),
    records: draw.between(1, 3),
    sequence: drawSequence(draw),
    // A higher epoch of one's own making is taken, and no transaction of the producer ends after that: a rare one is enough.
    epochShift: draw.mostly(0, isTransactional ? 0.03 : 0.06, isTransactional ? [-1, -1, -1, 1] : [-1, 1]),
    transactional: isTransactional ? !draw.chance(0.04) : draw.chance(0.02),
    acks: draw.mostly(-1, 0.15, [1, 1, 0, 2]),
    flaw: draw.mostly('none', 0.08, ['checksum', 'count', 'empty', 'two batches', 'gzip', 'gzip'] as const),
  };
}

function drawSequence(draw: Draw): SequenceChoice {
  if (draw.chance(0.7)) return { kind: 'next' };
  if (draw.chance(0.6)) return { kind: 'repeat', back: draw.between(0, 6) };
  return { kind: draw.one(['gap', 'zero', 'wrap']) };
}

export function drawOffsets(draw: Draw): readonly OffsetToCommit[] {
  const first = draw.between(0, 2);
  const chosen = Array.from({ length: draw.between(1, 2) }, (_, index) =>
    draw.chance(0.05) ? draw.one(oddPlaces) : (places[(first + index) % 3] ?? drawPlace(draw, 0)),
  );
  // Never the same place twice: what Kafka makes of that depends on a hash map.
  return [...new Set(chosen)].map((place) => ({
    ...place,
    offset: draw.between(0, 20),
    metadata: draw.mostly('', 0.3, [null, 'note', 'm'.repeat(5000)]),
  }));
}

export function drawMember(draw: Draw): MemberChoice {
  return draw.one(['none', 'none', 'm0', 'm0', 'm1', 'm2', 'stranger']);
}

export function drawCommitInTransaction(
  draw: Draw,
  producer: Transactional,
  group: GroupSlot = 'patient',
): Operation {
  return {
    kind: 'commit in transaction',
    producer,
    group,
    version: draw.version(txnOffsetCommit),
    // An epoch of one's own making is taken while the transaction is open, and never lets it end (differences.md).
    epochShift: draw.chance(0.06) ? -1 : 0,
    member: drawMember(draw),
    generationShift: draw.mostly(0, 0.2, [-1, 1] as const),
    offsets: drawOffsets(draw),
  };
}

export function drawAddPartitions(draw: Draw, producer: Transactional, added: readonly Place[]): Operation {
  const version = draw.version(addPartitionsToTxn);
  const epochShift = draw.mostly(0, 0.06, [-1, 1] as const);
  return { kind: 'add partitions', producer, version, epochShift, places: added };
}

export function drawAddOffsets(draw: Draw, producer: Transactional): Operation {
  const epochShift = draw.mostly(0, 0.06, [-1, 1] as const);
  return {
    kind: 'add offsets',
    producer,
    group: 'patient',
    version: draw.version(addOffsetsToTxn),
    epochShift,
  };
}

export function drawEnd(draw: Draw, producer: Transactional): Operation {
  const epochShift = draw.mostly(0, 0.06, [-1, 1] as const);
  return { kind: 'end', producer, version: draw.version(endTxn), epochShift, committed: draw.chance(0.6) };
}

/** A transaction as an application does it, now and then with a step left out or done twice. */
export function drawTransaction(
  draw: Draw,
  producer: Transactional,
  offsetsIn: 'often' | 'never' = 'often',
): readonly Operation[] {
  const used = [...new Set([draw.one(places), draw.one(places)])];
  const withOffsets = offsetsIn === 'often' && draw.chance(0.45);
  const steps: readonly Operation[] = [
    ...(draw.chance(0.35) ? [drawInit(draw, producer)] : []),
    drawAddPartitions(draw, producer, draw.chance(0.08) ? [...used, draw.one(oddPlaces.slice(1))] : used),
    ...used.map((place) => drawProduce(draw, producer, place)),
    ...(withOffsets ? [drawAddOffsets(draw, producer), drawCommitInTransaction(draw, producer)] : []),
    ...(draw.chance(0.3) ? [drawProduce(draw, producer, draw.one(used))] : []),
    ...(draw.chance(0.85) ? [drawEnd(draw, producer)] : []),
  ];
  return steps.flatMap((step) => (draw.chance(0.05) ? [] : draw.chance(0.06) ? [step, step] : [step]));
}

/** The time-out ends the transaction, and the producer goes on as if it had not. */
export function drawExpiry(draw: Draw): readonly Operation[] {
  const place = draw.one(places);
  return [
    { kind: 'init', producer: 'b', version: draw.version(initProducerId), timeoutMs: 300, names: 'nothing' },
    drawAddPartitions(draw, 'b', [place]),
    drawProduce(draw, 'b', place),
    { kind: 'pause', ms: 900 },
    draw.one([drawEnd(draw, 'b'), drawProduce(draw, 'b', place), drawInit(draw, 'b')]),
  ];
}
