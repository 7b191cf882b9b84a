// The cases of honest lag, read from the view Clusters as a user sees and hears them.
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ClustersView } from './clusters-view.js';

/** The row of each group, as label and description; after a look at its markers, where it has any. */
const rowsOfGroups: Readonly<Record<string, string>> = {
  'beyond-end': 'lag 0 · committed 6 beyond the end · Empty',
  expired: 'lag 5 · 3 expired before being read · Empty',
  marker: 'lag 1 · 1 is a transaction marker · Empty',
  open: 'lag 2 · 2 behind an open transaction · Empty',
  plain: 'lag 2 · Empty',
  'to-earliest': 'reset to earliest pending · Empty',
  'to-latest': 'reset to latest pending · Empty',
};

/** What is read out for a partition of it. */
const spokenPartitions: Readonly<Record<string, string>> = {
  'beyond-end': 'beyond-end, partition 0, lag 0, committed 6 beyond the end, committed 9, start 0, end 3',
  expired: 'expired, partition 0, lag 5, 3 expired before being read, committed 2, start 5, end 10',
  marker: 'marker, partition 0, lag 1, 1 is a transaction marker, committed 1, start 0, end 2',
  open: 'open, partition 0, lag 2, 2 behind an open transaction, committed 1, start 0, end 5, last stable 3',
  plain: 'plain, partition 1, nothing committed, start 0, end 0',
  'to-earliest': 'to-earliest, partition 0, reset to earliest pending, start 0, end 0',
  'to-latest': 'to-latest, partition 0, reset to latest pending, start 0, end 0',
};

/** The view must show one cluster with its groups unfolded. */
export function casesInTree(view: () => ClustersView): void {
  for (const [group, row] of Object.entries(rowsOfGroups))
    it(`show “${group}” as it is: in its row, and read out for its partition`, async () => {
      await view().expand(`Group ${group},`);
      await view()
        .row(`Group ${group}, ${row.replaceAll(' · ', ', ')}`)
        .waitFor({ timeout: 10_000 });
      assert.ok((await view().texts()).includes(`${group}${row}`), (await view().texts()).join('\n'));
      await view().expand(`Topic ${group},`);
      const spoken = view().row(spokenPartitions[group] ?? '');
      await spoken.waitFor({ timeout: 10_000 });
      assert.equal(await spoken.getAttribute('aria-label'), spokenPartitions[group]);
      await view().collapse(`Group ${group},`);
    });
}

/** Makes a cluster known through the settings of the workspace. */
export async function configureServers(workspace: string, servers: readonly string[]): Promise<void> {
  await mkdir(path.join(workspace, '.vscode'), { recursive: true });
  const settings = { 'kafkaLab.bootstrapServers': servers };
  await writeFile(path.join(workspace, '.vscode', 'settings.json'), JSON.stringify(settings));
}
