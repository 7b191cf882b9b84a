import { fetch } from '../../src/broker/protocol/messages/01-fetch.js';
import { listOffsets } from '../../src/broker/protocol/messages/02-list-offsets.js';
import { metadata } from '../../src/broker/protocol/messages/03-metadata.js';
import { createTopics } from '../../src/broker/protocol/messages/19-create-topics.js';
import { deleteTopics } from '../../src/broker/protocol/messages/20-delete-topics.js';
import { deleteRecords } from '../../src/broker/protocol/messages/21-delete-records.js';
import { offsetForLeaderEpoch } from '../../src/broker/protocol/messages/23-offset-for-leader-epoch.js';
import { createPartitions } from '../../src/broker/protocol/messages/37-create-partitions.js';
import { Draw, type CommonVersions } from './draw.js';
import {
  drawArrival,
  drawCommit,
  drawFetchOffsets,
  drawGroupAdministration,
  drawHeartbeat,
  drawLeave,
  drawRound,
  drawStall,
} from './generate-group.js';
import {
  drawCommitInTransaction,
  drawEnd,
  drawExpiry,
  drawInit,
  drawPlace,
  drawProduce,
  drawTransaction,
} from './generate-transaction.js';
import type { GroupSlot, Operation } from './operation.js';

/** About as many operations a sequence has. */
const usualLength = 30;

type Source = (draw: Draw) => readonly Operation[];

/** A random sequence: strands of operations that belong together, interleaved. The same seed makes the same sequence. */
export function generate(seed: number, versions: CommonVersions, theme?: Theme): readonly Operation[] {
  const draw = new Draw(seed, versions);
  const sources = themes[theme ?? draw.one(themeNames)];
  const strands: Operation[][] = [];
  for (let length = 0; length < usualLength;) {
    const strand = draw.one(sources)(draw);
    strands.push([...strand]);
    length += strand.length;
  }
  return interleave(draw, strands);
}

/** Takes from the first strands at random, so that what belongs together stays near each other. */
function interleave(draw: Draw, strands: Operation[][]): readonly Operation[] {
  const operations: Operation[] = [];
  while (strands.length > 0) {
    const at = draw.mostly(0, 0.3, [1, 1, 2]);
    const strand = strands[Math.min(at, strands.length - 1)];
    const next = strand?.shift();
    if (next === undefined) strands.splice(Math.min(at, strands.length - 1), 1);
    else operations.push(next);
  }
  return operations;
}

const readLog: Source = (draw) => {
  const place = drawPlace(draw);
  const leaderEpoch = draw.mostly(-1, 0.2, [0, 0, 1]);
  return [
    draw.chance(0.6) ? drawFetch(draw) : drawListOffsets(draw, leaderEpoch),
    ...(draw.chance(0.15) ? [drawEpochEnd(draw, place)] : []),
  ];
};

function drawFetch(draw: Draw): Operation {
  const version = draw.version(fetch);
  return {
    kind: 'fetch',
    place: drawPlace(draw),
    version,
    offset: draw.mostly(draw.between(0, 12), 0.08, [-1, 1000]),
    committed: draw.chance(0.6),
    leaderEpoch: draw.mostly(-1, 0.2, [0, 0, 1]),
    lastFetchedEpoch: version < 12 ? -1 : draw.mostly(-1, 0.2, [0, 0, 1]),
    maxBytes: draw.mostly(1_000_000, 0.2, [1, 100, 200]),
  };
}

function drawListOffsets(draw: Draw, leaderEpoch: number): Operation {
  const version = draw.version(listOffsets);
  // The largest timestamp can be asked for from version 7 on (KIP-734).
  const at = draw.one([-1, -1, -2, version >= 7 ? -3 : -1, draw.between(0, 200), 10_000_000]);
  return {
    kind: 'list offsets',
    place: drawPlace(draw),
    version,
    at,
    committed: draw.chance(0.5),
    leaderEpoch,
  };
}

function drawEpochEnd(draw: Draw, place = drawPlace(draw)): Operation {
  const currentLeaderEpoch = draw.mostly(-1, 0.3, [0, 1]);
  const leaderEpoch = draw.mostly(0, 0.3, [1, -1]);
  return {
    kind: 'epoch end',
    place,
    version: draw.version(offsetForLeaderEpoch),
    leaderEpoch,
    currentLeaderEpoch,
  };
}

const idempotent: Source = (draw) => {
  const producer = draw.one(['i', 'i', 'j', 'plain'] as const);
  const batches = Array.from({ length: draw.between(1, 5) }, () =>
    drawProduce(draw, producer, draw.chance(0.8) ? { topic: 't0', partition: 0 } : drawPlace(draw)),
  );
  return draw.chance(0.4) && producer !== 'plain' ? [drawInit(draw, producer), ...batches] : batches;
};

const transaction: Source = (draw) => drawTransaction(draw, draw.one(['a', 'a', 'b', 'b', 'zombie']));
const writes: Source = (draw) => drawTransaction(draw, draw.one(['a', 'a', 'b', 'b', 'zombie']), 'never');
const lateStep: Source = (draw) => {
  const producer = draw.one(['a', 'b', 'zombie'] as const);
  return [draw.one([drawEnd(draw, producer), drawInit(draw, producer), drawProduce(draw, producer)])];
};
const expiry: Source = (draw) => (draw.chance(0.25) ? drawExpiry(draw) : transaction(draw));

const cutLog: Source = (draw) => [
  {
    kind: 'delete records',
    place: drawPlace(draw),
    version: draw.version(deleteRecords),
    offset: draw.mostly(draw.between(0, 8), 0.2, [-1, -1, 1000, -2]),
  },
];

const patient = (source: (draw: Draw, group: GroupSlot) => Operation | readonly Operation[]): Source => {
  return (draw) => [source(draw, 'patient')].flat();
};
const arrival: Source = (draw) => drawArrival(draw, draw.mostly('patient', 0.12, ['hasty']));
const stall: Source = (draw) =>
  draw.chance(0.3) ? drawStall(draw, draw.one(['patient', 'hasty'])) : arrival(draw);
const consumer: Source = (draw) => {
  const kind = draw.between(0, 9);
  if (kind < 3) return [drawHeartbeat(draw, 'patient')];
  if (kind < 5) return [drawCommit(draw, 'patient')];
  if (kind < 7) return [drawFetchOffsets(draw, 'patient')];
  return [kind === 7 ? drawLeave(draw, 'patient') : drawGroupAdministration(draw, 'patient')];
};

const topics: Source = (draw) => {
  const version = draw.version(createTopics);
  switch (draw.between(0, 4)) {
    case 0:
    case 1:
      return [
        {
          kind: 'create topic',
          version,
          topic: draw.mostly('made', 0.15, ['t0', 'invalid name', 'empty name']),
          partitions: draw.mostly(draw.between(1, 2), 0.2, [0, version < 4 ? 1 : -1]),
          replication: draw.mostly(1, 0.1, [0, 2]),
          config: draw.mostly(undefined, 0.3, [
            ['no.such', '1'],
            ['cleanup.policy', 'compact'],
            ['retention.ms', 'x'],
          ] as const),
          validateOnly: version >= 1 && draw.chance(0.1),
        },
      ];
    case 2:
      return [
        {
          kind: 'delete topic',
          topic: draw.mostly('made', 0.1, ['missing']),
          version: draw.version(deleteTopics),
        },
      ];
    case 3:
      return [
        {
          kind: 'create partitions',
          topic: draw.one(['t1', 'made', 'missing']),
          count: draw.between(0, 3),
          validateOnly: draw.chance(0.15),
          version: draw.version(createPartitions),
        },
      ];
    default:
      // Below version 4 a client cannot say that it wants no topic made.
      return [
        {
          kind: 'metadata',
          topic: draw.one(['t0', 't1', 'made', 'missing']),
          version: Math.max(4, draw.version(metadata)),
        },
      ];
  }
};

const inTransaction: Source = (draw) => [drawCommitInTransaction(draw, draw.one(['a', 'b', 'zombie']))];

/** What a sequence is about; a source that stands twice comes twice as often. */
const themes = {
  producers: [idempotent, idempotent, readLog, cutLog],
  /** Without groups: Kafka 4 has another coordinator for them. */
  writes: [writes, writes, writes, lateStep, readLog, cutLog, idempotent],
  transactions: [transaction, transaction, transaction, lateStep, readLog],
  endings: [
    ...[transaction, transaction, expiry, lateStep, readLog, cutLog],
    ...[inTransaction, patient(drawFetchOffsets)],
  ],
  groups: [arrival, arrival, patient(drawRound), consumer, consumer, consumer, stall],
  offsets: [arrival, patient(drawRound), consumer, transaction, inTransaction, patient(drawFetchOffsets)],
  topics: [topics, topics, idempotent, readLog, writes],
  /** The dearest: no other sequence may use groups meanwhile. */
  'topics and offsets': [topics, transaction, patient(drawCommit), patient(drawFetchOffsets)],
} as const satisfies Readonly<Record<string, readonly Source[]>>;

export type Theme = keyof typeof themes;

export const themeNames = Object.keys(themes) as readonly Theme[];
