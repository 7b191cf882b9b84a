import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { atTheEnd } from '../harness/processes.js';
import type { Command } from '../clients/clients.js';

const running = new Set<ChildProcess>();

atTheEnd(() => {
  for (const child of running) child.kill('SIGKILL');
});

export interface ProgramEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A snippet's program in a process of its own; each line that it prints is told as it comes. */
export class RunningProgram {
  readonly ended: Promise<ProgramEnd>;
  private errors = '';

  constructor(
    { command, args, env }: Command,
    folder: string,
    private readonly onLine: (line: string) => void,
  ) {
    const child = spawn(command, args, {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    this.child = child;
    running.add(child);
    createInterface({ input: child.stdout }).on('line', this.onLine);
    child.stderr.on('data', (chunk: Buffer) => (this.errors = (this.errors + chunk.toString()).slice(-6000)));
    this.ended = once(child, 'close').then(([code, signal]) => {
      running.delete(child);
      return { code: code as number | null, signal: signal as NodeJS.Signals | null };
    });
  }

  private readonly child: ChildProcess;

  /** The last 6000 characters of stderr. */
  get lastErrors(): string {
    return this.errors;
  }

  /** As a power cut does: nothing is flushed, committed or closed. */
  kill(): Promise<ProgramEnd> {
    this.child.kill('SIGKILL');
    return this.ended;
  }

  /** Ctrl-C, and SIGKILL when it has not ended in time: then its end says SIGKILL. */
  async interrupt(graceMs: number): Promise<ProgramEnd> {
    this.child.kill('SIGINT');
    const impatience = setTimeout(() => this.child.kill('SIGKILL'), graceMs);
    const end = await this.ended;
    clearTimeout(impatience);
    return end;
  }
}
