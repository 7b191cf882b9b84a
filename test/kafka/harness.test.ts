import assert from 'node:assert/strict';
import { once } from 'node:events';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { connect } from 'node:tls';
import { startKafka } from '../harness/kafka.js';
import { kafkaVersions } from '../harness/kafka-jars.js';
import { apiVersions, brokerCount } from '../harness/kafka-probe.js';
import { untilItSucceeds } from '../harness/processes.js';

const produce = 0;

describe('The Apache Kafka that the tests start', function () {
  this.timeout(120_000);

  for (const version of kafkaVersions) {
    it(`answers ApiVersions as ${version}, and its process is gone after stop`, async () => {
      const kafka = await startKafka({ version });
      const [address] = kafka.addresses;
      assert.ok(address);
      const offered = await apiVersions(address);
      // KIP-896: Kafka 4 no longer takes Produce below version 3, but still lists it from 0 for librdkafka's sake.
      assert.ok((offered.get(produce)?.[1] ?? 0) >= 11);
      await kafka.stop();
      assert.deepEqual(kafka.pids.map(isAlive), [false]);
    });
  }

  it('shows on its SASL_SSL listener the certificate that was made for this run', async () => {
    const kafka = await startKafka({ version: '4.2.0', secured: true, warmUp: false });
    try {
      assert.ok(kafka.secured);
      const [host, port] = kafka.secured.saslSsl.split(':');
      const socket = connect({ host, port: Number(port), ca: kafka.secured.certificateAuthority });
      await once(socket, 'secureConnect');
      assert.equal(socket.authorized, true);
      socket.destroy();
    } finally {
      await kafka.stop();
    }
  });

  it('goes on with two of three nodes when one is killed', async () => {
    const kafka = await startKafka({ version: '4.2.0', nodes: 3 });
    try {
      await kafka.killNode(0);
      const survivor = kafka.addresses[1];
      assert.ok(survivor);
      await untilItSucceeds(
        'The controller notices that a node is gone',
        async () => assert.equal(await brokerCount(survivor), 2),
        { timeoutMs: 60_000 },
      );
    } finally {
      await kafka.stop();
    }
  });

  it('ends with the process that started it', async () => {
    const harness = JSON.stringify(path.resolve('test/harness/kafka.ts'));
    const program = `require(${harness}).startKafka({ version: '3.9.1', warmUp: false })
      .then((kafka) => console.log(kafka.pids[0]));`;
    const owner = spawn(process.execPath, ['--import=tsx', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [printed] = (await once(owner.stdout, 'data')) as [Buffer];
    const pid = Number(printed.toString());
    assert.equal(isAlive(pid), true);
    owner.kill('SIGTERM');
    await once(owner, 'exit');
    await untilItSucceeds(
      'The node ends',
      async () => assert.equal(await Promise.resolve(isAlive(pid)), false),
      {
        timeoutMs: 10_000,
      },
    );
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
