/** What is wrong with a value, and where in it: `path` is empty for the value itself, `record.offset` for a field. */
export interface Misfit {
  readonly path: string;
  readonly expected: string;
}

/** A shape finds the first misfit of a parsed JSON value, or undefined when the value has the shape. */
export type Shape = (value: unknown) => Misfit | undefined;

export const text: Shape = (value) => unless(typeof value === 'string', 'a string');

export const truth: Shape = (value) => unless(typeof value === 'boolean', 'true or false');

/** A flag that is written only when it is set: `false` would say the same as its absence, and readers ask for its presence. */
export const set: Shape = (value) => unless(value === true, 'true');

export const whole: Shape = (value) => unless(Number.isSafeInteger(value), 'a whole number');

export const finite: Shape = (value) => unless(Number.isFinite(value), 'a number');

export function oneOf(...words: readonly string[]): Shape {
  return (value) => unless(typeof value === 'string' && words.includes(value), words.join(' | '));
}

export function listOf(item: Shape): Shape {
  return (value) => {
    if (!Array.isArray(value)) {
      return { path: '', expected: 'a list' };
    }
    return firstMisfit(value.map((one: unknown, index) => [String(index), one, item]));
  };
}

export function mapOf(item: Shape): Shape {
  return (value) =>
    isObject(value)
      ? firstMisfit(Object.entries(value).map(([name, one]) => [name, one, item]))
      : { path: '', expected: 'an object' };
}

/**
 * Fields by name; a name that ends in `?` may be absent. Fields that are not named are let through, so that a later
 * version or another tool may add its own.
 */
export function fields(shapes: Readonly<Record<string, Shape>>): Shape {
  const entries = Object.entries(shapes).map(([name, shape]) => ({
    name: name.replace(/\?$/, ''),
    optional: name.endsWith('?'),
    shape,
  }));
  return (value) =>
    isObject(value)
      ? firstMisfit(
          entries
            .filter(({ name, optional }) => !(optional && value[name] === undefined))
            .map(({ name, shape }) => [name, value[name], shape]),
        )
      : { path: '', expected: 'an object' };
}

export function both(first: Shape, second: Shape): Shape {
  return (value) => first(value) ?? second(value);
}

/** Chooses the shape by one word of the object; a word that no shape has is the misfit. */
export function chosenBy(word: string, shapes: Readonly<Record<string, Shape>>): Shape {
  return (value) => {
    const chosen = isObject(value) ? value[word] : undefined;
    const shape = typeof chosen === 'string' && Object.hasOwn(shapes, chosen) ? shapes[chosen] : undefined;
    return shape === undefined ? { path: word, expected: Object.keys(shapes).join(' | ') } : shape(value);
  };
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unless(fits: boolean, expected: string): Misfit | undefined {
  return fits ? undefined : { path: '', expected };
}

function firstMisfit(parts: readonly (readonly [string, unknown, Shape])[]): Misfit | undefined {
  for (const [name, value, shape] of parts) {
    const misfit = shape(value);
    if (misfit !== undefined) {
      return { path: misfit.path === '' ? name : `${name}.${misfit.path}`, expected: misfit.expected };
    }
  }
  return undefined;
}
