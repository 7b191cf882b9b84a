// The rules that hold the architecture: which folder may import which, no cycles, small files and functions.
// `test/unit/lint-rules.test.ts` plants a violation of each, so that a rule that has gone silent is noticed.
import { importX, createNodeResolver } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** Folder below src/ → the folders below src/ that it may import besides itself. */
const mayImport = {
  core: [],
  shared: ['core'],
  broker: ['core'],
  clients: ['broker/protocol', 'core'],
  runner: ['clients', 'broker', 'core'],
  cluster: ['clients', 'broker/protocol', 'core'],
  host: ['runner', 'cluster', 'clients', 'broker', 'core', 'shared'],
  webview: ['core', 'shared'],
  cli: ['runner', 'cluster', 'clients', 'broker', 'core'],
};

const zones = [
  ...Object.entries(mayImport).map(([folder, others]) => zone(`./src/${folder}`, [folder, ...others])),
  zone('./src/cli.ts', ['cli', ...mayImport.cli]),
  zone('./src/extension.ts', ['host', ...mayImport.host]),
];

function zone(target, allowed) {
  return {
    target,
    from: './src',
    except: allowed.map((folder) => `./${folder}`),
    message: `may import only ${allowed.map((folder) => `src/${folder}`).join(', ')}.`,
  };
}

/** Modules outside src/ that the files may name: everything that `allowed` does not match is refused, also in import(). */
function outside(files, allowed, ignores = []) {
  const pattern = `^(?!\\.|${allowed.join('|') || '\\.'})`;
  const message = 'This folder may not import that module; see the layers in eslint.config.mjs.';
  const dynamic = `ImportExpression[source.value=/${pattern.replaceAll('/', '\\/')}/]`;
  return {
    files,
    ignores,
    rules: {
      'no-restricted-imports': ['error', { patterns: [{ regex: pattern, message }] }],
      'no-restricted-syntax': ['error', { selector: dynamic, message }],
    },
  };
}

const kafkajs = ['src/clients/kafkajs.ts', 'src/clients/kafkajs-source.d.ts'];
const toolkit = 'src/webview/components.ts';
const codecs = { snappy: 'src/broker/protocol/snappy.ts', zstd: 'src/broker/protocol/zstd.ts' };

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'coverage/', 'node_modules/', '.vscode-test/'] },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    plugins: { 'import-x': importX },
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    settings: {
      // Without these three, no-cycle finds nothing in TypeScript and does not say so.
      'import-x/extensions': ['.ts', '.js'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
      'import-x/resolver-next': [
        createNodeResolver({ extensions: ['.ts', '.js'], extensionAlias: { '.js': ['.ts', '.js'] } }),
      ],
    },
    rules: {
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-default-export': 'error',
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones }],
      'max-lines': ['error', { max: 350 }],
      'max-lines-per-function': ['error', { max: 70 }],
      eqeqeq: 'error',
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
      ],
      '@typescript-eslint/prefer-promise-reject-errors': ['error', { allowThrowingUnknown: true }],
      // A function that must return a promise may have nothing to await.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  outside(['src/core/**/*.ts', 'src/shared/**/*.ts'], []),
  outside(['src/webview/**/*.ts'], [], [toolkit]),
  outside([toolkit], ['@vscode/webview-ui-toolkit(?:/|$)']),
  outside(['src/{broker,clients,runner,cluster}/**/*.ts'], ['node:'], [...kafkajs, ...Object.values(codecs)]),
  outside([codecs.snappy], ['node:', 'hysnappy$']),
  outside([codecs.zstd], ['node:', 'fzstd$']),
  outside(['src/cli/**/*.ts', 'src/cli.ts'], ['node:', '#runner$', '#cluster$']),
  outside(kafkajs, ['node:', 'kafkajs(?:/|$)']),
  outside(['src/host/**/*.ts', 'src/extension.ts'], ['node:', 'vscode$', '#runner$', '#cluster$']),
  {
    // The core is the same in every environment: time and chance are passed in, and no global of Node or of a page is named.
    files: ['src/core/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['process', 'Buffer', 'console', 'setTimeout', 'setInterval', 'setImmediate', 'performance'],
        ...['require', 'global', 'globalThis', 'window', 'document', 'fetch'],
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Randomness is passed in.' },
        { object: 'Date', property: 'now', message: 'The clock is passed in.' },
      ],
    },
  },
  {
    // Declarations say what is there, not what we would have written.
    files: ['**/*.d.ts'],
    rules: {
      'import-x/no-default-export': 'off',
      '@typescript-eslint/consistent-indexed-object-style': 'off',
    },
  },
  {
    // A describe block is a chapter and not a function; max-lines bounds it.
    files: ['test/**/*.test.ts'],
    rules: { 'max-lines-per-function': 'off' },
  },
);
