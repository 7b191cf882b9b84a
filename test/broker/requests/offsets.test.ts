import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { ErrorCode } from '../../../src/broker/protocol/errors.js';
import { offsetCommitHandler } from '../../../src/broker/requests/08-offset-commit.js';
import { offsetFetchHandler } from '../../../src/broker/requests/09-offset-fetch.js';
import { offsetDeleteHandler } from '../../../src/broker/requests/47-offset-delete.js';
import { Bench, type CallOptions } from './broker-bench.js';

async function commit(bench: Bench, version: number, change: object = {}, options: CallOptions = {}) {
  const partition = { partitionIndex: 0, committedOffset: 5n, committedMetadata: 'note', ...change };
  const request = {
    groupId: 'g',
    generationIdOrMemberEpoch: -1,
    memberId: '',
    topics: [{ name: 't', partitions: [partition] }],
  };
  const answer = await bench.call(offsetCommitHandler, version, request, options);
  return answer.topics[0]?.partitions[0]?.errorCode;
}

const asked = { groupId: 'g', topics: [{ name: 't', partitionIndexes: [0, 1] }] };

describe('OffsetCommit', () => {
  it('stores a position in every version', async () => {
    for (let version = 0; version <= 9; version++) {
      const bench = new Bench();
      bench.topic('t');
      assert.equal(await commit(bench, version), ErrorCode.NONE, `version ${version}`);
      const [found] = bench.services.groups.fetchOffsets('g', null, false);
      assert.deepEqual([found?.offset, found?.metadata], [5n, 'note']);
    }
  });

  it('judges partitions one by one', async () => {
    const bench = new Bench();
    bench.topic('t');
    assert.equal(await commit(bench, 5, { partitionIndex: 7 }), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    const long = { committedMetadata: 'x'.repeat(4097) };
    assert.equal(await commit(bench, 5, long), ErrorCode.OFFSET_METADATA_TOO_LARGE);
    assert.deepEqual(bench.services.groups.fetchOffsets('g', null, false), []);
  });

  it('is answered by the coordinator alone', async () => {
    const bench = new Bench({ nodes: 3 });
    bench.topic('t');
    const { nodeId } = bench.services.cluster.coordinatorFor('group', 'g');
    assert.equal(await commit(bench, 5, {}, { nodeId: (nodeId % 3) + 1 }), ErrorCode.NOT_COORDINATOR);
    assert.equal(await commit(bench, 5, {}, { nodeId }), ErrorCode.NONE);
  });

  it('does not happen when a fault strikes before it, and has happened when one strikes after it', async () => {
    const bench = new Bench();
    bench.topic('t');
    const at = (phase: string) => ({
      strike: (struck: string) => Promise.resolve(struck === phase ? 14 : undefined),
    });
    assert.equal(await commit(bench, 5, {}, at('beforeAppend')), 14);
    assert.deepEqual(bench.services.groups.fetchOffsets('g', null, false), []);
    assert.equal(await commit(bench, 5, {}, at('afterAppend')), 14);
    assert.equal(bench.services.groups.fetchOffsets('g', null, false).length, 1);
  });
});

describe('OffsetFetch', () => {
  it('says −1 and no error where nothing is committed, in every version', async () => {
    for (let version = 1; version <= 9; version++) {
      const bench = new Bench();
      bench.topic('t');
      await commit(bench, 5);
      const request = version < 8 ? asked : { groups: [asked, { groupId: 'unknown', topics: asked.topics }] };
      const answer = await bench.call(offsetFetchHandler, version, request);
      const groups = version < 8 ? [answer] : answer.groups;
      assert.deepEqual(
        groups[0]?.topics[0]?.partitions.map(({ committedOffset, errorCode }) => [
          committedOffset,
          errorCode,
        ]),
        [
          [5n, 0],
          [-1n, 0],
        ],
      );
      if (version >= 8) assert.equal(groups[1]?.topics[0]?.partitions[0]?.committedOffset, -1n);
    }
  });

  it('gives all positions when none is named', async () => {
    const bench = new Bench();
    bench.topic('t');
    await commit(bench, 5);
    const all = await bench.call(offsetFetchHandler, 4, { groupId: 'g', topics: null });
    assert.deepEqual(
      all.topics.map(({ name, partitions }) => [name, partitions.length]),
      [['t', 1]],
    );
    const none = await bench.call(offsetFetchHandler, 4, { groupId: 'unknown', topics: null });
    assert.deepEqual([none.topics, none.errorCode], [[], ErrorCode.NONE]);
  });

  it('answers 88 while a transaction holds a position back, if the client wants stable ones', async () => {
    const bench = new Bench();
    bench.topic('t');
    const offset = { topic: 't', partition: 0, offset: 9n, leaderEpoch: -1, metadata: null };
    bench.services.groups.storePendingOffsets('g', 1n, 0, undefined, [offset]);
    const stable = await bench.call(offsetFetchHandler, 7, { ...asked, requireStable: true });
    const { errorCode, committedOffset } = stable.topics[0]?.partitions[0] ?? {};
    assert.deepEqual([errorCode, committedOffset], [ErrorCode.UNSTABLE_OFFSET_COMMIT, -1n]);
    const hasty = await bench.call(offsetFetchHandler, 7, { ...asked, requireStable: false });
    assert.equal(hasty.topics[0]?.partitions[0]?.errorCode, ErrorCode.NONE);
  });

  it('says NOT_COORDINATOR where the version has a place for it', async () => {
    const bench = new Bench({ nodes: 3 });
    const { nodeId } = bench.services.cluster.coordinatorFor('group', 'g');
    const elsewhere = { nodeId: (nodeId % 3) + 1 };
    const old = await bench.call(offsetFetchHandler, 1, asked, elsewhere);
    assert.equal(old.topics[0]?.partitions[0]?.errorCode, ErrorCode.NOT_COORDINATOR);
    const usual = await bench.call(offsetFetchHandler, 4, asked, elsewhere);
    assert.equal(usual.errorCode, ErrorCode.NOT_COORDINATOR);
    const modern = await bench.call(offsetFetchHandler, 8, { groups: [asked] }, elsewhere);
    assert.equal(modern.groups[0]?.errorCode, ErrorCode.NOT_COORDINATOR);
  });
});

describe('OffsetDelete', () => {
  it('forgets positions, and knows which group or partition there is not', async () => {
    const bench = new Bench();
    bench.topic('t');
    const request = {
      groupId: 'g',
      topics: [{ name: 't', partitions: [{ partitionIndex: 0 }, { partitionIndex: 3 }] }],
    };
    const unknown = await bench.call(offsetDeleteHandler, 0, request);
    assert.equal(unknown.errorCode, ErrorCode.GROUP_ID_NOT_FOUND);
    await commit(bench, 5);
    const answer = await bench.call(offsetDeleteHandler, 0, request);
    assert.deepEqual(
      answer.topics[0]?.partitions.map(({ errorCode }) => errorCode),
      [ErrorCode.NONE, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION],
    );
    assert.deepEqual(bench.services.groups.fetchOffsets('g', null, false), []);
  });
});
