/**
 * `make host-key`: makes (NAME=…), lists (LIST=1) or revokes (REVOKE=id) host keys. A key is shown when it is made and
 * never again.
 */
import type { HostKeys } from '@partyline/core';
import { hostKeyBelievedMs } from '@partyline/gateway';
import { openOwnDatabase } from './own-database.ts';

const USAGE = `make host-key NAME="Class 7b"   makes a key and shows it, once
make host-key LIST=1            lists the keys there are
make host-key REVOKE=host_…     ends a key
`;

async function make(keys: HostKeys, name: string): Promise<string> {
  const { id, key } = await keys.create(name);
  return `Host key for ${name} (${id}), shown only now:\n\n  ${key}\n`;
}

async function list(keys: HostKeys): Promise<string> {
  const lines = (await keys.list()).map(({ id, name, created_at, revoked_at }) => {
    const state = revoked_at === null ? 'valid' : `revoked ${day(revoked_at)}`;
    return `${id}  made ${day(created_at)}  ${state.padEnd(18)}  ${name}\n`;
  });
  return lines.length > 0 ? lines.join('') : 'There are no host keys yet.\n';
}

async function revoke(keys: HostKeys, id: string): Promise<string> {
  if (await keys.revoke(id))
    return `Host key ${id} is revoked: every node stops taking it within ${hostKeyBelievedMs / 1_000} seconds. Tokens of rooms it opened stay good until they expire.\n`;
  throw new Error(`there is no valid host key ${id}; LIST=1 lists them`);
}

const day = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

async function run(environment: NodeJS.ProcessEnv): Promise<string> {
  const { NAME, LIST, REVOKE } = environment;
  if (!NAME && !LIST && !REVOKE) throw new Error(`nothing to do.\n\n${USAGE}`);
  const { postgres, close } = await openOwnDatabase(environment);
  try {
    if (REVOKE) return await revoke(postgres.hostKeys, REVOKE);
    return LIST || !NAME ? await list(postgres.hostKeys) : await make(postgres.hostKeys, NAME);
  } finally {
    await close();
  }
}

try {
  process.stdout.write(await run(process.env));
} catch (error) {
  process.stderr.write(`host-key: ${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}
