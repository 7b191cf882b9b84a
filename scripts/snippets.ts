// npm run snippets: writes snippets/vscode/ from the sources below snippets/. A test holds the one to the other.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { generatedSnippets } from './snippets/generate.js';

async function main(): Promise<void> {
  const folder = path.resolve(import.meta.dirname, '..', 'snippets', 'vscode');
  await mkdir(folder, { recursive: true });
  const files = await generatedSnippets();
  for (const [name, text] of files) await writeFile(path.join(folder, name), text);
  console.log(`snippets/vscode: ${files.size} files`);
}

void main();
