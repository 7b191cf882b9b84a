import type { Writable } from 'node:stream';
import type { WorkerFiles } from '../runner/run.js';
import type { Wording } from './language.js';
import type { Terminal } from './terminal.js';

/** What every command works with; built once in main.ts. */
export interface Context {
  readonly terminal: Terminal;
  readonly wording: Wording;
  readonly installation: Installation;
  /** Fires at Ctrl-C, at SIGTERM, and when the reader of the output went away. */
  readonly signal: AbortSignal;
}

/** Where the shipped files are: found from the program's own place, never from the current folder. */
export interface Installation {
  readonly workers: WorkerFiles;
  /** Folder of bundle and lessons. */
  readonly texts: string;
  readonly packageFile: string;
}

export function writeLine(stream: Writable, line: string): void {
  stream.write(`${line}\n`);
}
