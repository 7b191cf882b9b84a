import { groupBy } from '../../group-by.js';
import type { Evidence } from '../evidence/evidence.js';
import type { Send } from '../evidence/sends.js';
import { eventsOfAll, finding, type Finding } from './rule.js';

/** Two successive sends of one process to one partition, with the offsets at which they landed. */
export interface SendStep {
  readonly from: Send;
  readonly to: Send;
  readonly fromOffset: number;
  readonly toOffset: number;
  /** Both in one transaction. */
  readonly inside: boolean;
}

/** A send lands where the broker said; when it did not say, at the one record that it wrote. Others are left out. */
export function sendSteps({ sends, log }: Evidence): readonly SendStep[] {
  const written = groupBy(
    log.records.filter(({ writer }) => writer !== undefined),
    ({ writer }) => writer,
  );
  const landed = sends.flatMap((send) => {
    const records = written.get(send) ?? [];
    const offset = send.offset ?? (records.length === 1 ? records[0]?.offset : undefined);
    return offset === undefined ? [] : [{ send, offset }];
  });
  const byWriter = groupBy(landed, ({ send }) => `${send.process}\n${send.topic}\n${send.partition}`);
  return [...byWriter.values()].flatMap((places) =>
    places.slice(1).flatMap((to, index) => {
      const from = places[index];
      return from === undefined
        ? []
        : [
            {
              from: from.send,
              to: to.send,
              fromOffset: from.offset,
              toOffset: to.offset,
              inside: to.send.transaction !== undefined && to.send.transaction === from.send.transaction,
            },
          ];
    }),
  );
}

export function sendFinding({ from, to, fromOffset, toOffset }: SendStep): Finding {
  return finding({
    value: to.value,
    topic: to.topic,
    partition: to.partition,
    offsets: [fromOffset, toOffset],
    process: to.process,
    events: eventsOfAll([from, to]),
  });
}
