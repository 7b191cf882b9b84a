import type net from 'node:net';
import type { Observation, ProcessId } from '../core/history/events.js';
import type { ISocketFactory } from './kafkajs.js';
import { openSocket } from './open-socket.js';
import { TappedConnection, type TapListener } from './tapped-connection.js';
import type { WireFaultStriker } from './wire-fault.js';

/**
 * Sits between kafkajs and its sockets: above TLS, so it sees plain frames on a secured cluster too. It reports every request
 * and response and carries out the faults that a client can suffer from any broker.
 */
export class WireTap {
  private connections = 0;
  private readonly open = new Set<net.Socket>();

  constructor(
    private readonly process: ProcessId,
    private readonly record: (event: Observation) => void,
    private readonly listener: TapListener,
    private readonly striker?: WireFaultStriker,
  ) {}

  /** kafkajs calls this for every connection, also after a cut. */
  readonly socketFactory: ISocketFactory = ({ host, port, ssl, onConnect }) => {
    const socket = openSocket({ host, port }, ssl, onConnect);
    this.open.add(socket);
    socket.once('close', () => this.open.delete(socket));
    new TappedConnection(socket, {
      process: this.process,
      connection: this.connections++,
      record: this.record,
      listener: this.listener,
      striker: this.striker,
    }).attach();
    return socket;
  };

  /**
   * Resolves when the brokers have closed their side too, or after `withinMs`. A broker closes after it has handled what it
   * received, so an acks=0 request, which nothing acknowledges, is then in the log.
   */
  async closed(withinMs: number): Promise<void> {
    const timer = new AbortController();
    const deadline = new Promise<void>((resolve) => {
      const handle = setTimeout(resolve, withinMs);
      timer.signal.addEventListener('abort', () => clearTimeout(handle));
    });
    const closing = [...this.open].map(
      (socket) => new Promise<void>((resolve) => socket.once('close', () => resolve())),
    );
    await Promise.race([Promise.all(closing), deadline]);
    timer.abort();
  }
}
