/** Whether a message's number is the next one behind the same name. No text is made: it is asked of thousands. */
export function follows(before: string, after: string): boolean {
  const start = numberStart(before);
  if (start === before.length) return false;
  for (let at = 0; at < start; at += 1) if (before.charCodeAt(at) !== after.charCodeAt(at)) return false;
  return numberFrom(after, start) === (numberFrom(before, start) ?? NaN) + 1;
}

/** More digits than these are no exact number. */
const mostDigits = 15;

/** Where the decimal number without leading zeros begins that a text ends with; its length where it ends with none. */
function numberStart(value: string): number {
  let start = value.length;
  while (start > 0 && value.length - start < mostDigits && isDigit(value.charCodeAt(start - 1))) start -= 1;
  while (start < value.length - 1 && value.charCodeAt(start) === zero) start += 1;
  return start;
}

/** Undefined where the rest of the text is no number without leading zeros. */
function numberFrom(value: string, start: number): number | undefined {
  if (start >= value.length || (value.charCodeAt(start) === zero && start + 1 < value.length))
    return undefined;
  let number = 0;
  for (let at = start; at < value.length; at += 1) {
    const code = value.charCodeAt(at);
    if (!isDigit(code)) return undefined;
    number = number * 10 + code - zero;
  }
  return number;
}

const zero = '0'.charCodeAt(0);

function isDigit(code: number): boolean {
  return code >= zero && code <= zero + 9;
}
