/** Who must see a record that was acknowledged, and how often. */
export type Witness = 'consumed' | 'processed' | 'raw';

/** Keeps account of what was acknowledged and of what was seen; a record is its text. */
export class Ledger {
  private readonly acknowledged: Readonly<Record<Witness, Set<string>>> = fresh();
  private readonly seen: Readonly<Record<Witness, Set<string>>> = fresh();
  private readonly repeats: Readonly<Record<Witness, number>> & Record<Witness, number> = {
    consumed: 0,
    processed: 0,
    raw: 0,
  };

  acknowledge(records: readonly string[], witnesses: readonly Witness[]): void {
    for (const witness of witnesses) for (const record of records) this.acknowledged[witness].add(record);
  }

  see(witness: Witness, record: string): void {
    if (this.seen[witness].has(record)) this.repeats[witness] += 1;
    this.seen[witness].add(record);
  }

  /** Acknowledged, and not seen until now. */
  missing(witness: Witness): readonly string[] {
    return [...this.acknowledged[witness]].filter((record) => !this.seen[witness].has(record));
  }

  count(witness: Witness): Count {
    const { size: acknowledged } = this.acknowledged[witness];
    const { size: seen } = this.seen[witness];
    return { acknowledged, seen, missing: this.missing(witness).length, repeated: this.repeats[witness] };
  }
}

export interface Count {
  readonly acknowledged: number;
  readonly seen: number;
  readonly missing: number;
  readonly repeated: number;
}

function fresh(): Record<Witness, Set<string>> {
  return { consumed: new Set(), processed: new Set(), raw: new Set() };
}
