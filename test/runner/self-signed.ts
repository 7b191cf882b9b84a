import { generateKeyPairSync, sign } from 'node:crypto';

/** A key and a self-signed certificate for `CN=broker`, made with Node alone (X.509 v1: RFC 5280, 4.1). PEM texts. */
export function selfSigned(): { readonly key: string; readonly cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(set(sequence(oid(commonName), tagged(0x0c, Buffer.from('broker')))));
  const algorithm = sequence(oid(ecdsaWithSha256));
  const validity = sequence(utcTime(-1), utcTime(1));
  const content = sequence(
    ...[tagged(0x02, Buffer.from([1])), algorithm, name, validity, name],
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = tagged(0x03, Buffer.concat([Buffer.alloc(1), sign('sha256', content, privateKey)]));
  const certificate = sequence(content, algorithm, signature).toString('base64');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
  };
}

/** 2.5.4.3 */
const commonName = [0x55, 0x04, 0x03];
/** 1.2.840.10045.4.3.2 */
const ecdsaWithSha256 = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];

function tagged(tag: number, ...content: readonly Buffer[]): Buffer {
  const bytes = Buffer.concat(content);
  const length = bytes.length < 0x80 ? [bytes.length] : [0x82, bytes.length >> 8, bytes.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), bytes]);
}

function sequence(...content: readonly Buffer[]): Buffer {
  return tagged(0x30, ...content);
}

function set(...content: readonly Buffer[]): Buffer {
  return tagged(0x31, ...content);
}

function oid(bytes: readonly number[]): Buffer {
  return tagged(0x06, Buffer.from(bytes));
}

/** So many days from now, as YYMMDDhhmmssZ. */
function utcTime(days: number): Buffer {
  const iso = new Date(Date.now() + days * 86_400_000).toISOString();
  return tagged(0x17, Buffer.from(`${iso.slice(2, 19).replace(/\D/g, '')}Z`));
}
