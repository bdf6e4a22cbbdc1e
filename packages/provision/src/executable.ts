/** Finds programs on PATH and runs them to their end. Knows nothing of what they do. */
import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

/** Resolves with what was printed; throws with the output when the program fails. */
export const run = promisify(execFile);

export async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** Full paths, in the order of PATH. */
export async function onPath(name: string): Promise<string[]> {
  const files = (process.env.PATH ?? '').split(delimiter).map((dir) => join(dir, name));
  const runnable = await Promise.all(files.map(isExecutable));
  return files.filter((_, index) => runnable[index]);
}
