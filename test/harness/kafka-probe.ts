import { connect, type Socket } from 'node:net';
import { once } from 'node:events';

/** A broker's address. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/**
 * One request, one response, written by hand (Kafka protocol guide, request header v1): the harness must not depend on
 * the codec that its clusters are there to check.
 * @returns the response after its correlation id; @throws when nothing comes within `timeoutMs`
 */
export async function exchange(
  address: Address,
  apiKey: number,
  version: number,
  body: Buffer,
  timeoutMs = 5000,
): Promise<Buffer> {
  const socket = connect(address);
  socket.setTimeout(timeoutMs, () => socket.destroy(new Error(`no response within ${timeoutMs} ms`)));
  try {
    await once(socket, 'connect');
    const header = Buffer.concat([int16(apiKey), int16(version), int32(1), string('harness')]);
    socket.write(Buffer.concat([int32(header.length + body.length), header, body]));
    return (await readFrame(socket)).subarray(4);
  } finally {
    socket.destroy();
  }
}

async function readFrame(socket: Socket): Promise<Buffer> {
  let received = Buffer.alloc(0);
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    received = Buffer.concat([received, chunk]);
    if (received.length >= 4 && received.length >= 4 + received.readInt32BE(0)) break;
  }
  if (received.length < 4) throw new Error('the broker closed the connection without a response');
  return received.subarray(4, 4 + received.readInt32BE(0));
}

/** ApiVersions v0. @returns the API keys with the lowest and the highest version that the broker offers */
export async function apiVersions(address: Address): Promise<ReadonlyMap<number, readonly [number, number]>> {
  const response = await exchange(address, 18, 0, Buffer.alloc(0));
  expectNoError(response.readInt16BE(0), 'ApiVersions');
  const count = response.readInt32BE(2);
  const rows = Array.from({ length: count }, (_, index) => 6 + index * 6);
  return new Map(
    rows.map((at) => [
      response.readInt16BE(at),
      [response.readInt16BE(at + 2), response.readInt16BE(at + 4)] as const,
    ]),
  );
}

/** Metadata v1 for no topic. @returns how many brokers are registered */
export async function brokerCount(address: Address): Promise<number> {
  const response = await exchange(address, 3, 1, int32(0));
  return response.readInt32BE(0);
}

/**
 * Asks each coordinator something harmless until it answers without error: the first request makes Kafka create the
 * internal topics, and until they are there it answers 14 or 15.
 */
export async function useBothCoordinators(address: Address): Promise<void> {
  const id = 'harness.warm-up';
  const group = await findCoordinator(address, id, 0);
  // OffsetFetch v1 of no topic has no error of its own: the coordinator is asked for its group's state instead.
  const described = await exchange(group, 15, 0, Buffer.concat([int32(1), string(id)]));
  expectNoError(described.readInt16BE(4), 'DescribeGroups');
  const transactions = await findCoordinator(address, id, 1);
  const initialised = await exchange(transactions, 22, 0, Buffer.concat([string(id), int32(60_000)]));
  expectNoError(initialised.readInt16BE(4), 'InitProducerId');
}

async function findCoordinator(address: Address, key: string, keyType: 0 | 1): Promise<Address> {
  const response = await exchange(address, 10, 1, Buffer.concat([string(key), Buffer.from([keyType])]));
  expectNoError(response.readInt16BE(4), 'FindCoordinator');
  const afterMessage = 8 + Math.max(0, response.readInt16BE(6));
  const hostAt = afterMessage + 4;
  const hostLength = response.readInt16BE(hostAt);
  return {
    host: response.toString('utf8', hostAt + 2, hostAt + 2 + hostLength),
    port: response.readInt32BE(hostAt + 2 + hostLength),
  };
}

function expectNoError(code: number, api: string): void {
  if (code !== 0) throw new Error(`${api} answered error ${code}`);
}

function int16(value: number): Buffer {
  const buffer = Buffer.alloc(2);
  buffer.writeInt16BE(value);
  return buffer;
}

function int32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32BE(value);
  return buffer;
}

function string(value: string): Buffer {
  const text = Buffer.from(value);
  return Buffer.concat([int16(text.length), text]);
}
