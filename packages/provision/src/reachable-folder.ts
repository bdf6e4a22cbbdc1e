/**
 * Decides where a data folder really lies when another account than ours must get to it. Knows nothing of what is put
 * there.
 */
import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir, realpath, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, sep } from 'node:path';
import { type Account, mayPass } from './account.ts';

/** Only root writes here, and only when a folder of root's own is closed to the account that needs it. */
export const SHARED_HOME = '/var/lib/partyline';

/** mkdtemp makes folders for their owner alone; passing through one that holds our data does no harm. */
async function openTemporaryFolders(dir: string): Promise<void> {
  const root = await realpath(tmpdir());
  for (let folder = dir; folder.startsWith(root + sep); folder = dirname(folder)) {
    await chmod(folder, (await stat(folder)).mode | 0o011);
  }
}

/**
 * The path to use for `dir`, whose parent is made when missing: `dir` itself, or a folder the account can reach, with
 * a link to it in `dir`'s place. Without that link the folder is new: removing `dir` means starting afresh.
 */
export async function reachableFolder(dir: string, account: Account | undefined): Promise<string> {
  await mkdir(dirname(dir), { recursive: true });
  const parent = await realpath(dirname(dir));
  const own = join(parent, basename(dir));
  if (!account) return own;
  await openTemporaryFolders(parent);
  if (await mayPass(account, parent)) return own;

  const moved = join(SHARED_HOME, `data-${createHash('sha256').update(own).digest('hex').slice(0, 12)}`);
  const present = await lstat(own).catch(() => undefined);
  if (present?.isSymbolicLink()) return moved;
  if (present)
    throw new Error(`${own} must be a folder the account ${account.uid} can reach; remove it to have it made.`);
  await mkdir(SHARED_HOME, { recursive: true, mode: 0o755 });
  await rm(moved, { recursive: true, force: true });
  await symlink(moved, own);
  return moved;
}
