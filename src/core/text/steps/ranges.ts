/** "m0 – m3, m7": messages with the same name and successive numbers are told together. */
export function rangesOf(values: readonly string[]): string {
  const ranges: Range[] = [];
  for (const value of values) {
    const range = ranges.at(-1);
    if (range !== undefined && goesOn(range, value)) extend(range, value);
    else if (ranges.length > most) break;
    else ranges.push({ first: value, last: value, length: 1, ...following(value) });
  }
  const told = ranges
    .slice(0, most)
    .map(({ first, last, length }) =>
      length === 1 ? first : length === 2 ? `${first}, ${last}` : `${first} – ${last}`,
    );
  return ranges.length > most ? `${told.join(', ')}, …` : told.join(', ');
}

/** More than these are no help to anybody. */
const most = 6;

interface Range {
  readonly first: string;
  last: string;
  length: number;
  readonly name: string;
  /** Of the last one; absent for a message without a number. */
  number: number | undefined;
}

function extend(range: Range, value: string): void {
  range.last = value;
  range.length += 1;
  range.number = (range.number ?? 0) + 1;
}

/** Of thousands of messages at each step of a learner, so no text is made for any of them. */
function goesOn({ name, number }: Range, value: string): boolean {
  return number !== undefined && value.startsWith(name) && numberFrom(value, name.length) === number + 1;
}

/** The decimal number that a text ends with from `start` on; undefined where that is no number without leading zeros. */
function numberFrom(value: string, start: number): number | undefined {
  if (start >= value.length || (value.charCodeAt(start) === zero && start + 1 < value.length))
    return undefined;
  let number = 0;
  for (let at = start; at < value.length; at += 1) {
    const digit = value.charCodeAt(at) - zero;
    if (digit < 0 || digit > 9) return undefined;
    number = number * 10 + digit;
  }
  return number;
}

const zero = '0'.charCodeAt(0);

function following(value: string): Pick<Range, 'name' | 'number'> {
  const [, name = value, digits] = /^(.*?)(0|[1-9]\d{0,14})$/s.exec(value) ?? [];
  return { name, number: digits === undefined ? undefined : Number(digits) };
}
