// npm run differential -- [--sequences N] [--seed S] [--first N] [--version 3.9|4.2] [--theme NAME] [--at-once N] [--most N]
import { parseArgs } from 'node:util';
import { startBoth } from './brokers.js';
import { themeNames } from './generate.js';
import { Session } from './session.js';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      sequences: { type: 'string', default: '300' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      first: { type: 'string', default: '0' },
      version: { type: 'string', default: '3.9' },
      theme: { type: 'string' },
      'at-once': { type: 'string', default: '12' },
      most: { type: 'string', default: '10' },
    },
  });
  const seed = Number(values.seed);
  const theme = themeNames.find((name) => name === values.theme);
  if (values.theme !== undefined && theme === undefined) {
    throw new Error(`There is no theme "${values.theme}"; there are: ${themeNames.join(', ')}.`);
  }
  console.log(`Seed ${seed}: ${values.sequences} sequences.`);
  const both = await startBoth(values.version.startsWith('4') ? '4.2.0' : '3.9.1');
  try {
    const started = Date.now();
    const { sequences, operations, leftOut, reports, notRepeated } = await new Session(both.sides, {
      seed,
      sequences: Number(values.sequences),
      first: Number(values.first),
      atOnce: Number(values['at-once']),
      most: Number(values.most),
      ...(theme && { theme }),
      log: (line) => console.log(line, '\n'),
    }).run();
    for (const text of notRepeated) console.log(`Not repeated: ${text}`);
    for (const text of both.mistakes) console.log(`A mistake of the embedded broker: ${text}`);
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    console.log(
      `${sequences} sequences, ${operations} operations (${leftOut} left out) in ${seconds} s: ${reports.length} differences, ${notRepeated.length} not repeated.`,
    );
    process.exitCode = reports.length + both.mistakes.length === 0 ? 0 : 1;
  } finally {
    await both.stop();
  }
}

void main();
