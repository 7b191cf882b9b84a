import type { Operation, Place } from './operation.js';
import type { Played } from './play.js';
import { placeKey } from './world.js';

/** A sequence, an operation a line, with what the first broker answered as long as both agreed. */
export function describeSequence({ told }: Played): string {
  return told
    .map(({ operation, answer }, index) => {
      return `${String(index + 1).padStart(4)}  ${describeOperation(operation)}\n        → ${shortened(answer)}`;
    })
    .join('\n');
}

/** `produce v7: producer a, t0/0, 2 records …`: what is as usual is left out. */
export function describeOperation(operation: Operation): string {
  const { kind, ...rest } = operation;
  const version = 'version' in rest ? ` v${rest.version}` : '';
  const details = Object.entries(rest)
    .filter(([name, value]) => name !== 'version' && !isUsual(name, value))
    .map(([name, value]) => `${name} ${valueText(value)}`);
  return `${kind}${version}: ${details.join(', ')}`;
}

const usual: Readonly<Record<string, unknown>> = {
  epochShift: 0,
  generationShift: 0,
  flaw: 'none',
  leaderEpoch: -1,
  lastFetchedEpoch: -1,
  isStatic: false,
  as: 'itself',
  protocolType: 'consumer',
  validateOnly: false,
};

function isUsual(name: string, value: unknown): boolean {
  return value === undefined || (name in usual && usual[name] === value);
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  if ('topic' in value && 'partition' in value) {
    const extra = 'offset' in value ? ` at ${String(value.offset)}` : '';
    return placeKey(value as Place) + extra;
  }
  return Object.values(value).map(valueText).join(' ');
}

function shortened(answer: string): string {
  return answer.length > 400 ? `${answer.slice(0, 400)} …` : answer;
}
