/** ISO 8601, a blank allowed for the T; local unless a zone is said. @returns ms since 1970; `undefined`: it is none */
export function timeOf(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?)?$/.test(text.trim()))
    return undefined;
  // A date alone would be read as UTC (ECMA-262, 21.4.1.32), and a date with a time as local.
  const iso = text.trim().replace(' ', 'T');
  const atMs = Date.parse(iso.includes('T') ? iso : `${iso}T00:00`);
  return Number.isNaN(atMs) ? undefined : atMs;
}
