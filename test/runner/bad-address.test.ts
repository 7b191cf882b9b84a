import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import tls from 'node:tls';
import { ErrorCode } from '../../src/broker/protocol/errors.js';
import { FrameSplitter } from '../../src/broker/protocol/frame.js';
import { decodeRequestHeader, encodeResponseFrame } from '../../src/broker/protocol/header.js';
import { saslHandshake } from '../../src/broker/protocol/messages/17-sasl-handshake.js';
import { apiVersions } from '../../src/broker/protocol/messages/18-api-versions.js';
import { startEmbeddedBroker } from '../../src/broker/start-worker.js';
import type { ConnectionSettings } from '../../src/clients/connection-settings.js';
import { isLabError, type LabError } from '../../src/core/lab-error.js';
import { openLab } from '../../src/runner/open-lab.js';
import { selfSigned } from './self-signed.js';
import { workers } from './workers.js';

describe('An address that is no broker’s', function () {
  this.timeout(20_000);
  const opened: { close(): void }[] = [];
  afterEach(() => opened.splice(0).forEach((one) => one.close()));

  it('where nothing listens is told as unreachable, at once', async () => {
    const server = await deadAddress();
    const error = await refused({ bootstrapServers: [server] });
    assert.deepEqual(plain(error), { code: 'broker-unreachable', args: { server } });
  });

  it('with a name that nobody has is told as unreachable', async () => {
    const error = await refused({ bootstrapServers: ['no-such-host.invalid:9092'] });
    assert.equal(error.code, 'broker-unreachable');
  });

  it('that is mute is told after the time that connecting may take', async () => {
    const server = await listening(
      net.createServer((socket) => opened.push({ close: () => socket.destroy() })),
    );
    const error = await refused({ bootstrapServers: [addressOf(server)] });
    assert.equal(error.code, 'broker-mute');
  });

  it('that is a web server’s is told as one', async () => {
    const server = await listening(http.createServer());
    const error = await refused({ bootstrapServers: [addressOf(server)] });
    assert.deepEqual(plain(error), { code: 'http-server', args: { server: addressOf(server) } });
  });

  it('that answers something else is told as not Kafka’s', async () => {
    const server = await listening(net.createServer((socket) => socket.end('220 mail.example ESMTP\r\n')));
    const error = await refused({ bootstrapServers: [addressOf(server)] });
    assert.equal(error.code, 'not-kafka');
  });

  it('that cannot be one is told as invalid', async () => {
    for (const server of ['localhost', '[::1]:9092', 'host:0', 'host:99999', '']) {
      assert.equal((await refused({ bootstrapServers: [server] })).code, 'invalid-server', server);
    }
  });

  it('is passed over when a later one answers', async () => {
    const broker = await startEmbeddedBroker({ workerFile: workers.broker });
    try {
      const bootstrapServers = [await deadAddress(), ...broker.bootstrapServers];
      const lab = await openLab({ target: { kind: 'kafka', connection: { bootstrapServers } }, workers });
      await lab.dispose();
    } finally {
      await broker.stop();
    }
  });

  it('that speaks plaintext is told when TLS is asked for', async () => {
    const broker = await startEmbeddedBroker({ workerFile: workers.broker });
    try {
      const error = await refused({ bootstrapServers: broker.bootstrapServers, tls: {} });
      assert.equal(error.code, 'plaintext-expected');
    } finally {
      await broker.stop();
    }
  });

  it('that speaks TLS is told when plaintext is asked for', async () => {
    const server = await tlsServer(selfSigned());
    assert.equal((await refused({ bootstrapServers: [addressOf(server)] })).code, 'tls-expected');
  });

  it('whose certificate nobody known has signed is told with the reason', async () => {
    const server = await tlsServer(selfSigned());
    const error = await refused({ bootstrapServers: [addressOf(server)], tls: {} });
    assert.deepEqual(plain(error), {
      code: 'certificate-not-trusted',
      args: { server: addressOf(server), reason: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    });
  });

  it('whose certificate is for another host is told so', async () => {
    const pair = selfSigned();
    const server = await tlsServer(pair);
    const tlsSettings = { certificateAuthority: pair.cert };
    const error = await refused({ bootstrapServers: [addressOf(server)], tls: tlsSettings });
    assert.equal(error.code, 'certificate-invalid');
  });

  it('that asks for a client certificate is told so when there is none', async () => {
    const pair = selfSigned();
    const server = await tlsServer({ ...pair, ca: pair.cert, requestCert: true });
    const tlsSettings = { certificateAuthority: pair.cert, verifyHostName: false };
    const error = await refused({ bootstrapServers: [addressOf(server)], tls: tlsSettings });
    assert.equal(error.code, 'client-certificate-refused');
  });

  it('that does not offer the login that is asked for is told with those that it offers', async () => {
    const server = await listening(net.createServer(answerAsSaslListener));
    const sasl = { mechanism: 'scram-sha-256', username: 'u', password: 'p' } as const;
    const error = await refused({ bootstrapServers: [addressOf(server)], sasl });
    assert.deepEqual(plain(error), {
      code: 'mechanism-not-offered',
      args: { mechanism: 'SCRAM-SHA-256', offered: 'PLAIN, OAUTHBEARER' },
    });
  });

  it('that knows no login is told so when one is asked for', async () => {
    const server = await listening(net.createServer(answerAsPlainListener));
    const sasl = { mechanism: 'plain', username: 'u', password: 'p' } as const;
    const error = await refused({ bootstrapServers: [addressOf(server)], sasl });
    assert.deepEqual(plain(error), { code: 'no-login-here', args: { server: addressOf(server) } });
  });

  it('gives up at once when it is cancelled', async () => {
    const server = await listening(
      net.createServer((socket) => opened.push({ close: () => socket.destroy() })),
    );
    const controller = new AbortController();
    server.on('connection', () => controller.abort());
    const error = await refused({ bootstrapServers: [addressOf(server)] }, controller.signal);
    assert.equal(error.code, 'cancelled');
  });

  async function listening<Server extends net.Server>(server: Server): Promise<Server> {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    opened.push({ close: () => server.close() });
    return server;
  }

  function tlsServer(options: tls.TlsOptions): Promise<net.Server> {
    const server = tls.createServer(options);
    server.on('tlsClientError', () => undefined);
    return listening(server);
  }
});

/** Answers ApiVersions and SaslHandshake, as a listener that knows neither SCRAM does. */
/** As Apache Kafka's PLAINTEXT listener does: it lists the handshake, and refuses it. */
function answerAsPlainListener(socket: net.Socket): void {
  answerHandshake(socket, { errorCode: ErrorCode.ILLEGAL_SASL_STATE, mechanisms: [] });
}

function answerAsSaslListener(socket: net.Socket): void {
  answerHandshake(socket, {
    errorCode: ErrorCode.UNSUPPORTED_SASL_MECHANISM,
    mechanisms: ['PLAIN', 'OAUTHBEARER'],
  });
}

interface HandshakeAnswer {
  readonly errorCode: number;
  readonly mechanisms: readonly string[];
}

function answerHandshake(socket: net.Socket, handshake: HandshakeAnswer): void {
  const splitter = new FrameSplitter();
  socket.on('data', (chunk: Buffer) => {
    for (const frame of splitter.feed(chunk)) {
      const { apiKey, correlationId } = decodeRequestHeader(frame).header;
      const answer =
        apiKey === saslHandshake.key
          ? encodeResponseFrame(saslHandshake, 1, correlationId, handshake)
          : encodeResponseFrame(apiVersions, 0, correlationId, {
              apiKeys: [{ apiKey: saslHandshake.key, minVersion: 0, maxVersion: 1 }],
            });
      socket.write(answer);
    }
  });
}

async function refused(connection: ConnectionSettings, signal?: AbortSignal): Promise<LabError> {
  const opening = openLab({ target: { kind: 'kafka', connection }, workers, ...(signal && { signal }) });
  const error: unknown = await opening.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(isLabError(error), String(error));
  return error;
}

function plain({ code, args }: LabError): { readonly code: string; readonly args: unknown } {
  return { code, args };
}

function addressOf(server: net.Server): string {
  return `127.0.0.1:${(server.address() as net.AddressInfo).port}`;
}

/** Where somebody listened a moment ago. */
async function deadAddress(): Promise<string> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = addressOf(server);
  server.close();
  await once(server, 'close');
  return address;
}
