// A fresh process that loads and activates the bundled extension against a stand-in for the `vscode` module, and prints the
// CPU milliseconds that this took. VS Code itself would add its own work to the figure; here only ours is counted.
import { readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);
const loadForReal = Module._load;
const standIn = anything();
const vscode = Object.fromEntries(namesOfTheApi().map((name) => [name, standIn]));
Module._load = (request, ...rest) => (request === 'vscode' ? vscode : loadForReal(request, ...rest));

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
    set: () => true,
    apply: () => proxy,
    construct: () => proxy,
  });
  return proxy;
}

// A bundle copies the names of a module that it imports, so they must be there and not only be answered.
function namesOfTheApi() {
  const declarations = readFileSync(require.resolve('@types/vscode/index.d.ts'), 'utf8');
  const exported = /^\texport (?:namespace|class|enum|function|const) (\w+)/gm;
  return [...declarations.matchAll(exported)].map(([, name]) => name);
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
