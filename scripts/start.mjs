// npm start [-- [--no-editor | --browser] [--lang fr|en]]: installs, builds, runs the fifteen core scenarios and prints their table,
// then opens VS Code with the extension. Each step is skipped when it is done already.
import { ensureBuilt, ensureDependencies, main, runCommand, say } from './steps.mjs';

const { editor, editorArguments, scenarioArguments } = readArguments(process.argv.slice(2));

await main(async () => {
  await ensureDependencies();
  await ensureBuilt();
  say('Running the core scenarios on the embedded broker …');
  const code = await runCommand('node', ['dist/cli.js', 'run', 'core', ...scenarioArguments]);
  if (!editor || code > 1) return code;
  const ended = await runCommand('node', ['--import=tsx', 'scripts/open-editor.ts', ...editorArguments]);
  // Ctrl-C is how one ends the server build: no failure.
  return ended === 130 ? code : ended || code;
});

function readArguments(args) {
  const scenarioArguments = [];
  const editorArguments = [];
  let editor = true;
  for (let at = 0; at < args.length; at++) {
    if (args[at] === '--no-editor') editor = false;
    else if (args[at] === '--browser') editorArguments.push('--browser');
    else if (args[at] === '--lang') scenarioArguments.push('--lang', args[++at] ?? '');
    else return refuse(args[at]);
  }
  return { editor, editorArguments, scenarioArguments };
}

function refuse(argument) {
  say(`npm start does not know "${argument}": npm start -- [--no-editor | --browser] [--lang fr|en]`);
  process.exit(2);
}
