import type { LabErrorArguments, LabErrorCode } from '../lab-error.js';
import type { Translate } from './translate.js';

/** One plain sentence or two: what happened and what to do. The arguments of each code stand in core/lab-error.ts. */
export function errorSentence(
  error: { readonly code: LabErrorCode; readonly args: LabErrorArguments },
  t: Translate,
): string {
  return sentences[error.code](t, error.args);
}

type Sentence = (t: Translate, args: LabErrorArguments) => string;

const sentences: Readonly<Record<LabErrorCode, Sentence>> = {
  'broker-unreachable': (t, args) =>
    t('No broker answers at {server}: check the address, and whether the broker is running.', args),
  'broker-mute': (t, args) =>
    t(
      '{server} accepts the connection but has not answered for {seconds} s: check that the address and port are a Kafka broker’s.',
      args,
    ),
  'not-kafka': (t, args) => t('{server} answers, but not in the Kafka protocol: check the port.', args),
  'http-server': (t, args) =>
    t('{server} is a web server, not a Kafka broker: check the port (a broker’s is usually 9092).', args),
  'tls-expected': (t, args) =>
    t('{server} expects TLS: switch TLS on (security.protocol=SSL or SASL_SSL).', args),
  'plaintext-expected': (t, args) =>
    t('{server} does not speak TLS: switch TLS off, or use the port of its TLS listener.', args),
  'certificate-not-trusted': (t, args) =>
    t(
      'The certificate of {server} is not signed by a trusted authority ({reason}): give its authority’s certificate (PEM).',
      args,
    ),
  'certificate-invalid': (t, args) =>
    t(
      'The certificate of {server} is not valid for it ({reason}): use the host name that it was issued for, or renew it.',
      args,
    ),
  'client-certificate-refused': (t, args) =>
    t(
      '{server} refuses the client certificate, or asks for one ({reason}): check certificate and key.',
      args,
    ),
  'connection-closed': (t, args) =>
    t('{server} closed the connection before any answer: it may ask for TLS or for a SASL login.', args),
  'no-login-here': (t, args) =>
    t(
      '{server} takes no login: leave SASL out (security.protocol=PLAINTEXT or SSL), or use the port of its SASL listener.',
      args,
    ),
  'authentication-failed': (t, args) =>
    t('The broker refuses the login ({mechanism}): check user name and password.', args),
  'token-refused': (t, args) =>
    t(
      'The broker refuses the token ({mechanism}): check the command that prints it, and whether the token has expired.',
      args,
    ),
  'token-command-failed': (t, args) =>
    t(
      'The command that is to print the token failed with exit code {code}: run it in a terminal to see why.',
      args,
    ),
  'token-command-slow': (t, args) =>
    t(
      'The command that is to print the token had not ended after {seconds} s: run it in a terminal to see why.',
      args,
    ),
  'token-command-silent': (t) => t('The command that is to print the token printed nothing.'),
  'mechanism-not-offered': (t, args) =>
    t('The broker does not offer the SASL mechanism {mechanism}; it offers {offered}.', args),
  'not-authorised': (t, args) =>
    t(
      'The cluster does not allow this user to {what}: ask for that right on names that begin with “lab.”.',
      args,
    ),
  'replication-too-high': (t, args) =>
    t(
      'The cluster wants more replicas than it has brokers ({brokers}): lower default.replication.factor, or start more brokers.',
      args,
    ),
  'coordinator-unavailable': (t, args) =>
    t(
      'The cluster has no coordinator for {coordinator}: its internal topic may want more replicas than there are brokers ({brokers}); lower its replication factor in the broker’s settings.',
      args,
    ),
  'version-not-supported': (t, args) =>
    t('The broker does not know version {version} of {api}: it is too old or too new for this client.', args),
  'invalid-server': (t, args) =>
    t('“{server}” cannot be used as an address: write host:port, with a name or an IPv4 address.', args),
  'not-permitted': (t, args) => t('The cluster does not allow this user to do that ({request}).', args),
  'topic-exists': (t, args) => t('There is a topic called “{topic}” already.', args),
  'topic-unreadable': (t, args) =>
    t('The topic “{topic}” cannot be read ({reason}): it may be gone, or this user may not see it.', args),
  'topic-not-deleted': (t, args) => t('The topic “{topic}” could not be deleted: {reason}', args),
  'group-active': (t, args) =>
    'members' in args
      ? t(
          '“{group}” is in use by {members}, and Kafka lets only members change its offsets: stop them first.',
          args,
        )
      : t(
          '“{group}” has members, and Kafka lets only them change its offsets: stop its consumers first.',
          args,
        ),
  'group-missing': (t, args) => t('There is no consumer group called “{group}” any more.', args),
  'group-not-changed': (t, args) => t('The group “{group}” could not be changed: {reason}', args),
  'topic-not-created': (t, args) => t('The topic {topic} could not be created: {reason}', args),
  'run-timed-out': (t, args) =>
    t('The run did not end within {seconds} s and was stopped; its topics are removed. Run it again.', args),
  cancelled: (t) => t('Stopped; topics and groups of the run are removed.'),
  'worker-failed': (t, args) => t('{process} could not be started: {reason}', args),
  'client-failed': (t, args) => t('The Kafka client failed: {reason}', args),
};
