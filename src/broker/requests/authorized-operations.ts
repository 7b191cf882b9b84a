/** Bit fields of AclOperation codes: without an authorizer everybody may do everything (KIP-430). */
const operation = {
  read: 3,
  write: 4,
  create: 5,
  delete: 6,
  alter: 7,
  describe: 8,
  clusterAction: 9,
  describeConfigs: 10,
  alterConfigs: 11,
  idempotentWrite: 12,
} as const;

export const topicOperations = bits(
  'read',
  'write',
  'create',
  'delete',
  'alter',
  'describe',
  'describeConfigs',
  'alterConfigs',
);
export const groupOperations = bits('read', 'describe', 'delete');
export const clusterOperations = bits(
  'create',
  'alter',
  'describe',
  'clusterAction',
  'describeConfigs',
  'alterConfigs',
  'idempotentWrite',
);

function bits(...names: (keyof typeof operation)[]): number {
  return names.reduce((field, name) => field | (1 << operation[name]), 0);
}
