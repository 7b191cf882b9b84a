// npm run package: kafka-semantics-lab-<version>.vsix from a minified build, with a check of what is inside.
import { existsSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createVSIX, listFiles, PackageManager } from '@vscode/vsce';

const largestBytes = 500_000;
const neverInside = /(?:^|\/)(?:src|test|bench|scripts|docs|node_modules)\/|\.(?:ts|map)$/;

async function main(): Promise<void> {
  const { name, version } = await readJson<{ name: string; version: string }>('package.json');
  await writeFile('dist/THIRD_PARTY_NOTICES.txt', await thirdPartyNotices());
  const files = await listFiles({ packageManager: PackageManager.None });
  const wrong = files.filter((file) => neverInside.test(file));
  if (wrong.length > 0) throw new Error(`These files do not belong into the package: ${wrong.join(', ')}`);
  const packagePath = `${name}-${version}.vsix`;
  await createVSIX({
    packagePath,
    // Everything is bundled; a folder node_modules would only repeat it.
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
  const { size } = await stat(packagePath);
  console.log(`${packagePath}: ${(size / 1000).toFixed(0)} kB, ${files.length} files`);
  if (size > largestBytes) {
    console.error(`The package is larger than ${largestBytes / 1000} kB.`);
    process.exitCode = 1;
  }
}

interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
}

/** The licence of each package that the bundles contain: theirs ask for that. */
async function thirdPartyNotices(): Promise<string> {
  const lock = await readJson<{ packages: Readonly<Record<string, LockedPackage>> }>('package-lock.json');
  const bundled = Object.entries(lock.packages).filter(
    ([folder, { dev, devOptional }]) => folder !== '' && dev !== true && devOptional !== true,
  );
  const notices = await Promise.all(
    bundled.map(async ([folder, { version, license }]) => {
      const name = folder.replace(/^.*node_modules\//, '');
      return `${name} ${version ?? ''} (${license ?? 'see below'})\n\n${await licenceText(folder)}\n`;
    }),
  );
  return notices.join(`\n${'-'.repeat(80)}\n\n`);
}

async function licenceText(folder: string): Promise<string> {
  const names = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'LICENCE', 'license', 'CopyrightNotice.txt'];
  const file = names.map((name) => path.join(folder, name)).find((candidate) => existsSync(candidate));
  return file === undefined ? '' : (await readFile(file, 'utf8')).trim();
}

async function readJson<Content>(file: string): Promise<Content> {
  return JSON.parse(await readFile(file, 'utf8')) as Content;
}

void main();
