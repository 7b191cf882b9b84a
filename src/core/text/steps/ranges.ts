/** "m0 – m3, m7": messages with the same name and successive numbers are told together. */
export function rangesOf(values: readonly string[]): string {
  const ranges: Range[] = [];
  for (const value of values) {
    const range = ranges.at(-1);
    if (range?.next === value) extend(range, value);
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
  number: number;
  /** What would go on with it; undefined for a message without a number. */
  next: string | undefined;
}

/** Of thousands of messages each is looked at once, and compared with the one that is expected: no text is taken apart. */
function extend(range: Range, value: string): void {
  range.last = value;
  range.length += 1;
  range.number += 1;
  range.next = `${range.name}${String(range.number + 1)}`;
}

function following(value: string): Pick<Range, 'name' | 'number' | 'next'> {
  const [, name = '', digits] = /^(.*?)(0|[1-9]\d{0,14})$/s.exec(value) ?? [];
  if (digits === undefined) return { name: value, number: 0, next: undefined };
  return { name, number: Number(digits), next: `${name}${String(Number(digits) + 1)}` };
}
