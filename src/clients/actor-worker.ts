// The thread in which one actor lives. It is started before it is needed and waits for its assignment, so that a restart after a
// crash costs no time for loading.
import { parentPort } from 'node:worker_threads';
import { runActor } from './actor-process.js';
import type { FromActor, ToActor } from './actor-protocol.js';
import { EffectPort } from './effect-port.js';

if (parentPort) serve(parentPort);

function serve(port: NonNullable<typeof parentPort>): void {
  const post = (message: FromActor): void => port.postMessage(message);
  const effects = new EffectPort(post);
  port.on('message', (message: ToActor) => {
    if (message.kind === 'effect-done') effects.answered(message.request, message.skipped);
    else void runActor(message.assignment, { post, effects, exit: (code) => process.exit(code) });
  });
  post({ kind: 'ready' });
}
