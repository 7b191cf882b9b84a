// kafkajs against one broker: a line of JSON for each check. Arguments: titles of checks, none for all.
import { runAll } from '../node/checks.js';
import { adminChecks } from './admin.js';
import { groupChecks, surviveUntilKilled } from './groups.js';
import { recordChecks } from './records.js';
import { admin, disconnectAll } from './support.js';
import { transactionChecks } from './transactions.js';

async function main(): Promise<void> {
  const [, , first, group = '', topic = ''] = process.argv;
  if (first === 'member') {
    await surviveUntilKilled(group, topic);
    return;
  }
  await admin.connect();
  await runAll({ ...adminChecks, ...recordChecks, ...transactionChecks, ...groupChecks });
  await disconnectAll();
  // What a failed check has left open must not keep the program.
  process.exit();
}

void main();
