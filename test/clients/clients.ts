import path from 'node:path';
import { goProgram, missingForGo } from './toolchains/go.js';
import { javaProgram, missingForJava } from './toolchains/java.js';
import { missingForPython, pythonProgram } from './toolchains/python.js';

/** How a program is started; the environment comes on top of this process's own. */
export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A mainstream client, in a small program that does every check of `checkTitles` and tells what came of it. */
export interface Client {
  readonly name: string;
  /** Why it cannot run on this machine, as the end of a sentence; undefined when it can. */
  readonly missing: () => Promise<string | undefined>;
  /** Fetches and builds what is not in the cache yet. */
  readonly prepare: () => Promise<Command>;
}

export const clients: readonly Client[] = [
  // The newest of librdkafka, and one of those that gate features by exact versions (up to 2.10).
  python('2.16.1'),
  python('2.8.0'),
  java('3.9.1'),
  java('4.2.0'),
  go('franz-go', 'franz'),
  go('sarama', 'sarama'),
  node('kafkajs'),
  node('@platformatic/kafka', 'platformatic'),
];

function python(version: string): Client {
  return {
    name: `confluent-kafka ${version}`,
    missing: missingForPython,
    prepare: () => pythonProgram(version),
  };
}

function java(version: string): Client {
  return {
    name: `Java kafka-clients ${version}`,
    missing: missingForJava,
    prepare: () => javaProgram(version),
  };
}

function go(name: string, folder: string): Client {
  return { name, missing: missingForGo, prepare: () => goProgram(folder) };
}

function node(name: string, folder = name): Client {
  const args = ['--import=tsx', path.join(import.meta.dirname, folder, 'program.ts')];
  return {
    name,
    missing: () => Promise.resolve(undefined),
    prepare: () => Promise.resolve({ command: process.execPath, args }),
  };
}

export const checkTitles: readonly string[] = [
  ...['topics', 'partitions', 'configurations', 'offsets', 'delete records', 'groups', 'delete topics'].map(
    (what) => `admin: ${what}`,
  ),
  ...['none', 'gzip', 'snappy', 'lz4', 'zstd'].map((codec) => `records: ${codec}`),
  ...['lost response, idempotent', 'lost response, not idempotent', 'out of range', 'refused'].map(
    (what) => `records: ${what}`,
  ),
  ...['commit and abort', 'open', 'interleaved', 'offsets', 'fencing at commit', 'fencing at send'].map(
    (what) => `transactions: ${what}`,
  ),
  ...['time-out', 'lost response of Produce', 'lost response of EndTxn'].map(
    (what) => `transactions: ${what}`,
  ),
  ...['rebalance and close', 'static member', 'crash', 'positions', 'late commit'].map(
    (what) => `groups: ${what}`,
  ),
];
