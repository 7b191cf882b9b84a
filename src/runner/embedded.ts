import { startEmbeddedBroker, type EmbeddedBroker } from '../broker/start-worker.js';
import type { BrokerEvent } from '../core/history/events.js';
import { LabError } from '../core/lab-error.js';
import type { Chronicle } from './chronicle.js';
import type { PhaseWatch } from './lab-parts.js';
import type { RunNames } from './names.js';

/** @throws LabError worker-failed */
export async function startBroker(workerFile: string, log: (line: string) => void): Promise<EmbeddedBroker> {
  try {
    const broker = await startEmbeddedBroker({ workerFile });
    broker.onMistake(log);
    return broker;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LabError('worker-failed', { process: 'broker', reason }, { cause: error });
  }
}

/** Lets the broker's ground truth about one run's topics and transactional ids into the run's chronicle. */
export function watchBroker(broker: EmbeddedBroker, names: RunNames, chronicle: Chronicle): PhaseWatch {
  const producerIds = new Set<number>();
  let counter = 0;
  const stop = broker.onEvent(({ atMs, ...event }) => {
    if (!concerns(event, names.prefix, producerIds)) return;
    chronicle.add('broker', counter++, atMs, event);
  });
  return { flush: () => broker.flush(), stop };
}

/** Several runs share the broker: an event is ours by its topic or id, a fencing also by a producer id that wrote to our topics. */
function concerns(event: BrokerEvent, prefix: string, producerIds: Set<number>): boolean {
  if (event.type === 'fenced') {
    return event.transactionalId?.startsWith(prefix) ?? producerIds.has(event.producerId);
  }
  if (!event.topic.startsWith(prefix)) return false;
  if ('producerId' in event && event.producerId >= 0) producerIds.add(event.producerId);
  return true;
}
