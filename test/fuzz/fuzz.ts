// npm run fuzz -- [--frames N] [--seed S] [--connections N]
import { parseArgs } from 'node:util';
import { fuzz } from './fuzz-run.js';

const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MB`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      frames: { type: 'string', default: '200000' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      connections: { type: 'string', default: '16' },
    },
  });
  console.log(`Seed ${values.seed}: ${values.frames} frames.`);
  const result = await fuzz({
    frames: Number(values.frames),
    seed: Number(values.seed),
    connections: Number(values.connections),
    progress: ({ frames }, bytes) => console.log(`${frames} frames, resident ${megabytes(bytes)}`),
  });
  const { residentBytes: resident, bystander } = result;
  for (const [stack, count] of result.mistakes) console.log(`${count} times: ${stack}`);
  console.log(
    `${result.frames} frames in ${result.seconds.toFixed(1)} s over ${result.connections} connections (${result.closed} closed by the broker, ${result.givenUp} given up); ` +
      `resident ${megabytes(resident.warm)} when warm, ${megabytes(resident.most)} at most, ${megabytes(resident.atEnd)} at the end; ` +
      `the well-behaved client: ${bystander.rounds} rounds, the slowest ${bystander.slowestMs} ms; ${result.mistakes.size} kinds of unexpected errors.`,
  );
  process.exitCode = result.mistakes.size === 0 ? 0 : 1;
}

void main();
