import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { runToEnd, startProcess, untilItSucceeds, type ServerProcess } from '../test/harness/processes.js';
import type { Figure } from './figure.js';

const samplingMs = 20;

/**
 * How much the embedded broker adds to its process while the fifteen run: it is served from a process of its own, and the
 * peak of that process is held against a Node that does nothing.
 */
export async function residentMemory(): Promise<readonly Figure[]> {
  const idle = await peakOf(
    ['-e', "console.log('up'); setInterval(() => undefined, 1000)"],
    async (server) => {
      await untilItSucceeds('Node is up', () => printed(server, /up/), { timeoutMs: 30_000 });
    },
  );
  const broker = await peakOf(['dist/cli.js', 'broker', '--port', '0'], async (server) => {
    const address = await untilItSucceeds('The broker prints its address', () => printed(server, addresses), {
      timeoutMs: 30_000,
    });
    await runToEnd(process.execPath, ['dist/cli.js', 'run', 'core', '--bootstrap', address, '--json']);
  });
  return [
    {
      id: 'broker.memory',
      what: 'resident memory that the embedded broker adds during the fifteen (peak)',
      measured: (broker - idle) / 1e6,
      unit: 'MB',
      target: { bound: 'at most', value: 60 },
      note: `peak ${(broker / 1e6).toFixed(0)} MB, an idle Node ${(idle / 1e6).toFixed(0)} MB`,
    },
  ];
}

/** Starts Node, works with it, stops it. @returns the most bytes that it held in between, a moment after the work included */
async function peakOf(
  args: readonly string[],
  work: (server: ServerProcess) => Promise<void>,
): Promise<number> {
  const server = startProcess(process.execPath, args);
  let peak = 0;
  const sampling = setInterval(() => {
    if (!server.exited()) peak = Math.max(peak, residentBytes(server.pid));
  }, samplingMs);
  try {
    await work(server);
    await new Promise((resolve) => setTimeout(resolve, 10 * samplingMs));
    return peak;
  } finally {
    clearInterval(sampling);
    await server.stop();
  }
}

function residentBytes(pid: number): number {
  if (process.platform === 'linux') {
    const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes ?? 0) * 1024;
  }
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) * 1024;
}

const addresses = /(?:127\.0\.0\.1|localhost):\d+(?:,(?:127\.0\.0\.1|localhost):\d+)*/;

function printed(server: ServerProcess, pattern: RegExp): Promise<string> {
  const found = pattern.exec(server.lastOutput())?.[0];
  return found === undefined ? Promise.reject(new Error(server.lastOutput())) : Promise.resolve(found);
}
