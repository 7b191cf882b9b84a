import assert from 'node:assert/strict';
import {
  decodeAssignment,
  decodeSubscription,
  encodeAssignment,
  encodeSubscription,
} from '../../../src/broker/protocol/group-metadata.js';
import { MalformedError } from '../../../src/broker/protocol/malformed-error.js';
import { kafkajsInternals } from './kafkajs-internals.js';

const { MemberAssignment, MemberMetadata } = kafkajsInternals.assignerProtocol();

const subscription = {
  topics: ['orders', 'payments'],
  userData: Buffer.from('mine'),
  ownedPartitions: [{ topic: 'orders', partitions: [0, 2] }],
  generationId: 4,
  rackId: 'rack',
};
const absent = { ownedPartitions: [], generationId: -1, rackId: null };

describe("the consumers' metadata", () => {
  it('comes back in each version, as far as the version goes', () => {
    const decoded = [0, 1, 2, 3].map((version) =>
      decodeSubscription(encodeSubscription(version, subscription)),
    );
    assert.deepEqual(decoded, [
      { ...subscription, ...absent },
      { ...subscription, generationId: -1, rackId: null },
      { ...subscription, rackId: null },
      subscription,
    ]);
  });

  it('of a version to come is read as version 3', () => {
    const bytes = Buffer.concat([encodeSubscription(3, subscription), Buffer.from('later')]);
    bytes.writeInt16BE(8, 0);
    assert.deepEqual(decodeSubscription(bytes), subscription);
  });

  it('is the same as that of kafkajs', () => {
    const theirs = MemberMetadata.encode({ version: 1, topics: ['orders'], userData: Buffer.from('x') });
    assert.deepEqual(decodeSubscription(withoutVersion(theirs, 0)), {
      topics: ['orders'],
      userData: Buffer.from('x'),
      ...absent,
    });
    const decoded = MemberMetadata.decode(encodeSubscription(0, subscription));
    assert.deepEqual(decoded, { version: 0, topics: subscription.topics, userData: subscription.userData });
  });
});

describe('an assignment', () => {
  const assignment = {
    assignedPartitions: [{ topic: 'orders', partitions: [0, 1] }],
    userData: Buffer.alloc(0),
  };

  it('comes back, and no bytes are an empty one', () => {
    assert.deepEqual(decodeAssignment(encodeAssignment(1, assignment)), assignment);
    assert.deepEqual(decodeAssignment(Buffer.alloc(0)), { assignedPartitions: [], userData: null });
  });

  it('is the same as that of kafkajs', () => {
    const theirs = MemberAssignment.encode({ version: 0, assignment: { orders: [0, 1] } });
    assert.deepEqual(decodeAssignment(theirs), assignment);
    const decoded = MemberAssignment.decode(encodeAssignment(0, assignment));
    assert.deepEqual(decoded, { version: 0, assignment: { orders: [0, 1] }, userData: Buffer.alloc(0) });
  });

  it('that is cut off is malformed', () => {
    const whole = encodeAssignment(0, assignment);
    for (let length = 1; length < whole.length; length++) {
      assert.throws(() => decodeAssignment(whole.subarray(0, length)), MalformedError);
    }
  });
});

/** kafkajs writes whatever version it is given over a message of version 0. */
function withoutVersion(bytes: Buffer, version: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeInt16BE(version, 0);
  return copy;
}
