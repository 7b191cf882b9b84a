import type { Terminal } from './terminal.js';

const toLineStart = '\r';
const eraseLine = '\u001B[2K';

/** One line at the bottom that is rewritten in place; on anything but a terminal it does not exist. */
export class StatusLine {
  private shown = false;

  constructor(private readonly terminal: Terminal) {}

  show(text: string): void {
    const { transient, columns, style, out } = this.terminal;
    if (!transient) return;
    // A line that wraps could not be erased as one.
    const cut = text.length < columns ? text : `${text.slice(0, Math.max(0, columns - 2))}…`;
    out.write(`${toLineStart}${eraseLine}${style.dim(cut)}`);
    this.shown = true;
  }

  clear(): void {
    if (!this.shown) return;
    this.terminal.out.write(`${toLineStart}${eraseLine}`);
    this.shown = false;
  }
}
