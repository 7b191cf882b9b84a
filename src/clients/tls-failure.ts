import { LabError } from '../core/lab-error.js';

/** Node's codes (OpenSSL's names) for a certificate whose issuer is not known. */
const notTrusted: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_UNTRUSTED',
]);

const invalid: ReadonlySet<string> = new Set([
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'HOSTNAME_MISMATCH',
]);

/** What went wrong between the TCP connection and the end of the handshake. */
export function tlsFailure(error: NodeJS.ErrnoException, server: string): LabError {
  const { code = '', message } = error;
  const because = { server, reason: code === '' ? message : code };
  if (notTrusted.has(code)) return new LabError('certificate-not-trusted', because, { cause: error });
  if (invalid.has(code)) return new LabError('certificate-invalid', because, { cause: error });
  // OpenSSL tells of the peer's alert in the code, e.g. ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED.
  if (/ALERT.*CERTIFICATE/.test(code))
    return new LabError('client-certificate-refused', because, { cause: error });
  return new LabError('plaintext-expected', { server }, { cause: error });
}
