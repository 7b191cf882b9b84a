import type { Anomaly, AnomalyName, Witness } from '../history/verdict.js';
import type { Translate } from './translate.js';

const SHOWN = 3;

/**
 * Who shows an anomaly, as it stands in parentheses behind its count: "m4 at offsets 4 and 5"; more than three: "m0, m1,
 * m2 and 7 more". Empty when no witness has a name or an offset.
 */
export function witnesses(anomaly: Anomaly, t: Translate): string {
  const known = anomaly.witnesses
    .map((witness) => witnessText(anomaly.name, witness, t))
    .filter((text) => text !== '');
  const shown = known.slice(0, SHOWN).join(', ');
  const more = Math.max(known.length, anomaly.witnesses.length) - SHOWN;
  return more > 0 && shown !== '' ? t('{shown} and {more} more', { shown, more }) : shown;
}

/** The values alone: "m4", where offsets would only distract. */
export function values(anomaly: Anomaly, t: Translate): string {
  const bare = anomaly.witnesses.map(({ value, events }) =>
    value === undefined ? { events } : { value, events },
  );
  return witnesses({ ...anomaly, witnesses: bare }, t);
}

/** One witness: "m4 at offsets 4 and 5"; empty when it has neither a value nor offsets. */
export function witnessText(
  anomaly: AnomalyName,
  { value, offsets: all = [] }: Witness,
  t: Translate,
): string {
  const offsets = [...new Set(all)];
  const [first, ...others] = offsets;
  const [second] = others;
  if (anomaly === 'blocked' && first !== undefined && second !== undefined)
    return t('LSO {lastStableOffset}, high watermark {highWatermark}', {
      lastStableOffset: first,
      highWatermark: second,
    });
  const name = value ?? '';
  if (first === undefined) return name;
  if (others.length === 0) return t('{value} at offset {offset}', { value: name, offset: first }).trim();
  return t('{value} at offsets {offsets}', { value: name, offsets: enumeration(offsets, t) }).trim();
}

/** "4 and 5", "1, 2 and 3" */
function enumeration(items: readonly number[], t: Translate): string {
  const last = items.at(-1);
  if (last === undefined || items.length === 1) return items.join('');
  return t('{list} and {last}', { list: items.slice(0, -1).join(', '), last });
}
