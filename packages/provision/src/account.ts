/**
 * Decides which account a program runs as that refuses to run as root. Knows only ids and what they may enter, and
 * makes no account: a machine that has none to lend has `nobody`.
 */
import { stat } from 'node:fs/promises';
import { run } from './executable.ts';

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

const idOf = async (flag: '-u' | '-g', name: string): Promise<number> => Number((await run('id', [flag, name])).stdout);

async function accountNamed(name: string): Promise<Account | undefined> {
  return Promise.all([idOf('-u', name), idOf('-g', name)]).then(
    ([uid, gid]) => ({ uid, gid }),
    () => undefined,
  );
}

/** Nothing when we are not root. Whoever owns `dir` already keeps it. */
export async function unprivilegedAccount(dir: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(dir).catch(() => undefined);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const account = (await accountNamed('postgres')) ?? (await accountNamed('nobody'));
  if (account) return account;
  throw new Error(
    'Postgres does not run as root, and there is neither an account "postgres" nor "nobody" to run it as.',
  );
}

/** Whether the account gets into `dir`; asked of the system itself, which knows access lists too. */
export const mayPass = (account: Account, dir: string): Promise<boolean> =>
  run('sh', ['-c', 'cd "$0"', dir], { ...account, cwd: '/' }).then(
    () => true,
    () => false,
  );
