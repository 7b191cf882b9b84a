// What is true when a leader has died: prepared once, then asked.
import { latest, newProducerId, write } from './ask.js';
import { createTopic, type ThreeNodes } from './cluster-under-test.js';

/** Led by node 3 and followed by node 1, which is in sync when node 3 dies. */
export const cleanTopic = 'succeeded';

/** Led by node 3 and followed by node 2, which is out of sync then. */
export const uncleanTopic = 'headless';

export interface Prepared {
  /** Has written sequences 0 to 6 to the first topic, all of them replicated. */
  readonly producerId: bigint;
  /** An acks=1 write after them, which nobody has copied. */
  readonly unreplicated: { readonly error: string; readonly at: number };
  /** The end of the second topic, five records of which node 2 has. */
  readonly endBefore: number;
}

/** Node 3 dies, and with it a record that it acknowledged alone, and five that only a follower out of sync lacks. */
export async function leaderDies(cluster: ThreeNodes): Promise<Prepared> {
  const leader = cluster.node(3);
  await createTopic(cluster, cleanTopic, { replicas: [3, 1], inSync: 1 });
  await createTopic(cluster, uncleanTopic, { replicas: [3, 2], inSync: 1 });
  const producerId = await newProducerId(leader);
  for (let sequence = 0; sequence < 7; sequence++)
    await write(leader, cleanTopic, { acks: -1, producer: { id: producerId, sequence } });
  for (let count = 0; count < 5; count++) await write(leader, uncleanTopic, { acks: -1 });
  await cluster.hold(2);
  await cluster.untilOutOfSync(uncleanTopic, 2);
  for (let count = 0; count < 5; count++) await write(leader, uncleanTopic, { acks: -1 });
  const { offset: endBefore } = await latest(leader, uncleanTopic);
  await cluster.hold(1);
  const unreplicated = await write(leader, cleanTopic, { acks: 1 });
  await cluster.die(3, { [cleanTopic]: 1, [uncleanTopic]: -1 });
  return { producerId, unreplicated, endBefore };
}
