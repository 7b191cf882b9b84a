import { seededRandom } from '../broker/protocol/seeded-random.js';
import { Assailant, type Assault } from './assailant.js';
import { BrokerProcess } from './broker-process.js';
import { Bystander } from './bystander.js';
import { FrameSource } from './frame-source.js';

export interface FuzzOptions {
  readonly frames: number;
  readonly seed: number;
  /** Connections at the same time; 16 unless said. */
  readonly connections?: number;
  /** Called about every five seconds. */
  readonly progress?: (assault: Assault, residentBytes: number) => void;
}

export interface FuzzResult extends Assault {
  readonly seconds: number;
  /** Of the broker's process: after the first tenth, the most that was seen, and at the end. */
  readonly residentBytes: { readonly warm: number; readonly most: number; readonly atEnd: number };
  /** Stacks of errors in the broker that nobody expected, with their counts. */
  readonly mistakes: ReadonlyMap<string, number>;
  readonly bystander: { readonly rounds: number; readonly slowestMs: number };
}

/** @throws when the broker ends, or answers the well-behaved client wrongly */
export async function fuzz(options: FuzzOptions): Promise<FuzzResult> {
  const broker = await BrokerProcess.start();
  try {
    return await attack(broker, options);
  } finally {
    await broker.stop();
  }
}

async function attack(broker: BrokerProcess, options: FuzzOptions): Promise<FuzzResult> {
  const { frames, seed } = options;
  const began = performance.now();
  const assault: Assault = { frames: 0, connections: 0, closed: 0, givenUp: 0 };
  const bystander = await Bystander.start(broker.address);
  const assailants = Array.from({ length: options.connections ?? 16 }, (_, index) => {
    const source = new FrameSource(seededRandom(seed * 1000 + index));
    return new Assailant(broker.address, source, assault).run(frames);
  });
  let isOver = false;
  const standing = bystander.run(() => isOver);
  const watching = watch(broker, assault, options, () => isOver);
  await Promise.race([Promise.all(assailants), Promise.all([standing, watching])]);
  isOver = true;
  const [{ warm, most }] = await Promise.all([watching, standing]);
  const { residentBytes: atEnd } = await broker.state();
  await bystander.stop();
  return {
    ...assault,
    seconds: (performance.now() - began) / 1000,
    residentBytes: { warm, most: Math.max(most, atEnd), atEnd },
    mistakes: broker.mistakes,
    bystander: { rounds: bystander.rounds, slowestMs: Math.round(bystander.slowestMs) },
  };
}

/** @throws when the broker's process is gone */
async function watch(
  broker: BrokerProcess,
  assault: Assault,
  { frames, progress }: FuzzOptions,
  isOver: () => boolean,
): Promise<{ readonly warm: number; readonly most: number }> {
  let warm = 0;
  let most = 0;
  for (let told = 0; !isOver();) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const { residentBytes } = await broker.state();
    if (warm === 0 && assault.frames >= frames / 10) warm = residentBytes;
    most = Math.max(most, residentBytes);
    if (performance.now() - told < 5000) continue;
    told = performance.now();
    progress?.(assault, residentBytes);
  }
  return { warm, most };
}
