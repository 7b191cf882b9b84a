import assert from 'node:assert/strict';
import type { ConnectionSettings } from '../../src/clients/connection-settings.js';
import { ClusterStore } from '../../src/host/clusters/cluster-store.js';
import { connectionOf, draftOf } from '../../src/host/clusters/draft.js';
import { MemorySecrets, MemoryState } from './memory.js';

const secured: ConnectionSettings = {
  bootstrapServers: ['kafka:9093'],
  tls: {
    certificateAuthority: 'the-authority',
    certificate: 'the-certificate',
    key: 'the-key',
    passphrase: 'open',
  },
  sasl: { mechanism: 'scram-sha-512', username: 'alice', password: 'the-password' },
};

describe('the clusters that were added', () => {
  let state: MemoryState;
  let secrets: MemorySecrets;
  let store: ClusterStore;
  beforeEach(() => {
    state = new MemoryState();
    secrets = new MemorySecrets();
    store = new ClusterStore(state, secrets);
  });

  it('are there again in the next window, with all that it takes to log in', async () => {
    const id = await store.add({ name: 'Ours', connection: secured });
    const next = new ClusterStore(state, secrets);
    assert.deepEqual(next.entries(), [{ id, name: 'Ours', servers: ['kafka:9093'], revision: 1 }]);
    assert.deepEqual(await next.connectionOf(id), secured);
    assert.equal(next.connectionOf('another'), undefined);
  });

  it('leave nothing secret in the state, not even a user name, and no secret behind when they are removed', async () => {
    const id = await store.add({ name: 'Ours', connection: secured });
    assert.doesNotMatch(state.text, /the-|alice|open/);
    await store.remove(id);
    assert.deepEqual(store.entries(), []);
    assert.equal(secrets.values.size, 0);
  });

  it('tell that they changed when only the password did, so that nobody goes on with the old one', async () => {
    const id = await store.add({ name: 'Ours', connection: secured });
    let changes = 0;
    store.onDidChange(() => (changes += 1));
    const sasl = { mechanism: 'plain', username: 'alice', password: 'another' } as const;
    await store.update(id, { name: 'Ours', connection: { ...secured, sasl } });
    assert.equal(changes, 1);
    assert.equal(store.entries()[0]?.revision, 2);
    assert.deepEqual((await store.connectionOf(id))?.sasl, sasl);
  });

  it('come back from a draft as they went into it, whatever the login', () => {
    const logins = [
      secured,
      { bootstrapServers: ['a:1', 'b:2'] },
      { ...secured, sasl: { mechanism: 'oauthbearer', tokenCommand: 'print-it' } },
      { bootstrapServers: ['a:1'], sasl: { mechanism: 'plain', username: 'u', password: ' p ' } },
    ] as const satisfies readonly ConnectionSettings[];
    for (const connection of logins)
      assert.deepEqual(
        connectionOf(draftOf({ name: 'x', connection }), connection.bootstrapServers),
        connection,
      );
  });
});
