import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { labExtension } from './lab-extension.js';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

describe('the activation', () => {
  it('loads neither the runner nor kafkajs, and nothing that could reach a network', async () => {
    const extension = labExtension();
    await extension.activate();
    const folder = extension.extensionPath;
    const loaded = Object.keys(require.cache).filter((file) => file.startsWith(folder));
    assert.deepEqual(
      loaded.filter((file) =>
        /dist[\\/](lab|kafkajs|actor|broker|cli)\.js$|node_modules[\\/]kafkajs/.test(file),
      ),
      [],
    );
    const bundle = await readFile(path.join(folder, 'dist', 'extension.js'), 'utf8');
    assert.deepEqual(
      bundle.match(/require\("(?:node:)?(?:net|tls|http|https|dgram|worker_threads|kafkajs)"\)/g),
      null,
    );
  });

  it('registers exactly the commands of package.json', async () => {
    await labExtension().activate();
    const { contributes } = labExtension().packageJSON as Manifest;
    const registered = await vscode.commands.getCommands(true);
    assert.deepEqual(
      // The editor adds commands of its own for each view and its container.
      registered
        .filter((id) => /^kafkaLab\.[a-zA-Z]+$/.test(id) && !id.startsWith('kafkaLab.semantics'))
        .sort(),
      contributes.commands.map(({ command }) => command).sort(),
    );
  });
});
