import type { Paint } from './terminal.js';

/** A piece of text with its colour; a cell is a row of them. */
export interface Segment {
  readonly text: string;
  readonly paint: Paint;
}

export type Cell = readonly Segment[];

/** A painted line and how many columns it takes; escape codes take none. */
export interface Line {
  readonly text: string;
  readonly length: number;
}

const gap = 2;

/** Sets cells side by side, each wrapped at its own width; the last one needs no padding. */
export function sideBySide(
  cells: readonly { readonly cell: Cell; readonly width: number }[],
): readonly string[] {
  const columns = cells.map(({ cell, width }) => ({ lines: wrapped(cell, width), width }));
  const height = Math.max(...columns.map(({ lines }) => lines.length));
  return Array.from({ length: height }, (_, row) =>
    columns
      .map(({ lines, width }) => padded(lines[row], width))
      .join(' '.repeat(gap))
      .trimEnd(),
  );
}

function padded(line: Line = { text: '', length: 0 }, width: number): string {
  return line.text + ' '.repeat(Math.max(0, width - line.length));
}

/** Breaks at spaces only (a no-break space, as before a French colon, holds); a longer word stands out rather than being cut. */
export function wrapped(cell: Cell, width: number): readonly Line[] {
  const lines: Segment[][] = [[]];
  let length = 0;
  for (const word of words(cell)) {
    const current = lines.at(-1) ?? [];
    if (current.length > 0 && length + word.text.trimEnd().length > width) {
      lines.push([word]);
      length = word.text.length;
    } else {
      current.push(word);
      length += word.text.length;
    }
  }
  return lines.map(painted);
}

/** A segment's words, each with the spaces that follow it. */
function words(cell: Cell): readonly Segment[] {
  return cell.flatMap(({ text, paint }) =>
    (text.match(/[^ ]+ *| +/g) ?? []).map((word) => ({ text: word, paint })),
  );
}

/** Neighbours of one colour are painted as one, so that the output stays free of needless codes. */
function painted(segments: readonly Segment[]): Line {
  const runs: Segment[] = [];
  for (const { text, paint } of segments) {
    const last = runs.at(-1);
    if (last?.paint === paint) runs[runs.length - 1] = { text: last.text + text, paint };
    else runs.push({ text, paint });
  }
  const end = runs.at(-1);
  if (end !== undefined) runs[runs.length - 1] = { ...end, text: end.text.trimEnd() };
  return {
    text: runs.map(({ text, paint }) => paint(text)).join(''),
    length: runs.reduce((sum, { text }) => sum + text.length, 0),
  };
}
