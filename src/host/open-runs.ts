import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** A run on a real cluster that has begun; it is crossed off when its topics and groups are gone. */
export interface OpenRun {
  readonly servers: readonly string[];
  /** Whose connection it was; no secret is noted. Absent in notes of earlier versions: the addresses of the settings. */
  readonly clusterId?: string;
  /** The extension host that runs it, to tell a killed run from one that goes on in another window. */
  readonly processId: number;
  readonly startedAt: string;
}

export type OpenRunOn = Required<Pick<OpenRun, 'servers' | 'clusterId'>>;

/**
 * Notes runs on real clusters before they begin. What stands here at the next start was killed before it could clean up, and
 * its removal is offered, without a look at the network until the user says yes. Each note is a file of its own, written by
 * Node: several windows share the folder, and a window that closes can no longer reach the editor's own storage.
 */
export class OpenRuns {
  constructor(
    private readonly folder: string,
    private readonly processId: number,
    private readonly isAlive: (processId: number) => boolean,
  ) {}

  async begin({ servers, clusterId }: OpenRunOn): Promise<OpenRun> {
    const run: OpenRun = {
      servers,
      clusterId,
      processId: this.processId,
      startedAt: new Date().toISOString(),
    };
    await mkdir(this.folder, { recursive: true });
    await writeFile(this.file(run), JSON.stringify(run));
    return run;
  }

  async end(run: OpenRun): Promise<void> {
    await rm(this.file(run), { force: true });
  }

  /** Runs whose extension host is gone. */
  async abandoned(): Promise<readonly OpenRun[]> {
    const runs = await Promise.all((await this.files()).map((file) => read(path.join(this.folder, file))));
    return runs.filter((run) => run !== undefined).filter((run) => this.isAbandoned(run));
  }

  /** Forgets the abandoned runs on a cluster: they are removed, or the user does not want to be asked again. */
  async forget(servers: readonly string[]): Promise<void> {
    const gone = (await this.abandoned()).filter((run) => sameServers(run.servers, servers));
    await Promise.all(gone.map((run) => this.end(run)));
  }

  private isAbandoned({ processId }: OpenRun): boolean {
    return processId !== this.processId && !this.isAlive(processId);
  }

  private file({ processId, startedAt }: OpenRun): string {
    return path.join(this.folder, `${String(processId)}-${startedAt.replaceAll(':', '.')}.json`);
  }

  private async files(): Promise<readonly string[]> {
    try {
      return (await readdir(this.folder)).filter((name) => name.endsWith('.json'));
    } catch (error) {
      // No run on a cluster yet.
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
      throw error;
    }
  }
}

/** `undefined` for a note that another window has just crossed off, or that a crash cut short before anything was created. */
async function read(file: string): Promise<OpenRun | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as OpenRun;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
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
