import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { Kafka, logLevel, type KafkaClient } from '../../src/clients/kafkajs.js';
import { ended, startLab, type Ended } from './spawned.js';

/** `lab broker` in a process of its own, as a user serves one's own program. */
export class ServedBroker {
  private constructor(
    readonly bootstrapServers: readonly string[],
    private readonly process: ChildProcess,
    private readonly end: Promise<Ended>,
  ) {}

  static async start(words: readonly string[]): Promise<ServedBroker> {
    const child = startLab(['broker', ...words]);
    const end = ended(child);
    return new ServedBroker(await serversOf(child, end), child, end);
  }

  kafka(clientId: string): KafkaClient {
    return new Kafka({
      clientId,
      brokers: [...this.bootstrapServers],
      logLevel: logLevel.NOTHING,
      retry: { retries: 5, initialRetryTime: 50, maxRetryTime: 200 },
    });
  }

  /** Ctrl-C. */
  stop(): Promise<Ended> {
    this.process.kill('SIGINT');
    return this.end;
  }
}

/** The address, which may stand behind lines about faults that were armed. */
async function serversOf(child: ChildProcess, end: Promise<Ended>): Promise<readonly string[]> {
  const { stdout } = child;
  assert.ok(stdout !== null);
  const address = new Promise<string>((resolve) => {
    let text = '';
    stdout.on('data', (data: Buffer) => {
      text += data.toString();
      const found = /^bootstrap\.servers=(.+)$/m.exec(text)?.[1];
      if (found !== undefined && text.includes('\n', text.indexOf(found))) resolve(found);
    });
  });
  const early = end.then(({ error }) => Promise.reject(new Error(`the broker did not start: ${error}`)));
  return (await Promise.race([address, early])).split(',');
}
