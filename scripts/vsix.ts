import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createVSIX, listFiles, PackageManager } from '@vscode/vsce';

const neverInside = /(?:^|\/)(?:src|test|bench|scripts|docs|node_modules)\/|\.(?:ts|map)$/;

/**
 * Writes the package from dist/ as it is built.
 * @returns the files inside; @throws when one is among them that does not belong to users
 */
export async function createPackage(packagePath: string): Promise<readonly string[]> {
  await writeFile('dist/THIRD_PARTY_NOTICES.txt', await thirdPartyNotices());
  const files = await listFiles({ packageManager: PackageManager.None });
  const wrong = files.filter((file) => neverInside.test(file));
  if (wrong.length > 0) throw new Error(`These files do not belong into the package: ${wrong.join(', ')}`);
  await createVSIX({
    packagePath,
    // Everything is bundled; a folder node_modules would only repeat it.
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
    readmePath: await readmeWithoutPictures(),
  });
  return files;
}

/** Pictures would be a fifth of the package; in the editor the extension shows itself. */
async function readmeWithoutPictures(): Promise<string> {
  const readme = await readFile('README.md', 'utf8');
  const file = 'dist/README.md';
  await writeFile(file, readme.replaceAll(/^!\[[^\]]*\]\([^)]*\)\n\n?/gm, ''));
  return file;
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

export async function readJson<Content>(file: string): Promise<Content> {
  return JSON.parse(await readFile(file, 'utf8')) as Content;
}
