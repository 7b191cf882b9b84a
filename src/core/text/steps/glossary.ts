import { placeKey } from '../../history/place-key.js';
import { polledRecords } from '../../history/polled-records.js';
import { groupsLane, transactionsLane } from '../../timeline/step.js';
import type { Timeline } from '../../timeline/timeline.js';
import type { Translate } from '../translate.js';
import { laneName } from './process-name.js';

/** A word of the pictures, and what it stands for. */
export interface Term {
  readonly term: string;
  readonly meaning: string;
}

/** The words that the pictures of this run use. */
export function glossary(timeline: Timeline, t: Translate): readonly Term[] {
  const { logs, offsets, positions } = timeline;
  const entries = logs.flatMap((log) => log.entries);
  const isNumbered = entries.some(({ producerId }) => producerId >= 0);
  const isTransactional = entries.some(({ content }) => content.kind === 'marker' || content.isTransactional);
  return [
    ...derived(timeline, t),
    { term: t('offset'), meaning: t('The place of a record in its partition, counted from 0.') },
    { term: t('end offset'), meaning: t('The offset that the next record will get.') },
    {
      term: t('high watermark'),
      meaning: t('Where every reader ends for now: what lies from there on is given to nobody yet.'),
    },
    {
      term: t('LSO'),
      meaning: t(
        'Last stable offset: where the oldest open transaction begins; the high watermark when none is open. A read_committed reader is given nothing from there on.',
      ),
    },
    ...(isTransactional ? [marker(t), requests(t)] : []),
    ...coordinators(timeline, t),
    ...(isNumbered ? [numbers(t)] : []),
    ...(offsets.length > 0 ? [committed(t)] : []),
    ...(positions.length > 0 ? [position(t)] : []),
  ];
}

/** Of a pipeline: that a message goes on under another name, shown with one that the run is about. */
function derived(timeline: Timeline, t: Translate): readonly Term[] {
  const { history, focus } = timeline;
  const inputs = new Map<string, string>();
  let first: Term | undefined;
  for (const event of history) {
    if (event.type === 'ok' && event.f === 'poll')
      for (const record of polledRecords(event.result)) inputs.set(placeKey(record), record.value);
    if (event.type !== 'invoke' || event.f !== 'send' || event.source === undefined) continue;
    const input = inputs.get(placeKey(event.source));
    if (input === undefined || input === event.value) continue;
    const term = { term: event.value, meaning: t('The output that was made of {input}.', { input }) };
    if (focus.has(input) || focus.has(event.value)) return [term];
    first ??= term;
  }
  return first === undefined ? [] : [first];
}

function marker(t: Translate): Term {
  return {
    // As they stand in the cells: Kafka's words in every language.
    term: 'commit, abort',
    meaning: t('Markers by which a transaction was ended. Each takes an offset, and no reader is given it.'),
  };
}

function requests(t: Translate): Term {
  return {
    term: 'InitProducerId, AddPartitionsToTxn, AddOffsetsToTxn, TxnOffsetCommit, EndTxn',
    meaning: t(
      'Requests of a transaction: who writes in it, which partitions and groups take part, which offsets belong to it, and how it ends.',
    ),
  };
}

function coordinators({ lanes }: Timeline, t: Translate): readonly Term[] {
  const drawn = [transactionsLane, groupsLane].filter((lane) => lanes.includes(lane));
  return drawn.length === 0
    ? []
    : [
        {
          term: drawn.map((lane) => laneName(lane, t)).join(', '),
          meaning: t(
            'Coordinators: the brokers that keep the transactions of a transactional id, the members and offsets of a group.',
          ),
        },
      ];
}

function numbers(t: Translate): Term {
  return {
    term: t('producer id/epoch·sequence'),
    meaning: t(
      'By these the broker knows a producer. It appends no sequence number twice, and refuses an epoch that a newer one has replaced.',
    ),
  };
}

function committed(t: Translate): Term {
  return {
    term: t('committed offset'),
    meaning: t(
      'Where a group goes on after a restart: the offset behind the last record that it is done with.',
    ),
  };
}

function position(t: Translate): Term {
  return {
    term: t('reads … next'),
    meaning: t('The position of a running consumer. It is in its memory only, and lost with it.'),
  };
}
