// What is true while a follower is held: the facts that need a second node, each as a procedure for either cluster.
import assert from 'node:assert/strict';
import { epochEnd, latest, newProducerId, read, write } from './ask.js';
import { createTopic, eventually, type ThreeNodes } from './cluster-under-test.js';

/** With too few in sync acks=all is refused before deduplication; acks=1 is taken, and nobody sees it. */
export async function tooFewInSync(cluster: ThreeNodes) {
  const leader = cluster.node(1);
  await createTopic(cluster, 'too-few', { replicas: [1, 2, 3], inSync: 3 });
  const id = await newProducerId(leader);
  const before = await write(leader, 'too-few', { acks: -1, producer: { id, sequence: 0 } });
  await cluster.hold(3);
  await cluster.untilOutOfSync('too-few', 3);
  const answers = {
    before,
    next: await write(leader, 'too-few', { acks: -1, producer: { id, sequence: 1 } }),
    repeated: await write(leader, 'too-few', { acks: -1, producer: { id, sequence: 0 } }),
    leaderOnly: await write(leader, 'too-few', { acks: 1 }),
    latest: await latest(leader, 'too-few'),
    logEnd: await epochEnd(leader, 'too-few', 0),
    betweenWatermarkAndEnd: await read(leader, 'too-few', { offset: 1 }),
    atTheEnd: await read(leader, 'too-few', { offset: 2 }),
    beyondTheEnd: await read(leader, 'too-few', { offset: 3 }),
  };
  await cluster.release(3);
  await cluster.untilInSync('too-few');
  const afterwards = await eventually('the record is seen', async () => {
    const seen = await read(leader, 'too-few', { offset: 1 });
    assert.equal(seen.offsets.length, 1);
    return seen;
  });
  return { ...answers, afterwards };
}

/** The followers fall out of sync while acks=all waits: what it gets depends on whether enough are left. */
export async function fallsBelow(cluster: ThreeNodes, name: string, inSync: 1 | 2) {
  const leader = cluster.node(1);
  await createTopic(cluster, name, { replicas: [1, 3], inSync });
  await cluster.hold(3);
  const waiting = write(leader, name, { acks: -1, timeoutMs: inSync === 1 ? 30_000 : 6000 });
  await eventually('the record is written', async () =>
    assert.equal((await epochEnd(leader, name, 0)).end, 1),
  );
  const hidden = await latest(leader, name);
  await cluster.untilOutOfSync(name, 3);
  const answer = await waiting;
  const seen = await latest(leader, name);
  await cluster.release(3);
  await cluster.untilInSync(name);
  return { hidden, answer, seen };
}

/** A follower that goes on in time: acks=all is answered, and a reader that waits at the end is woken. */
export async function goesOn(cluster: ThreeNodes) {
  const leader = cluster.node(1);
  await createTopic(cluster, 'goes-on', { replicas: [1, 3], inSync: 2 });
  await cluster.hold(3);
  const waiting = write(leader, 'goes-on', { acks: -1 });
  const reading = read(leader, 'goes-on', { offset: 0, maxWaitMs: 20_000 });
  await eventually('the record is written', async () =>
    assert.equal((await epochEnd(leader, 'goes-on', 0)).end, 1),
  );
  await cluster.release(3);
  return { answer: await waiting, seen: await reading };
}

/** A follower leads nobody, and lets consumers read what is replicated from Fetch 12 on. */
export async function followerAnswers(cluster: ThreeNodes) {
  await createTopic(cluster, 'followed', { replicas: [1, 2, 3], inSync: 1 });
  await write(cluster.node(1), 'followed', { acks: -1 });
  const follower = cluster.node(2);
  const newer = await eventually('the follower knows the watermark', async () => {
    const seen = await read(follower, 'followed', { offset: 0 });
    assert.equal(seen.offsets.length, 1);
    return seen;
  });
  return {
    write: await write(follower, 'followed', { acks: 1 }),
    latest: await latest(follower, 'followed'),
    logEnd: await epochEnd(follower, 'followed', 0),
    read: await read(follower, 'followed', { offset: 0, version: 10 }),
    newer,
  };
}
