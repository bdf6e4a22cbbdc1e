/** Keys that development makes for itself: once, at random, in files that only their owner may read. */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { developmentKeyMark } from './config.ts';

export function developmentTokenKey(dataDir: string): Promise<string> {
  return keptIn(join(dataDir, 'token-key'), () => `${developmentKeyMark}${randomBytes(32).toString('base64url')}`);
}

export function developmentHostKey(dataDir: string): Promise<string> {
  return keptIn(join(dataDir, 'host-key'), () => `plhk_${randomBytes(18).toString('base64url')}`);
}

/** Two processes that make it at the same time end up with the same one. */
async function keptIn(file: string, make: () => string): Promise<string> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, make(), { flag: 'wx', mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  return (await readFile(file, 'utf8')).trim();
}
