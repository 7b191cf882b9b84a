/** "m0 – m3, m7": messages with the same name and successive numbers are told together. */
export function rangesOf(values: readonly string[]): string {
  const ranges: { first: string; last: string; length: number }[] = [];
  for (const value of values) {
    const range = ranges.at(-1);
    if (range !== undefined && isNext(range.last, value)) {
      range.last = value;
      range.length += 1;
    } else ranges.push({ first: value, last: value, length: 1 });
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

function isNext(before: string, value: string): boolean {
  const [, name, number] = numbered.exec(before) ?? [];
  const [, nextName, nextNumber] = numbered.exec(value) ?? [];
  return name !== undefined && name === nextName && Number(nextNumber) === Number(number) + 1;
}

const numbered = /^(.*?)(\d+)$/s;
