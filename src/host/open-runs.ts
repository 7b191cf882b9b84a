import type * as vscode from 'vscode';

/** A run on a real cluster that has begun; it is crossed off when its topics and groups are gone. */
export interface OpenRun {
  readonly servers: readonly string[];
  /** The extension host that runs it, to tell a killed run from one that goes on in another window. */
  readonly processId: number;
  readonly startedAt: string;
}

const key = 'kafkaLab.openRuns';

/**
 * Notes runs on real clusters before they begin. What stands here at the next start was killed before it could clean up, and
 * its removal is offered, without a look at the network until the user says yes.
 */
export class OpenRuns {
  constructor(
    private readonly state: vscode.Memento,
    private readonly processId: number,
    private readonly isAlive: (processId: number) => boolean,
  ) {}

  async begin(servers: readonly string[]): Promise<OpenRun> {
    const run: OpenRun = { servers, processId: this.processId, startedAt: new Date().toISOString() };
    await this.state.update(key, [...this.all(), run]);
    return run;
  }

  async end(run: OpenRun): Promise<void> {
    await this.state.update(
      key,
      this.all().filter(
        ({ processId, startedAt }) => processId !== run.processId || startedAt !== run.startedAt,
      ),
    );
  }

  /** Runs whose extension host is gone. */
  abandoned(): readonly OpenRun[] {
    return this.all().filter((run) => this.isAbandoned(run));
  }

  /** Forgets the abandoned runs on a cluster: they are removed, or the user does not want to be asked again. */
  async forget(servers: readonly string[]): Promise<void> {
    await this.state.update(
      key,
      this.all().filter((run) => !this.isAbandoned(run) || !sameServers(run.servers, servers)),
    );
  }

  private isAbandoned({ processId }: OpenRun): boolean {
    return processId !== this.processId && !this.isAlive(processId);
  }

  private all(): readonly OpenRun[] {
    return this.state.get<readonly OpenRun[]>(key, []);
  }
}

function sameServers(left: readonly string[], right: readonly string[]): boolean {
  return [...left].sort().join() === [...right].sort().join();
}

/** Signal 0 asks whether a process exists; EPERM means that it does and is another user's. */
export function processExists(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
