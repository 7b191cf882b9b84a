import { ErrorCode } from '../broker/protocol/errors.js';
import { FrameError, FrameSplitter } from '../broker/protocol/frame.js';
import { decodeResponseFrame, encodeRequestFrame } from '../broker/protocol/header.js';
import { saslHandshake } from '../broker/protocol/messages/17-sasl-handshake.js';
import { apiVersions } from '../broker/protocol/messages/18-api-versions.js';
import { LabError } from '../core/lab-error.js';
import type { ConnectionSettings, SaslSettings } from './connection-settings.js';
import { tlsOptions } from './kafka-client.js';
import { openSocket } from './open-socket.js';
import { parseServer, type ServerAddress } from './server-address.js';
import { tlsFailure } from './tls-failure.js';

/**
 * Asks each server in turn for its API versions, which needs no login, until one answers as Kafka does. kafkajs itself cannot tell a
 * mute port, a web server, TLS and plaintext apart: it says "Connection timeout" or "Closed connection", after many seconds.
 * @returns the server that answered.
 * @throws LabError about the last server when none did.
 */
export async function findKafka(
  { bootstrapServers, tls, sasl }: ConnectionSettings,
  options: { readonly withinMs: number; readonly signal?: AbortSignal },
): Promise<ServerAddress> {
  let failure = new LabError('invalid-server', { server: bootstrapServers.join(',') });
  for (const server of bootstrapServers) {
    const address = parseServer(server);
    const probe = new Probe(
      address,
      { tls: tls && tlsOptions(tls), mechanism: sasl?.mechanism },
      options.withinMs,
    );
    const cancel = (): void => probe.fail(new LabError('cancelled'));
    options.signal?.addEventListener('abort', cancel, { once: true });
    try {
      if (options.signal?.aborted) throw new LabError('cancelled');
      await probe.run();
      return address;
    } catch (error) {
      if (!(error instanceof LabError) || error.code === 'cancelled') throw error;
      failure =
        error.code === 'connection-closed' && (await speaksTls(address)) ? tlsExpected(address) : error;
    } finally {
      options.signal?.removeEventListener('abort', cancel);
    }
  }
  throw failure;
}

class Probe {
  private connected = false;
  private readonly splitter = new FrameSplitter(MAXIMUM_ANSWER_BYTES);
  private readonly outcome: Promise<void>;
  private succeed: () => void = () => undefined;
  fail: (error: LabError) => void = () => undefined;

  constructor(
    private readonly address: ServerAddress,
    private readonly security: {
      readonly tls: ReturnType<typeof tlsOptions> | undefined;
      readonly mechanism: SaslSettings['mechanism'] | undefined;
    },
    private readonly withinMs: number,
  ) {
    this.outcome = new Promise((resolve, reject) => {
      this.succeed = resolve;
      this.fail = reject;
    });
    this.outcome.catch(() => undefined);
  }

  async run(): Promise<void> {
    const timer = setTimeout(() => this.fail(this.timedOut()), this.withinMs);
    const socket = openSocket(this.address, this.security.tls, () => socket.write(versionsQuestion));
    socket.once('connect', () => (this.connected = true));
    const ask = (bytes: Buffer): void => void socket.write(bytes);
    socket.on('data', (chunk: Buffer) => this.received(chunk, ask));
    socket.on('error', (error: NodeJS.ErrnoException) => this.fail(this.refused(error)));
    socket.on('close', () => this.fail(this.closed()));
    try {
      await this.outcome;
    } finally {
      clearTimeout(timer);
      socket.destroy();
    }
  }

  private received(chunk: Buffer, ask: (bytes: Buffer) => void): void {
    try {
      for (const frame of this.splitter.feed(chunk)) this.answered(frame, ask);
    } catch (error) {
      const looksLike = error instanceof FrameError ? error.looksLike : undefined;
      if (looksLike === 'http') this.fail(this.error('http-server'));
      else this.fail(this.error(looksLike === 'tls' ? 'tls-expected' : 'not-kafka'));
    }
  }

  /** First the versions; then, where a login is meant, which mechanisms the listener offers: kafkajs keeps that to itself. */
  private answered(frame: Buffer, ask: (bytes: Buffer) => void): void {
    const { mechanism } = this.security;
    switch (frame.readInt32BE(0)) {
      case VERSIONS: {
        const { apiKeys } = decodeResponseFrame(apiVersions, 0, frame).response;
        const hasLogin = apiKeys.some(({ apiKey }) => apiKey === saslHandshake.key);
        if (mechanism === undefined) this.succeed();
        else if (hasLogin) ask(handshakeQuestion(mechanism));
        else this.fail(this.error('no-login-here'));
        break;
      }
      case HANDSHAKE: {
        const { errorCode, mechanisms } = decodeResponseFrame(saslHandshake, 1, frame).response;
        if (errorCode === ErrorCode.UNSUPPORTED_SASL_MECHANISM) this.fail(notOffered(mechanism, mechanisms));
        else if (errorCode === ErrorCode.ILLEGAL_SASL_STATE) this.fail(this.error('no-login-here'));
        else this.succeed();
        break;
      }
      default:
        this.fail(this.error('not-kafka'));
    }
  }

  private refused(error: NodeJS.ErrnoException): LabError {
    if (this.security.tls && this.connected) return tlsFailure(error, this.address.server);
    // A TLS listener that is spoken to in plaintext may answer with a reset instead of a clean end.
    return this.connected ? this.closed() : this.error('broker-unreachable', error);
  }

  /** Kafka's TLS listener answers plaintext by closing; a plaintext listener does the same to a TLS greeting. */
  private closed(): LabError {
    return this.error(this.security.tls ? 'plaintext-expected' : 'connection-closed');
  }

  private timedOut(): LabError {
    const { server } = this.address;
    if (!this.connected) return this.error('broker-unreachable');
    return new LabError('broker-mute', { server, seconds: Math.round(this.withinMs / 1000) });
  }

  private error(
    code:
      | 'broker-unreachable'
      | 'not-kafka'
      | 'http-server'
      | 'tls-expected'
      | 'plaintext-expected'
      | 'connection-closed'
      | 'no-login-here',
    cause?: unknown,
  ): LabError {
    return new LabError(code, { server: this.address.server }, { cause });
  }
}

/** A listener that closed on plaintext says in a handshake whether TLS is what it waits for; nothing is sent over it. */
function speaksTls(address: ServerAddress): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = openSocket(address, { rejectUnauthorized: false }, () => settle(true));
    const timer = setTimeout(() => settle(false), HANDSHAKE_WITHIN_MS);
    const settle = (answer: boolean): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    socket.on('error', () => settle(false));
    socket.on('close', () => settle(false));
  });
}

function tlsExpected({ server }: ServerAddress): LabError {
  return new LabError('tls-expected', { server });
}

const HANDSHAKE_WITHIN_MS = 1_000;

/** The answer lists some seventy APIs of six bytes each. */
const MAXIMUM_ANSWER_BYTES = 1_000_000;

/** Correlation ids that nothing else would send by chance. */
const VERSIONS = 0x4c6162;
const HANDSHAKE = 0x4c6163;

const versionsQuestion = encodeRequestFrame(
  apiVersions,
  { apiVersion: 0, correlationId: VERSIONS, clientId: 'lab-probe' },
  {},
);

function handshakeQuestion(mechanism: SaslSettings['mechanism']): Buffer {
  const header = { apiVersion: 1, correlationId: HANDSHAKE, clientId: 'lab-probe' };
  return encodeRequestFrame(saslHandshake, header, { mechanism: mechanism.toUpperCase() });
}

function notOffered(mechanism = '', offered: readonly string[]): LabError {
  return new LabError('mechanism-not-offered', {
    mechanism: mechanism.toUpperCase(),
    offered: offered.join(', '),
  });
}
