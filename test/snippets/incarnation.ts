import type { Command } from '../clients/clients.js';
import { RunningProgram, type ProgramEnd } from './running-program.js';
import { messages, type Stage } from './stage.js';

/** From the start of a program to its end: what it prints is written down as it comes. */
export class Incarnation {
  private readonly program: RunningProgram;
  private readonly printed = new Set<string>();

  constructor(
    private readonly stage: Stage,
    private readonly process: string,
    command: Command,
    folder: string,
  ) {
    this.record('start');
    this.program = new RunningProgram(command, folder, (line) => this.read(line));
  }

  /** Values that it has printed. */
  get values(): ReadonlySet<string> {
    return this.printed;
  }

  get lastErrors(): string {
    return this.program.lastErrors;
  }

  get ended(): Promise<ProgramEnd> {
    return this.program.ended;
  }

  /** Resolves as `event` does. @throws when the program ends before it, or it takes too long; then the program is killed */
  async until(what: string, event: Promise<unknown>, withinMs: number): Promise<void> {
    let impatience: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      impatience = setTimeout(() => reject(this.failure(`${what}: not within ${withinMs} ms`)), withinMs);
    });
    const ended = this.ended.then(({ code, signal }) => {
      throw this.failure(`${what}: the program ended before, with ${String(code ?? signal)}`);
    });
    try {
      await Promise.race([event, ended, tooLate]);
    } catch (error) {
      // It would stay in the group, and keep the next run from its messages.
      await this.program.kill();
      throw error;
    } finally {
      clearTimeout(impatience);
      ended.catch(() => undefined);
    }
  }

  async kill(): Promise<void> {
    await this.program.kill();
    this.record('crash');
  }

  /** Ctrl-C. */
  async interrupt(): Promise<ProgramEnd> {
    const end = await this.program.interrupt(10_000);
    this.record('stop');
    return end;
  }

  /** Its own end. @throws when it takes too long */
  async finish(withinMs: number): Promise<ProgramEnd> {
    const impatience = setTimeout(() => void this.program.kill(), withinMs);
    const end = await this.ended;
    clearTimeout(impatience);
    this.record('stop');
    if (end.signal === 'SIGKILL') throw this.failure(`the program did not end within ${withinMs} ms`);
    return end;
  }

  failure(what: string): Error {
    return new Error(
      `${what}. It printed ${[...this.printed].join(' ')}, and on stderr:\n${this.lastErrors}`,
    );
  }

  private record(event: 'start' | 'crash' | 'stop'): void {
    this.stage.chronicle.record({ type: 'process', process: this.process, actor: 'program', event });
  }

  /** A value alone on its line is an effect; other lines are the client's own. */
  private read(line: string): void {
    const value = line.replace(/^already done: /, '');
    const offset = messages.indexOf(value);
    if (offset < 0) return;
    this.printed.add(value);
    const { group, input } = this.stage.names;
    this.stage.chronicle.ok(
      this.process,
      { f: 'effect', group, value, topic: input, partition: 0, offset },
      line === value ? undefined : { skipped: true },
    );
  }
}
