import assert from 'node:assert/strict';
import { Turnstile, type Manners } from './turnstile.js';

describe('The turnstile for sequences', () => {
  /** Who was inside together with whom, when all come at once and each stays for a few turns of the event loop. */
  async function meetings(all: readonly Manners[]): Promise<readonly (readonly Manners[])[]> {
    const turnstile = new Turnstile();
    let inside: readonly Manners[] = [];
    const met: (readonly Manners[])[] = [];
    const stay = async (manners: Manners): Promise<void> => {
      inside = [...inside, manners];
      met.push(inside);
      for (let turn = 0; turn < 5; turn++) await Promise.resolve();
      inside = inside.filter((_, index) => index !== inside.indexOf(manners));
    };
    await Promise.all(all.map((manners) => turnstile.through(manners, () => stay(manners))));
    return met;
  }

  it('lets nobody delete topics while others use groups, and who does both alone', async () => {
    const met = await meetings([
      'uses groups',
      'deletes topics',
      'both',
      'uses groups',
      'both',
      'deletes topics',
    ]);
    assert.equal(met.length, 6);
    for (const together of met) assert.equal(new Set(together).size, 1);
    for (const together of met) assert.ok(together.length === 1 || together[0] !== 'both');
  });

  it('lets those in together who do not disturb each other', async () => {
    const met = await meetings(['uses groups', 'uses groups', 'neither']);
    assert.equal(met.at(-1)?.length, 3);
  });
});
