import { groupBy } from '../../group-by.js';
import type { Effect } from '../evidence/effects.js';
import type { Evidence } from '../evidence/evidence.js';
import type { LogRecord } from '../evidence/log.js';

/** One input value as one group saw it through: is it there to be processed, and what came of it. */
export interface ProcessedValue {
  readonly group: string;
  readonly topic: string;
  readonly value: string;
  /** Copies of the value that the group can see. */
  readonly copies: readonly LogRecord[];
  readonly done: readonly Effect[];
  /** Effects that a crash cut off or that failed to tell: they may have happened. */
  readonly unknown: readonly Effect[];
}

/** Groups whose work is effects: those that had one, and every group when the run measures effects. */
export function processingGroups({ effects, layer, offsets, run }: Evidence): readonly string[] {
  const measured = layer === 'log-to-effect' || layer === 'external-effect';
  return [
    ...new Set([
      ...effects.map(({ group }) => group),
      ...(measured ? [...offsets.groups, ...(run?.groups ?? [])] : []),
    ]),
  ];
}

/** Every value that stands in an input topic and is visible to the group, for each group. */
export function processedValues(evidence: Evidence): readonly ProcessedValue[] {
  const effects = groupBy(evidence.effects, ({ group, topic, value }) => `${group}\n${topic}\n${value}`);
  return processingGroups(evidence).flatMap((group) => {
    const visible = visibleInput(evidence, group);
    return [...groupBy(visible, ({ topic, value }) => `${topic}\n${value}`)].flatMap(([key, copies]) => {
      const [first] = copies;
      const all = effects.get(`${group}\n${key}`) ?? [];
      return first === undefined
        ? []
        : [
            {
              group,
              topic: first.topic,
              value: first.value,
              copies,
              done: all.filter(({ outcome }) => outcome === 'done'),
              unknown: all.filter(({ outcome }) => outcome === 'unknown'),
            },
          ];
    });
  });
}

/** Records of the input topics that the group's isolation level lets it see. */
export function visibleInput(evidence: Evidence, group: string): readonly LogRecord[] {
  const inputs = new Set(evidence.topicsOf('input'));
  const seesAll = evidence.deliveries.some(
    (delivery) => delivery.group === group && delivery.isolation === 'read_uncommitted',
  );
  return evidence.log.records.filter(({ topic, visible }) => inputs.has(topic) && (visible || seesAll));
}

/** The group will not be given the record again: its committed offset lies behind it. */
export function isPassed(evidence: Evidence, group: string, record: LogRecord): boolean {
  return evidence.offsets.of(group, record.topic, record.partition) > record.offset;
}
