import { decodeRequest } from '../../src/broker/protocol/api.js';
import { decodeRequestHeader, encodeResponseFrame } from '../../src/broker/protocol/header.js';
import { txnOffsetCommit } from '../../src/broker/protocol/messages/28-txn-offset-commit.js';
import type { Address } from '../harness/kafka-probe.js';
import { startKafkaProxy, type Fate } from '../harness/kafka-proxy.js';
import { illegalGeneration, type Armed, type Strike } from './strike.js';

const apiKeys: Readonly<Record<Strike['api'], number>> = {
  Produce: 0,
  OffsetCommit: 8,
  EndTxn: 26,
  TxnOffsetCommit: 28,
};

export interface StrikingProxy {
  readonly bootstrap: string;
  arm(strike: Strike): Armed;
  stop(): Promise<void>;
}

interface InPlace {
  readonly strike: Strike;
  readonly tell: () => void;
  seen: number;
}

/** What the embedded broker’s fault rules do, done before a broker that has none. For one program at a time. */
export async function startStrikingProxy(nodes: readonly Address[]): Promise<StrikingProxy> {
  let inPlace: InPlace | undefined;
  const proxy = await startKafkaProxy(nodes, ({ apiKey, frame }) => {
    if (inPlace === undefined || apiKeys[inPlace.strike.api] !== apiKey) return 'pass';
    const { strike, tell } = inPlace;
    inPlace.seen++;
    if (inPlace.seen < strike.nth || (inPlace.seen > strike.nth && !strike.goesOn)) return 'pass';
    tell();
    return fateBy(strike, frame);
  });
  return {
    bootstrap: proxy.bootstrapServers.join(','),
    arm: (strike) => {
      let tell = (): void => undefined;
      const struck = new Promise<void>((resolve) => (tell = resolve));
      inPlace = { strike, tell, seen: 0 };
      return {
        struck,
        lift: () => {
          inPlace = undefined;
          return Promise.resolve();
        },
      };
    },
    stop: () => proxy.stop(),
  };
}

function fateBy({ moment, effect, goesOn }: Strike, frame: Buffer): Fate {
  if (effect === 'refuse') return { answer: refusal(frame) };
  if (moment === 'before') return 'cut';
  // Whoever is about to be killed waits for its answer meanwhile; whoever lives on must notice that it is lost.
  return goesOn ? 'withhold-answer' : 'cut-answer';
}

function refusal(frame: Buffer): Buffer {
  const { header, body } = decodeRequestHeader(frame.subarray(4));
  const { topics } = decodeRequest(txnOffsetCommit, header.apiVersion, body);
  return encodeResponseFrame(txnOffsetCommit, header.apiVersion, header.correlationId, {
    topics: topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, errorCode: illegalGeneration })),
    })),
  });
}
