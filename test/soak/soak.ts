// npm run soak [-- --seconds N --seed S]
import { parseArgs } from 'node:util';
import { growth } from './growth.js';
import { soak } from './soak-run.js';

const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MB`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '120' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    },
  });
  console.log(`Seed ${values.seed}: eight clients for ${values.seconds} s.`);
  const { counts, residentBytes, mistakes } = await soak({
    seconds: Number(values.seconds),
    seed: Number(values.seed),
    progress: (ledger, bytes) =>
      console.log(`${ledger.count('consumed').acknowledged} orders, resident ${megabytes(bytes)}`),
  });
  console.table(counts);
  const { before, after } = growth(residentBytes);
  console.log(`Resident: ${megabytes(before)} after the warm-up, ${megabytes(after)} at the end.`);
  for (const mistake of mistakes) console.log(`A mistake of the broker: ${mistake}`);
  const isLost = Object.values(counts).some(({ missing }) => missing > 0);
  const isRepeated = counts.processed.repeated + counts.raw.repeated > 0;
  const isLeaking = after > before * 1.2;
  if (isLost) console.log('Something that was acknowledged is lost.');
  if (isRepeated) console.log('Something that must be there once is there twice.');
  if (isLeaking) console.log('The memory is not flat.');
  process.exitCode = isLost || isRepeated || isLeaking || mistakes.length > 0 ? 1 : 0;
}

void main();
