import type { History, HistoryEvent } from './events.js';
import { eventShape } from './format/event-shape.js';
import { isObject, type Misfit } from './format/shape.js';

/** A history as text: one JSON object a line, in the order of its sequence numbers, each line ended. */
export function serialiseHistory(history: History): string {
  return history.map((event) => `${JSON.stringify(event)}\n`).join('');
}

export type ParsedHistory =
  { readonly ok: true; readonly history: History } | { readonly ok: false; readonly problem: HistoryProblem };

/** Why a line cannot be read; `line` counts from 1, blank lines included, as an editor shows it. */
export type HistoryProblem = { readonly line: number } & (
  | { readonly reason: 'empty' }
  /** `message` is the parser's own, in English. */
  | { readonly reason: 'not-json'; readonly message: string }
  | { readonly reason: 'not-an-object' }
  /** `field` is a path such as `result.record.offset`; `expected` says what belongs there, e.g. `a whole number`. */
  | { readonly reason: 'missing-field' | 'wrong-field'; readonly field: string; readonly expected: string }
);

/**
 * Reads a history that anybody wrote. Every line is checked in full, since the checker trusts its types; blank lines
 * and a byte order mark are let through. A gap in the sequence numbers is no misfit of a line: the guard reports it.
 */
export function parseHistory(text: string): ParsedHistory {
  const history: HistoryEvent[] = [];
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') {
      continue;
    }
    const parsed = parseLine(line, index + 1);
    if (!parsed.ok) {
      return parsed;
    }
    history.push(parsed.event);
  }
  return history.length === 0 ? { ok: false, problem: { line: 1, reason: 'empty' } } : { ok: true, history };
}

type ParsedLine =
  | { readonly ok: true; readonly event: HistoryEvent }
  | { readonly ok: false; readonly problem: HistoryProblem };

function parseLine(line: string, number: number): ParsedLine {
  const json = parseJson(line);
  if (!json.ok) {
    return { ok: false, problem: { line: number, reason: 'not-json', message: json.message } };
  }
  const { value } = json;
  if (!isObject(value)) {
    return { ok: false, problem: { line: number, reason: 'not-an-object' } };
  }
  const misfit = eventShape(value);
  return isHistoryEvent(value, misfit)
    ? { ok: true, event: value }
    : { ok: false, problem: fieldProblem(value, number, misfit) };
}

/** The shapes are the proof: a value without a misfit is an event. */
function isHistoryEvent(value: unknown, misfit: Misfit | undefined): value is HistoryEvent {
  return misfit === undefined && isObject(value);
}

function fieldProblem(value: unknown, line: number, misfit: Misfit | undefined): HistoryProblem {
  const { path, expected } = misfit ?? { path: '', expected: '' };
  const absent = fieldAt(value, path) === undefined;
  return { line, reason: absent ? 'missing-field' : 'wrong-field', field: path, expected };
}

function fieldAt(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((inner, name) => (isIndexable(inner) ? inner[name] : undefined), value);
}

function isIndexable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

type ParsedJson =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

function parseJson(line: string): ParsedJson {
  try {
    return { ok: true, value: JSON.parse(line) as unknown };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}
