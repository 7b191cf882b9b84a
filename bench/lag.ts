import assert from 'node:assert/strict';
import { startProcess, untilItSucceeds, type ServerProcess } from '../test/harness/processes.js';
import { median, type Figure } from './figure.js';
import { connectWays, type Way, type Ways } from './lag/ways.js';

interface Size {
  readonly id: string;
  readonly topics: number;
  readonly groups: number;
  readonly mostMs: number;
  /** kafkajs takes a minute for the first reading of the large one, and ten seconds for each other. */
  readonly mostRoundsOfTheirs: number;
}

const sizes: readonly Size[] = [
  { id: 'lag.small', topics: 100, groups: 50, mostMs: 80, mostRoundsOfTheirs: 9 },
  { id: 'lag.large', topics: 2000, groups: 1000, mostMs: 500, mostRoundsOfTheirs: 1 },
];
const partitions = 6;
const topicsOfGroup = 4;
const brokers = 3;
const delayMs = 10;
/** Metadata and FindCoordinator, and to each broker ListGroups, OffsetFetch and three ListOffsets. */
const mostRequests = 2 + 5 * brokers;

/** Offsets and lags of all groups of a cluster ten milliseconds away: ours beside the calls that kafkajs has for it. */
export async function lag(rounds: number): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const size of sizes) figures.push(...(await lagOf(size, rounds)));
  return figures;
}

async function lagOf(size: Size, rounds: number): Promise<readonly Figure[]> {
  const filling = [delayMs, size.topics, partitions, size.groups, topicsOfGroup].map(String);
  const broker = startProcess(process.execPath, ['--import=tsx', 'bench/lag/distant-broker.ts', ...filling]);
  try {
    const ways = await connectWays(await addressesOf(broker));
    const figures = figuresOf(size, await compare(ways, size, rounds));
    await ways.close();
    return figures;
  } finally {
    await broker.stop();
  }
}

function addressesOf(broker: ServerProcess): Promise<readonly string[]> {
  const attempt = async (): Promise<readonly string[]> => {
    const found = /^ready (\S+)$/m.exec(broker.lastOutput())?.[1];
    if (found === undefined) throw new Error(broker.lastOutput());
    return found.split(',');
  };
  return untilItSucceeds('The broker is filled', attempt, { timeoutMs: 120_000 });
}

/** How long a way takes, and how many requests; the first time stands apart: code is compiled, topics become known. */
interface Series {
  readonly firstMs: number;
  readonly ms: number;
  readonly requests: number;
}

type Name = Exclude<keyof Ways, 'close'>;
type Comparison = Readonly<Record<Name, Series>>;

/** In turn, so that all see the same machine. */
async function compare(ways: Ways, size: Size, rounds: number): Promise<Comparison> {
  const rows = size.groups * topicsOfGroup * partitions;
  const takes: Record<Name, Take[]> = { ours: [], withMembers: [], connecting: [], theirs: [] };
  for (let round = 0; round <= rounds; round++)
    for (const name of names)
      if (name !== 'theirs' || round <= size.mostRoundsOfTheirs)
        takes[name].push(await take(ways[name], rows));
  const { ours, withMembers, connecting, theirs } = takes;
  return {
    ours: seriesOf(ours),
    withMembers: seriesOf(withMembers),
    connecting: seriesOf(connecting),
    theirs: seriesOf(theirs),
  };
}

const names: readonly Name[] = ['ours', 'withMembers', 'connecting', 'theirs'];

interface Take {
  readonly ms: number;
  readonly requests: number;
}

async function take(way: Way, rows: number): Promise<Take> {
  const began = performance.now();
  const told = await way();
  const ms = performance.now() - began;
  assert.equal(told.rows, rows);
  return { ms, requests: told.requests };
}

function seriesOf([first, ...others]: readonly Take[]): Series {
  return {
    firstMs: first?.ms ?? 0,
    ms: median(others.map(({ ms }) => ms)),
    requests: median(others.map(({ requests }) => requests)),
  };
}

function figuresOf({ id, topics, groups, mostMs }: Size, comparison: Comparison): readonly Figure[] {
  const { ours, withMembers, connecting, theirs } = comparison;
  const where = `all lags (${groups} groups, ${topics} topics, ${brokers} brokers)`;
  return [
    {
      ...{ id: `${id}.ratio`, what: `${where}: kafkajs’s admin calls to ours`, unit: '×' },
      measured: theirs.ms / ours.ms,
      note: `${inMs(theirs.ms)} in ${theirs.requests} requests (the first time ${inMs(theirs.firstMs)}) to ${inMs(ours.ms)}`,
    },
    {
      ...{ id: `${id}.requests`, what: `${where}: requests`, unit: 'requests' },
      measured: Math.max(ours.requests, connecting.requests),
      target: { bound: 'at most', value: mostRequests },
      note: `on a connection that is there ${ours.requests}, with the members ${withMembers.requests}`,
    },
    {
      ...{ id: `${id}.time`, what: `${where}, each request ${delayMs} ms away`, unit: 'ms' },
      measured: ours.ms,
      target: { bound: 'at most', value: mostMs },
      note: `with the members ${inMs(withMembers.ms)}, with connecting ${inMs(connecting.ms)}, the first of the process ${inMs(ours.firstMs)}`,
    },
  ];
}

function inMs(value: number): string {
  return `${value.toFixed(0)} ms`;
}
