// node scripts/with-dependencies.mjs COMMAND [ARGUMENT …]: the command, with the dependencies installed first if they are not.
import { ensureDependencies, main, runCommand } from './steps.mjs';

const [command, ...args] = process.argv.slice(2);

await main(async () => {
  await ensureDependencies();
  return command === undefined ? 0 : runCommand(command, args);
});
