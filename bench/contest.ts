import { startApache, startEmbedded, type MeasuredBroker } from './brokers.js';
import { median, type Figure } from './figure.js';

/** Something that a client does, measured against both brokers in turn, so that both see the same machine. */
export interface Contest {
  readonly quantities: readonly Quantity[];
  /** @returns a value for each quantity, by its id; the names that it uses must be of this round */
  readonly measure: (broker: MeasuredBroker, round: number) => Promise<Readonly<Record<string, number>>>;
}

export interface Quantity {
  /** Unique among all contests. */
  readonly id: string;
  readonly what: string;
  readonly unit: 'records/s' | 'transactions/s' | 'ms';
}

/** The ratio of each quantity, the embedded broker's lead being above 1. Without Apache Kafka there is nothing to compare. */
export async function compareBrokers(
  contests: readonly Contest[],
  rounds: number,
  withKafka: boolean,
): Promise<readonly Figure[]> {
  if (!withKafka) return contests.flatMap(({ quantities }) => quantities.map(notMeasured));
  const embedded = await startEmbedded();
  const kafka = await startApache();
  try {
    const figures: Figure[] = [];
    for (const contest of contests) figures.push(...(await compareIn(contest, rounds, embedded, kafka)));
    return figures;
  } finally {
    await embedded.stop();
    await kafka.stop();
  }
}

async function compareIn(
  { quantities, measure }: Contest,
  rounds: number,
  embedded: MeasuredBroker,
  kafka: MeasuredBroker,
): Promise<readonly Figure[]> {
  const measured: { readonly ours: Values; readonly theirs: Values }[] = [];
  // The first round warms up the client, and both brokers' compilers; it does not count.
  for (let round = 0; round <= rounds; round++) {
    const ours = await measure(embedded, round);
    const theirs = await measure(kafka, round);
    if (round > 0) measured.push({ ours, theirs });
  }
  return quantities.map((quantity) =>
    figureOf(
      quantity,
      measured.map(({ ours }) => valueOf(ours, quantity)),
      measured.map(({ theirs }) => valueOf(theirs, quantity)),
    ),
  );
}

type Values = Readonly<Record<string, number>>;

function valueOf(values: Values, { id }: Quantity): number {
  const value = values[id];
  if (value === undefined) throw new Error(`${id} was not measured.`);
  return value;
}

function figureOf(quantity: Quantity, ours: readonly number[], theirs: readonly number[]): Figure {
  const isTime = quantity.unit === 'ms';
  const lead = ours.map((our, round) => (isTime ? (theirs[round] ?? 0) / our : our / (theirs[round] ?? 0)));
  const [our, their] = [ours, theirs].map((values) => median(values).toFixed(isTime ? 2 : 0));
  return {
    ...common(quantity),
    measured: median(lead),
    note: `embedded ${our} ${quantity.unit}, Apache Kafka ${their} ${quantity.unit}`,
  };
}

function notMeasured(quantity: Quantity): Figure {
  return { ...common(quantity), note: 'needs Java 17 and Maven, for Apache Kafka' };
}

function common({ id, what }: Quantity): Omit<Figure, 'measured' | 'note'> {
  return { id: `${id}.ratio`, what, unit: '×', target: { bound: 'at least', value: 1 } };
}
