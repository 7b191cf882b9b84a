/**
 * Features of a cluster that are finalized (KIP-584) or not. What they bring is there, and told to clients, only when they are.
 * In Kafka 4 both are on by default, in 3.9 there are none of them, and so it is here unless the broker is told.
 */
export interface Features {
  /** `transaction.version`; 2 is KIP-890: partitions are added by Produce, and every end raises the epoch. */
  readonly transactionVersion: 0 | 2;
  /** `group.version`; 1 is KIP-848: groups of the consumer protocol, assigned by the broker. */
  readonly groupVersion: 0 | 1;
}

export const featuresOfKafka39: Features = { transactionVersion: 0, groupVersion: 0 };

export interface FeatureRange {
  readonly name: string;
  readonly min: number;
  readonly max: number;
}

/** What could be finalized. Kafka 3.9.1's own list, longer only by what is on. */
export function supportedFeatures({ transactionVersion, groupVersion }: Features): readonly FeatureRange[] {
  return [
    ...(groupVersion > 0 ? [{ name: 'group.version', min: 0, max: 1 }] : []),
    { name: 'kraft.version', min: 0, max: 1 },
    { name: 'metadata.version', min: 1, max: metadataVersion },
    ...(transactionVersion > 0 ? [{ name: 'transaction.version', min: 0, max: 2 }] : []),
  ];
}

/** Name and level of what is finalized. */
export function finalizedFeatures({ transactionVersion, groupVersion }: Features): readonly {
  readonly name: string;
  readonly level: number;
}[] {
  return [
    { name: 'group.version', level: groupVersion },
    { name: 'metadata.version', level: metadataVersion },
    { name: 'transaction.version', level: transactionVersion },
  ].filter(({ level }) => level > 0);
}

/** 3.9-IV0 */
const metadataVersion = 21;
