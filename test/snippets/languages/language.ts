import type { SnippetId, SnippetLanguage } from '../../../src/core/snippets/snippet.js';
import type { Command } from '../../clients/clients.js';

/** A snippet's program, its tab stops filled in. */
export interface Program {
  /** Names it within its language: letters and `_`. */
  readonly key: string;
  readonly id: SnippetId;
  /** With a pause after each message is made. */
  readonly slowed: boolean;
  readonly text: string;
}

/** How programs of a language are checked, built and started. */
export interface Language {
  readonly language: SnippetLanguage;
  /** For the table: `Python`, and the client with its version. */
  readonly name: string;
  readonly client: string;
  /** Why it cannot run on this machine, as the end of a sentence; undefined when it can. */
  readonly missing: () => Promise<string | undefined>;
  /** The statement that makes a message, and after it 100 ms of waiting. */
  readonly slowed: (statement: string) => string;
  /**
   * Writes the programs into an empty folder, has them checked as strictly as a user's editor would, and builds them.
   * @returns how each is started, by its key; @throws with what the compiler or checker said
   */
  readonly prepare: (programs: readonly Program[], folder: string) => Promise<ReadonlyMap<string, Command>>;
}
