// node scripts/with-build.mjs [--production] [COMMAND [ARGUMENT …]]: the same with dist/ built as well.
import { ensureBuilt, ensureDependencies, main, runCommand } from './steps.mjs';

const args = process.argv.slice(2);
const production = args[0] === '--production';
const [command, ...rest] = production ? args.slice(1) : args;

await main(async () => {
  await ensureDependencies();
  await ensureBuilt({ production });
  return command === undefined ? 0 : runCommand(command, rest);
});
