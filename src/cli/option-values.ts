import type { Translate } from '../core/text/translate.js';
import { CliError } from './cli-error.js';

type Value = string | boolean | undefined;

/** "9092" or "9092,9095,9098": one listener each. */
export function portsOf(value: Value, t: Translate): readonly number[] {
  if (typeof value !== 'string') return [];
  return value.split(',').map((text) => {
    const port = wholeNumber(text);
    if (port === undefined || port > 65_535)
      throw new CliError(t('--port needs numbers from 0 to 65535, not “{text}”.', { text }));
    return port;
  });
}

export function positiveOf(option: string, value: Value, otherwise: number, t: Translate): number {
  if (typeof value !== 'string') return otherwise;
  const number = wholeNumber(value);
  if (number === undefined || number < 1)
    throw new CliError(t('{option} needs a whole number from 1, not “{value}”.', { option, value }));
  return number;
}

/** One of a few numbers; the first unless said. */
export function oneOf<const Choice extends number>(
  option: string,
  value: Value,
  choices: readonly [Choice, ...Choice[]],
  t: Translate,
): Choice {
  if (typeof value !== 'string') return choices[0];
  const chosen = choices.find((choice) => String(choice) === value.trim());
  if (chosen !== undefined) return chosen;
  throw new CliError(
    t('{option} is one of {choices}, not “{value}”.', { option, choices: choices.join(', '), value }),
  );
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,9}$/.test(text.trim()) ? Number(text) : undefined;
}
