import { Messages } from '../../timeline/messages.js';

/** More stretches than these are no help to anybody. */
const most = 6;

/** "m0 – m3, m7": messages with the same name and successive numbers are told together. */
export function rangesOf(values: Messages | readonly string[]): string {
  const messages = values instanceof Messages ? values : Messages.of(values);
  const stretches = messages.stretches(most + 1);
  const told = stretches
    .slice(0, most)
    .map(({ first, last, length }) =>
      length === 1 ? first : length === 2 ? `${first}, ${last}` : `${first} – ${last}`,
    );
  return stretches.length > most ? `${told.join(', ')}, …` : told.join(', ');
}
