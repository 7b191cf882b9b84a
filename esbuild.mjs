// Bundles the extension host, the worker threads, the command line and the lab page. kafkajs and the wire protocol are bundles of
// their own, which those that need them share, so that the package carries them once and activation loads none of them.
import { build, context } from 'esbuild';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const watch = process.argv.includes('--watch');
const production = process.argv.includes('--production');

/**
 * kafkajs re-arms a timer on every connection as soon as it fires, whether anything waits or not: 1 ms while idle, some 4 % of a
 * core for one client, and a warning about negative delays on newer Node. Only a queue with pending requests needs the timer:
 * `push` and every response look at the queue themselves.
 */
const calmRequestQueue = {
  name: 'calm-request-queue',
  setup(plugin) {
    plugin.onLoad(
      { filter: /kafkajs[\\/]src[\\/]network[\\/]requestQueue[\\/]index\.js$/ },
      ({ path: file }) => {
        const source = readFileSync(file, 'utf8');
        const contents = source.replace(
          'if (!this.throttleCheckTimeoutId) {',
          'if (!this.throttleCheckTimeoutId && this.pending.length > 0) {',
        );
        if (contents === source) throw new Error(`${file} is not the kafkajs that this build knows`);
        return { contents, loader: 'js' };
      },
    );
  },
};

/** What brings kafkajs along is reached through files of its own, loaded at first use and not at activation. */
const loadedLater = {
  name: 'loaded-later',
  setup(plugin) {
    plugin.onResolve({ filter: /^#(?:runner|cluster)$/ }, () => ({ path: './lab.js', external: true }));
    plugin.onResolve({ filter: /\/kafkajs\.js$/ }, () => ({ path: './kafkajs.js', external: true }));
  },
};

/**
 * esbuild copies the names of a CommonJS module for every file that imports it: some 400 names of vscode, twenty times, are half of
 * the CPU time of an activation. The API is a plain object whose names do not change: it can be used as it is.
 */
const vscodeUncopied = {
  name: 'vscode-uncopied',
  setup(plugin) {
    plugin.onEnd(({ errors }) => {
      if (errors.length > 0) return;
      const { outfile } = plugin.initialOptions;
      const bundle = readFileSync(outfile, 'utf8');
      const uncopied = bundle.replaceAll(/[\w$]+\(require\("vscode"\)\)/g, 'require("vscode")');
      if (uncopied === bundle) throw new Error(`${outfile} does not import vscode as this build expects`);
      writeFileSync(outfile, uncopied);
    });
  },
};

const protocol = path.resolve('src', 'broker', 'protocol');

/** The wire protocol, for the broker and for those that speak to one. */
const sharedProtocol = {
  name: 'shared-protocol',
  setup(plugin) {
    plugin.onResolve({ filter: /\/protocol\// }, ({ path: file, resolveDir }) => {
      const isInside = (place) => place.startsWith(protocol);
      const isAsked = !isInside(resolveDir) && isInside(path.resolve(resolveDir, file));
      return isAsked ? { path: './protocol.js', external: true } : undefined;
    });
  },
};

/** All that its modules export. That two of them export the same name would end the build. */
function protocolEntry() {
  const modules = readdirSync(protocol, { recursive: true }).filter((file) => file.endsWith('.ts'));
  const exported = modules.map(
    (file) => `export * from './${file.replaceAll(path.sep, '/').replace(/ts$/, 'js')}';`,
  );
  return { contents: exported.join('\n'), resolveDir: protocol, sourcefile: 'protocol.ts', loader: 'ts' };
}

const node = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  logLevel: 'warning',
  // kafkajs changes its retry defaults under NODE_ENV=test; a bundle must not depend on who starts it.
  define: { 'process.env.NODE_ENV': '"production"' },
  plugins: [calmRequestQueue, loadedLater],
};
const speaking = { ...node, plugins: [...node.plugins, sharedProtocol] };

const bundles = [
  {
    ...node,
    entryPoints: ['src/extension.ts'],
    outfile: 'dist/extension.js',
    external: ['vscode'],
    plugins: [...node.plugins, vscodeUncopied],
  },
  { ...node, entryPoints: ['src/clients/kafkajs.ts'], outfile: 'dist/kafkajs.js' },
  {
    ...node,
    stdin: protocolEntry(),
    outfile: 'dist/protocol.js',
    logOverride: { 'ambiguous-reexport': 'error' },
  },
  // Running scenarios and reading clusters have the connections in common.
  {
    ...speaking,
    stdin: {
      contents: "export * from './src/runner/index.js'; export * from './src/cluster/index.js';",
      resolveDir: import.meta.dirname,
      sourcefile: 'lab.ts',
      loader: 'ts',
    },
    outfile: 'dist/lab.js',
  },
  { ...speaking, entryPoints: ['src/clients/actor-worker.ts'], outfile: 'dist/actor.js' },
  { ...speaking, entryPoints: ['src/broker/worker.ts'], outfile: 'dist/broker.js' },
  { ...node, entryPoints: ['src/cli.ts'], outfile: 'dist/cli.js' },
  // For other people's tests (docs/broker.md); not in the extension's package.
  { ...node, entryPoints: ['src/broker/start-worker.ts'], outfile: 'dist/embedded-broker.js' },
  {
    entryPoints: ['src/webview/main.ts'],
    outfile: 'dist/webview.js',
    bundle: true,
    platform: 'browser',
    target: 'chrome134',
    format: 'iife',
    minify: production,
    legalComments: 'none',
    logLevel: 'warning',
    tsconfig: path.resolve('src/webview/tsconfig.json'),
  },
];

for (const bundle of bundles) {
  if (watch) await (await context(bundle)).watch();
  else await build(bundle);
}
