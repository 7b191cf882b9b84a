// A fresh process that loads and activates the bundled extension against a stand-in for the `vscode` module, and prints the
// CPU milliseconds that this took. VS Code itself would add its own work to the figure; here only ours is counted.
import Module, { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);
const loadForReal = Module._load;
const standIn = anything();
Module._load = (request, ...rest) => (request === 'vscode' ? standIn : loadForReal(request, ...rest));

const extension = path.resolve('dist/extension.js');
const context = contextIn(path.resolve('.'));
const before = process.cpuUsage();
const { activate } = require(extension);
await activate(context);
const { user, system } = process.cpuUsage(before);
process.stdout.write(String((user + system) / 1000), () => process.exit(0));

/** Answers every property, call and construction with itself. */
function anything() {
  const target = function standIn() {};
  const proxy = new Proxy(target, {
    get: (_, property) => {
      if (property === 'then') return undefined;
      if (property === Symbol.toPrimitive) return () => '';
      if (property === Symbol.iterator) return () => [][Symbol.iterator]();
      return property === 'prototype' ? target.prototype : proxy;
    },
    apply: () => proxy,
    construct: () => proxy,
  });
  return proxy;
}

function contextIn(folder) {
  const memento = {
    get: (_, otherwise) => otherwise,
    update: () => Promise.resolve(),
    keys: () => [],
  };
  const known = {
    subscriptions: [],
    extensionPath: folder,
    globalState: memento,
    workspaceState: memento,
    extension: { packageJSON: require(path.join(folder, 'package.json')) },
  };
  return new Proxy(known, { get: (target, name) => (name in target ? target[name] : standIn) });
}
