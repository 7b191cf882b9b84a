import { once } from 'node:events';
import type { FaultRule } from '../broker/fault-rule.js';
import { BrokerStartError } from '../broker/start-error.js';
import { startEmbeddedBroker, type EmbeddedBroker } from '../broker/start-worker.js';
import type { BrokerCommand } from './arguments.js';
import { writeHistory } from './broker-history.js';
import { CliError, exit, type ExitCode } from './cli-error.js';
import { writeLine, type Context } from './context.js';
import { faultLine, readFaultFile } from './fault-file.js';
import { RequestLines } from './request-lines.js';

/** Kafka's usual port; the snippets and most examples name it. */
const usualPort = 9092;

/** Serves the embedded broker until Ctrl-C, which is its normal end: then a history gets its last lines. */
export async function serveBroker(command: BrokerCommand, context: Context): Promise<ExitCode> {
  const { terminal, wording, signal } = context;
  const rules = await readFaultFile(command.faults, nodesFor(command.ports, command), wording.t);
  const broker = await start(command, context);
  try {
    broker.onMistake((text) => {
      writeLine(terminal.error, text);
    });
    if (command.verbose) tellRequests(broker, context);
    const { history: file } = command;
    const history = file === undefined ? undefined : await writeHistory(broker, file, wording.t);
    await arm(broker, rules, context);
    // In this form it can be copied into a client's properties.
    writeLine(terminal.out, `bootstrap.servers=${broker.bootstrapServers.join(',')}`);
    writeLine(
      terminal.out,
      terminal.style.dim(wording.t('In memory and on this machine only; Ctrl-C stops it.')),
    );
    if (!signal.aborted) await once(signal, 'abort');
    await history?.finish();
    return exit.expected;
  } finally {
    await broker.stop();
  }
}

async function arm(
  broker: EmbeddedBroker,
  rules: readonly FaultRule[],
  { terminal, wording }: Context,
): Promise<void> {
  if (rules.length === 0) return;
  broker.onRule((event) => {
    const line = faultLine(event, wording.t);
    const paint = event.event === 'fired' ? terminal.style.finding : terminal.style.dim;
    writeLine(terminal.out, paint(line));
  });
  for (const rule of rules) await broker.arm(rule);
  await broker.flush();
}

async function start(command: BrokerCommand, context: Context): Promise<EmbeddedBroker> {
  if (command.ports.length > 0) return startOn(command.ports, command, context);
  const taken = await startOrNothing([usualPort], command, context);
  // Nobody asked for this very port.
  return taken ?? startOn([0], command, context);
}

async function startOn(
  ports: readonly number[],
  command: BrokerCommand,
  context: Context,
): Promise<EmbeddedBroker> {
  const broker = await startOrNothing(ports, command, context);
  if (broker !== undefined) return broker;
  const { t } = context.wording;
  const args = { ports: ports.join(', ') };
  throw new CliError(
    ports.length === 1
      ? t('Port {ports} is taken by another program: choose another with --port; 0 takes a free one.', args)
      : t(
          'One of the ports {ports} is taken by another program: choose others with --port; 0 takes a free one.',
          args,
        ),
  );
}

/** As many nodes as ports, and never fewer than replicas are asked for. */
function nodesFor(ports: readonly number[], { replication }: BrokerCommand): number {
  return Math.max(1, ports.length, replication);
}

/** Undefined when a port is taken. */
async function startOrNothing(
  ports: readonly number[],
  command: BrokerCommand,
  { installation, wording }: Context,
): Promise<EmbeddedBroker | undefined> {
  const { partitions, replication, autoCreate, transactionVersion, groupVersion } = command;
  try {
    return await startEmbeddedBroker({
      workerFile: installation.workers.broker,
      nodes: nodesFor(ports, command),
      ports,
      partitions,
      replication,
      autoCreate,
      transactionVersion,
      groupVersion,
    });
  } catch (error) {
    if (!(error instanceof BrokerStartError)) throw error;
    if (error.code === 'EADDRINUSE') return undefined;
    throw new CliError(wording.t('The broker cannot listen: {reason}', { reason: error.message }));
  }
}

function tellRequests(broker: EmbeddedBroker, { terminal }: Context): void {
  const lines = new RequestLines();
  broker.onRequest((event) => {
    const line = lines.lineFor(event);
    if (line !== undefined) writeLine(terminal.out, line);
  });
}
