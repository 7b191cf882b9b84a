import type { History } from '../../../src/core/history/events.js';
import { ForgedHistory } from './build.js';
import { ForgedLog } from './forged-log.js';

const values = Array.from({ length: 10 }, (_, index) => `m${index}`);

const inputTopic = { role: 'input', topic: 'input', partitions: 1 } as const;
const outputTopic = { role: 'output', topic: 'output', partitions: 1 } as const;

/** Ten acknowledged sends, ten records. */
export function cleanProducerRun(): History {
  const log = new ForgedLog();
  const forged = new ForgedHistory({ layer: 'producer-to-log', topics: [outputTopic] });
  forged.process('producer', 'start');
  values.forEach((value) => forged.send('producer', value, { offset: log.append(value) }));
  return forged.process('producer', 'stop').drain(log).history();
}

/** Ten sends in one committed transaction. */
export function cleanTransaction(): History {
  const log = new ForgedLog();
  const forged = new ForgedHistory({ layer: 'producer-to-log', topics: [outputTopic] });
  forged.process('producer', 'start').begin('producer', 'producer/1');
  for (const value of values) {
    const offset = log.append(value, { producerId: 1, epoch: 0, transactional: true });
    forged.send('producer', value, { offset, transaction: 'producer/1' });
  }
  log.mark(1, true);
  return forged.commit('producer', 'producer/1').process('producer', 'stop').drain(log).history();
}

/** A topic with m0 … m9 and the history that says who wrote them. */
export function seeded(
  run: ConstructorParameters<typeof ForgedHistory>[0] = { layer: 'log-to-effect', topics: [inputTopic] },
): { readonly forged: ForgedHistory; readonly input: ForgedLog } {
  const input = new ForgedLog('input');
  const forged = new ForgedHistory(run);
  values.forEach((value) => forged.send('seeder', value, { topic: 'input', offset: input.append(value) }));
  return { forged, input };
}

/** Ten deliveries, ten effects, ten commits. */
export function cleanConsumerRun(): History {
  const { forged, input } = seeded();
  forged.process('consumer', 'start').rebalance('consumer');
  values.forEach((value, offset) =>
    forged
      .poll('consumer', offset, value)
      .effect('consumer', offset, value)
      .commitOffset('consumer', offset + 1),
  );
  return forged.process('consumer', 'stop').drain(input, 'end', { group: 10 }).history();
}

export function seededPipeline(): ReturnType<typeof seeded> {
  return seeded({ layer: 'input-to-output', topics: [inputTopic, outputTopic], groups: ['group'] });
}

/** Ten inputs, ten outputs, each in a transaction with its offset. */
export function cleanPipelineRun(): History {
  const { forged, input } = seededPipeline();
  const output = new ForgedLog();
  forged.process('pipeline', 'start').rebalance('pipeline');
  values.forEach((value, offset) => {
    const transaction = `pipeline/${offset + 1}`;
    const source = { topic: 'input', partition: 0, offset };
    const derived = value.toUpperCase();
    forged.poll('pipeline', offset, value).begin('pipeline', transaction);
    forged.send('pipeline', derived, {
      source,
      transaction,
      offset: output.append(derived, { producerId: 7, epoch: 0, transactional: true }),
    });
    forged.commitOffset('pipeline', offset + 1, transaction).commit('pipeline', transaction);
    output.mark(7, true);
  });
  return forged
    .process('pipeline', 'stop')
    .drain(input, 'end', { group: 10 })
    .drain(output, 'end', { group: -1 })
    .history();
}
