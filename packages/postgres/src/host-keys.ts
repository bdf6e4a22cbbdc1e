/** The `HostKeys` port on Postgres. Keys are made here and leave only once, to whoever asked for one. */
import { createHash, randomBytes } from 'node:crypto';
import type { HostKey, HostKeys } from '@partyline/core';
import type { Database } from './database.ts';
import { type Statement, statement } from './statement.ts';
import { storableText } from './storable.ts';

const insertHostKey = statement('hosts/insert-host-key');
const findHostKey = statement('hosts/find-host-key');
const listHostKeys = statement('hosts/list-host-keys');
const revokeHostKey = statement('hosts/revoke-host-key');

interface Row {
  id: string;
  name: string;
  created_at: Date;
  revoked_at: Date | null;
}

const hostKey = ({ id, name, created_at, revoked_at }: Row): HostKey => ({
  id,
  name,
  created_at: created_at.getTime(),
  revoked_at: revoked_at?.getTime() ?? null,
});

const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex');

export function createHostKeys(database: Database): HostKeys {
  const keys = async (at: Statement, values: unknown[] = []): Promise<HostKey[]> =>
    (await database.rows<Row>('host keys', at, values)).map(hostKey);

  async function adopt(name: string, key: string): Promise<HostKey> {
    const id = `host_${randomBytes(6).toString('hex')}`;
    const [stored] = await keys(insertHostKey, [id, storableText(name), hashOf(key)]);
    if (stored === undefined) throw new Error('the host key was not stored');
    return stored;
  }

  return {
    async create(name) {
      const key = `plhk_${randomBytes(32).toString('base64url')}`;
      return { ...(await adopt(name, key)), key };
    },
    adopt,
    verify: async (key) => (await keys(findHostKey, [hashOf(key)]))[0] ?? null,
    list: () => keys(listHostKeys),
    revoke: async (id) => (await keys(revokeHostKey, [storableText(id)])).length > 0,
  };
}
