// npm run package [-- FILE]: kafka-semantics-lab-<version>.vsix from a minified build, with a check of what is inside.
import { stat } from 'node:fs/promises';
import { createPackage, readJson } from './vsix.js';

const largestBytes = 500_000;

async function main(): Promise<void> {
  const { name, version } = await readJson<{ name: string; version: string }>('package.json');
  const packagePath = process.argv[2] ?? `${name}-${version}.vsix`;
  const files = await createPackage(packagePath);
  const { size } = await stat(packagePath);
  console.log(`${packagePath}: ${(size / 1000).toFixed(0)} kB, ${files.length} files`);
  if (size > largestBytes) {
    console.error(`The package is larger than ${largestBytes / 1000} kB.`);
    process.exitCode = 1;
  }
}

void main();
