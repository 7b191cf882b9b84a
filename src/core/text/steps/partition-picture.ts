import type { ProcessId } from '../../history/events.js';
import type { Anomaly } from '../../history/verdict.js';
import { losses, witnessValues } from '../../history/witness-values.js';
import type { PartitionLog } from '../../timeline/log-entry.js';
import { partitionAt, type Isolation, type PartitionState } from '../../timeline/partition-state.js';
import { drawStrip } from '../../timeline/strip-svg.js';
import { layOutStrip, type Strip } from '../../timeline/strip.js';
import type { Timeline } from '../../timeline/timeline.js';
import type { Translate } from '../translate.js';
import { cellWords, pointersOf } from './strip-words.js';

const cellsInLine = 11;
/** Four lines of cells; in front of them is told how many more there are. */
const mostCells = 4 * cellsInLine;

/** The messages that should stand in a log at the end. One that is lost has no place; with one partition it is plain where it should be. */
export function missingIn(
  { role, topic }: PartitionLog,
  logs: readonly PartitionLog[],
  anomalies: readonly Anomaly[],
): readonly string[] {
  const isOnly = logs.filter((other) => other.topic === topic).length === 1;
  return role === 'output' && isOnly ? witnessValues(anomalies, losses).slice(0, mostCells) : [];
}

export interface PictureRequest {
  readonly timeline: Timeline;
  readonly log: PartitionLog;
  readonly moment: number;
  readonly isolation: Isolation;
  /** Whose position is pointed at. */
  readonly process: ProcessId | undefined;
  /** What was written from this sequence number on is marked as new. */
  readonly newSince: number;
  /** Messages that are known to be lost. */
  readonly missing: readonly string[];
  readonly title: string;
  /** Unique in the document. */
  readonly id: string;
}

export interface PartitionPicture {
  readonly state: PartitionState;
  readonly strip: Strip;
  readonly svg: string;
}

/** A partition at a moment as an SVG with its words: the same on the page and in a report. */
export function partitionPicture(request: PictureRequest, t: Translate): PartitionPicture {
  const { timeline, log, moment, isolation, process, newSince, missing, title, id } = request;
  const state = partitionAt(log, { moment, isolation, limit: mostCells });
  const strip = layOutStrip({
    ...{ state, cellsInLine, missing, newSince },
    pointers: pointersOf(timeline, log, state, { moment, process }, t),
    markerLabel: (commit) => (commit ? 'commit' : 'abort'),
  });
  const description = strip.cells.map((cell) => cellWords(cell, t)).join('. ');
  return { state, strip, svg: drawStrip(strip, { id, title, description }, (cell) => cellWords(cell, t)) };
}
