import assert from 'node:assert/strict';
import type { Step } from '../../../src/core/semantics/semantics.js';
import { allSemantics, semanticsById } from '../../../src/core/semantics/table.js';

function each(id: Parameters<typeof semanticsById>[0]): readonly Step[] {
  return semanticsById(id).program.each;
}

describe('the semantics', () => {
  it('are the six of the course, and the pipeline after them', () => {
    assert.deepEqual(
      allSemantics.map(({ id }) => id),
      [
        'producer.at-most-once',
        'producer.at-least-once',
        'producer.exactly-once',
        'consumer.at-most-once',
        'consumer.at-least-once',
        'consumer.exactly-once',
        'pipeline',
      ],
    );
  });

  it('are named after their side and guarantee', () => {
    for (const { id, side, guarantee } of allSemantics) {
      assert.equal(id, side === 'pipeline' ? 'pipeline' : `${side}.${guarantee}`);
    }
  });

  it('of the consumer, at most and at least once, differ by the order of two words only', () => {
    assert.deepEqual(each('consumer.at-most-once'), ['commit-offset', 'process']);
    assert.deepEqual(each('consumer.at-least-once'), each('consumer.at-most-once').toReversed());
    assert.deepEqual(
      semanticsById('consumer.at-least-once').consumer,
      semanticsById('consumer.at-most-once').consumer,
    );
  });

  it('of the producer differ by acks and retries, then by the transaction', () => {
    const { producer: atMost } = semanticsById('producer.at-most-once');
    const { producer: atLeast } = semanticsById('producer.at-least-once');
    const { producer: exactly } = semanticsById('producer.exactly-once');
    assert.deepEqual([atMost?.acks, atMost?.retries, atMost?.idempotence], [0, 0, false]);
    assert.deepEqual([atLeast?.acks, atLeast?.idempotence], ['all', false]);
    assert.ok((atLeast?.retries ?? 0) > 0);
    assert.deepEqual([exactly?.acks, exactly?.idempotence], ['all', true]);
    assert.ok(exactly?.transactionalId);
  });

  it('of the exactly-once consumer leave the effect outside of the transaction, those of the pipeline the output inside', () => {
    const consumer = each('consumer.exactly-once');
    const pipeline = each('pipeline');
    assert.ok(consumer.indexOf('process') < consumer.indexOf('begin'));
    assert.ok(pipeline.indexOf('begin') < pipeline.indexOf('send'));
    assert.ok(pipeline.indexOf('send-offsets') < pipeline.indexOf('commit-transaction'));
  });
});
