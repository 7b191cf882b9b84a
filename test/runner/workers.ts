import path from 'node:path';
import type { WorkerFiles } from '../../src/runner/run.js';

/** The bundles that `node esbuild.mjs` makes: threads start from files. */
export const workers: WorkerFiles = {
  actor: path.resolve('dist/actor.js'),
  broker: path.resolve('dist/broker.js'),
};
