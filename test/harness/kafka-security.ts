import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runToEnd } from './processes.js';

export interface User {
  readonly name: string;
  readonly password: string;
}

/** May do everything. */
export const admin: User = { name: 'admin', password: 'admin-secret' };
/** Is known, and may do nothing. */
export const alice: User = { name: 'alice', password: 'alice-secret' };

/** What a secured node reads, and what its clients need. */
export interface SecurityFiles {
  readonly serverKeyStore: string;
  readonly trustStore: string;
  readonly users: readonly User[];
  /** PEM texts. The server's certificate is self-signed: it is its own authority. */
  readonly certificateAuthority: string;
  readonly clientCertificate: string;
  readonly clientKey: string;
}

/** Why no secured node can be started here, as the end of a sentence; undefined when one can. */
export async function missingForSecurity(): Promise<string | undefined> {
  return runToEnd('openssl', ['version']).then(
    () => undefined,
    () => 'there is no openssl on the PATH',
  );
}

/** Makes the keys and certificates of one test run in `folder`; they are valid for two days. */
export async function makeSecurityFiles(folder: string): Promise<SecurityFiles> {
  const server = await selfSigned(folder, 'localhost', [
    '-addext',
    'subjectAltName=DNS:localhost,IP:127.0.0.1',
  ]);
  const client = await selfSigned(folder, 'client', []);
  const serverKeyStore = path.join(folder, 'server.keystore.pem');
  const trustStore = path.join(folder, 'truststore.pem');
  await writeFile(serverKeyStore, server.key + server.certificate);
  await writeFile(trustStore, client.certificate + server.certificate);
  return {
    serverKeyStore,
    trustStore,
    users: [admin, alice],
    certificateAuthority: server.certificate,
    clientCertificate: client.certificate,
    clientKey: client.key,
  };
}

async function selfSigned(
  folder: string,
  name: string,
  extensions: readonly string[],
): Promise<{ readonly key: string; readonly certificate: string }> {
  const keyFile = path.join(folder, `${name}.key.pem`);
  const certificateFile = path.join(folder, `${name}.certificate.pem`);
  await runToEnd('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', `/CN=${name}`],
    ...['-keyout', keyFile, '-out', certificateFile, ...extensions],
  ]);
  return { key: await readFile(keyFile, 'utf8'), certificate: await readFile(certificateFile, 'utf8') };
}
