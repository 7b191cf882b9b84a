import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { checkTitles, clients, type Client } from './clients.js';
import { runProgram, type Outcome } from './run-program.js';
import { rowOf, writeTable, type Table } from './table.js';
import { startEmbedded, startReal, type Target } from './two-brokers.js';

/** For everything that one client does against one broker; both brokers are asked at the same time. */
const programDeadlineMs = 200_000;

type Outcomes = ReadonlyMap<string, Outcome>;

describe('Every client finds in the embedded broker what it finds in Apache Kafka 3.9', () => {
  let embedded: Target;
  let real: Target;
  const table: Table = {};

  before(async () => {
    [embedded, real] = await Promise.all([startEmbedded(), startReal()]);
  });

  after(async () => {
    await Promise.all([embedded.stop(), real.stop()]);
    await writeTable(table);
  });

  for (const [index, client] of clients.entries()) {
    describe(client.name, () => {
      let ours: Outcomes;
      let theirs: Outcomes;

      before(async function () {
        const reason = await client.missing();
        if (reason !== undefined) {
          console.log(`      SKIPPED: ${reason}.`);
          this.skip();
        }
        [ours, theirs] = await runOnBoth(client, `matrix${index}`);
        table[client.name] = rowOf(ours, theirs);
      });

      for (const title of checkTitles) {
        it(title, () => {
          assertSame(ours.get(title), theirs.get(title));
        });
      }

      it('does these checks and no other', () => {
        assert.deepEqual([...theirs.keys()].sort(), [...checkTitles].sort());
      });

      it('meets no mistake of the broker', () => {
        assert.deepEqual(embedded.mistakes(), []);
      });
    });
  }

  async function runOnBoth(client: Client, prefix: string): Promise<[Outcomes, Outcomes]> {
    const command = await client.prepare();
    return Promise.all([
      runProgram(command, embedded, prefix, programDeadlineMs),
      runProgram(command, real, prefix, programDeadlineMs),
    ]);
  }
});

function assertSame(ours: Outcome | undefined, theirs: Outcome | undefined): void {
  assert.ok(theirs, 'the program did not come to this check against Apache Kafka');
  assert.ok(ours, 'the program did not come to this check against the embedded broker');
  if ('failure' in theirs) assert.fail(`it failed against Apache Kafka:\n${theirs.failure}`);
  if ('failure' in ours) assert.fail(`it failed against the embedded broker:\n${ours.failure}`);
  assert.deepEqual(ours, theirs);
}
