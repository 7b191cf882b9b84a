import * as vscode from 'vscode';
import type { TlsSettings } from '../../clients/connection-settings.js';
import { parseServers } from '../broker-choice.js';
import type { Draft } from './draft.js';
import { choosePem } from './pem-file.js';
import {
  askForPick,
  askForText,
  type Place,
  type Step,
  type StepAnswer,
  type TextQuestion,
} from '../steps.js';

type TextField = 'name' | 'servers' | 'username' | 'password' | 'tokenCommand';

/** The questions of `Add Cluster…`, in their order; each stands there only when it is due. */
export const clusterSteps: readonly Step<Draft>[] = [
  text('name', always, () => ({
    prompt: vscode.l10n.t('A name for the cluster, as the view shows it'),
    problemOf: notEmpty,
  })),
  text('servers', always, () => ({
    prompt: vscode.l10n.t('Addresses of brokers to begin with, host:port, several with commas between them'),
    placeholder: 'localhost:9092',
    problemOf: (value) =>
      parseServers(value) === undefined
        ? vscode.l10n.t('Write each address as host:port, for example localhost:9092.')
        : undefined,
  })),
  { isDue: always, ask: askForLogin },
  text('username', hasPassword, () => ({ prompt: vscode.l10n.t('User name'), problemOf: notEmpty })),
  text('password', hasPassword, () => ({
    prompt: vscode.l10n.t('Password; it is kept in the editor’s secret storage only'),
    isSecret: true,
    problemOf: notEmpty,
  })),
  text(
    'tokenCommand',
    ({ login }) => login === 'oauthbearer',
    () => ({
      prompt: vscode.l10n.t('A command that prints the token; it is run at each login, in your shell'),
      placeholder: 'get-token --audience kafka',
      problemOf: notEmpty,
    }),
  ),
  { isDue: always, ask: askForTls },
  { isDue: ({ usesTls }) => usesTls, ask: askForTlsOptions },
];

function always(): boolean {
  return true;
}

function hasPassword({ login }: Draft): boolean {
  return login !== 'none' && login !== 'oauthbearer';
}

function notEmpty(value: string): string | undefined {
  return value.trim() === '' ? vscode.l10n.t('This must not be empty.') : undefined;
}

function text(
  field: TextField,
  isDue: (draft: Draft) => boolean,
  question: () => Omit<TextQuestion, 'value'>,
): Step<Draft> {
  return {
    isDue,
    ask: async (draft, place) => {
      const answer = await askForText({ ...question(), value: draft[field] }, place);
      // Blanks around a password belong to it.
      const clean = (value: string): string => (field === 'password' ? value : value.trim());
      return typeof answer === 'string' ? answer : { ...draft, [field]: clean(answer.text) };
    },
  };
}

async function askForLogin(draft: Draft, place: Place): Promise<StepAnswer<Draft>> {
  const items = [
    {
      login: 'none',
      label: vscode.l10n.t('No login'),
      detail: vscode.l10n.t('Or a client certificate, asked for later'),
    },
    { login: 'plain', label: 'SASL PLAIN', detail: vscode.l10n.t('User name and password') },
    { login: 'scram-sha-256', label: 'SASL SCRAM-SHA-256', detail: vscode.l10n.t('User name and password') },
    { login: 'scram-sha-512', label: 'SASL SCRAM-SHA-512', detail: vscode.l10n.t('User name and password') },
    {
      login: 'oauthbearer',
      label: 'SASL OAUTHBEARER',
      detail: vscode.l10n.t('A command that prints a token'),
    },
  ] as const;
  const answer = await askForPick(
    {
      placeholder: vscode.l10n.t('How does one log in?'),
      items,
      active: items.find(({ login }) => login === draft.login),
    },
    place,
  );
  if (typeof answer === 'string') return answer;
  return { ...draft, login: answer.picked[0]?.login ?? draft.login };
}

async function askForTls(draft: Draft, place: Place): Promise<StepAnswer<Draft>> {
  const items = [
    { usesTls: false, label: vscode.l10n.t('Plaintext'), detail: 'PLAINTEXT, SASL_PLAINTEXT' },
    { usesTls: true, label: 'TLS', detail: 'SSL, SASL_SSL' },
  ];
  const answer = await askForPick(
    {
      placeholder: vscode.l10n.t('Is the connection encrypted?'),
      items,
      active: items.find(({ usesTls }) => usesTls === draft.usesTls),
    },
    place,
  );
  if (typeof answer === 'string') return answer;
  return { ...draft, usesTls: answer.picked[0]?.usesTls ?? draft.usesTls };
}

type TlsOption = 'authority' | 'certificate' | 'any-host';

async function askForTlsOptions(draft: Draft, place: Place): Promise<StepAnswer<Draft>> {
  const items = [
    {
      option: 'authority',
      label: vscode.l10n.t('An authority of our own'),
      detail: vscode.l10n.t('Its certificate, a PEM file; otherwise the system’s authorities are trusted'),
    },
    {
      option: 'certificate',
      label: vscode.l10n.t('A client certificate'),
      detail: vscode.l10n.t('Certificate and key, PEM files'),
    },
    {
      option: 'any-host',
      label: vscode.l10n.t('Do not check the host name'),
      detail: vscode.l10n.t('For a test cluster only: whoever stands between could pretend to be it'),
    },
  ] as const;
  const { tls } = draft;
  const isOn: Readonly<Record<TlsOption, boolean>> = {
    authority: tls.certificateAuthority !== undefined,
    certificate: tls.certificate !== undefined,
    'any-host': tls.verifyHostName === false,
  };
  const answer = await askForPick(
    {
      placeholder: vscode.l10n.t('What is special about its TLS? Press OK for nothing'),
      items,
      selected: items.filter(({ option }) => isOn[option]),
    },
    place,
  );
  if (typeof answer === 'string') return answer;
  const chosen = await tlsWith(
    tls,
    answer.picked.map(({ option }) => option),
  );
  return chosen === undefined ? 'back' : { ...draft, tls: chosen };
}

/** Asks for the files that are wanted. `undefined`: the user chose none. */
async function tlsWith(before: TlsSettings, options: readonly TlsOption[]): Promise<TlsSettings | undefined> {
  let tls: TlsSettings = options.includes('any-host') ? { verifyHostName: false } : {};
  if (options.includes('authority')) {
    const title = vscode.l10n.t('The authority’s certificate (PEM)');
    const certificateAuthority = await choosePem(title, before.certificateAuthority);
    if (certificateAuthority === undefined) return undefined;
    tls = { ...tls, certificateAuthority };
  }
  if (!options.includes('certificate')) return tls;
  const certificate = await choosePem(vscode.l10n.t('The client’s certificate (PEM)'), before.certificate);
  const key = certificate && (await choosePem(vscode.l10n.t('The client’s key (PEM)'), before.key));
  if (certificate === undefined || key === undefined) return undefined;
  const passphrase = await passphraseFor(key, before.passphrase);
  return { ...tls, certificate, key, ...(passphrase !== undefined && passphrase !== '' && { passphrase }) };
}

/** Only an encrypted key has one. */
async function passphraseFor(key: string, before: string | undefined): Promise<string | undefined> {
  if (!key.includes('ENCRYPTED')) return undefined;
  return vscode.window.showInputBox({
    title: vscode.l10n.t('The passphrase of the key'),
    value: before ?? '',
    password: true,
    ignoreFocusOut: true,
  });
}
