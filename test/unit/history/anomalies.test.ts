import assert from 'node:assert/strict';
import { anomalyRules } from '../../../src/core/history/anomalies/rules.js';
import { check } from '../../../src/core/history/check.js';
import type { History } from '../../../src/core/history/events.js';
import type { Anomaly, AnomalyName } from '../../../src/core/history/verdict.js';
import { copies } from './forgeries/copies.js';
import type { Forgery } from './forgeries/forgery.js';
import { losses } from './forgeries/losses.js';
import { order } from './forgeries/order.js';
import { transactions } from './forgeries/transactions.js';
import { cleanConsumerRun, cleanPipelineRun, cleanProducerRun, cleanTransaction } from './samples.js';

/** The type holds the forgeries to the list of anomalies: one that nobody forged does not compile. */
const forgeries: Readonly<Record<AnomalyName, Forgery>> = { ...losses, ...copies, ...order, ...transactions };

function found(history: History, name: AnomalyName): Anomaly | undefined {
  return check(history).anomalies.find((anomaly) => anomaly.name === name);
}

describe('anomalies', () => {
  for (const [name, { has, nearly }] of Object.entries(forgeries) as [AnomalyName, Forgery][]) {
    describe(name, () => {
      it(`is found when ${has.sentence}`, () => {
        const history = has.history();
        const anomaly = found(history, name);
        assert.equal(anomaly?.count, has.count);
        const { values, offsets } = has;
        if (values)
          assert.deepEqual(
            anomaly.witnesses.map(({ value }) => value),
            values,
          );
        if (offsets)
          assert.deepEqual(
            anomaly.witnesses.map((one) => one.offsets),
            offsets,
          );
      });

      it('names events of the history that show it', () => {
        const history = has.history();
        for (const { events } of found(history, name)?.witnesses ?? []) {
          assert.ok(events.length > 0);
          assert.ok(events.every((seq) => history[seq] !== undefined));
        }
      });

      for (const miss of nearly) {
        it(`is not found when ${miss.sentence}`, () => {
          assert.equal(found(miss.history(), name), undefined);
        });
      }
    });
  }

  it('are each computed by one rule', () => {
    const names = anomalyRules.map(({ name }) => name);
    assert.deepEqual([...names].sort(), Object.keys(forgeries).sort());
  });

  it('are absent from clean runs', () => {
    for (const clean of [cleanProducerRun(), cleanTransaction(), cleanConsumerRun(), cleanPipelineRun()]) {
      assert.deepEqual(check(clean).anomalies, []);
      assert.deepEqual(check(clean).doubts, []);
    }
  });

  it('that Kafka or the isolation level allows are marked as information', () => {
    const informational = anomalyRules.filter((rule) => rule.informational).map(({ name }) => name);
    assert.deepEqual(informational.sort(), ['aborted-visible', 'duplicate-delivery', 'write-isolation']);
  });
});
