/**
 * Whether the native file that uWebSockets.js is about to load is the one this project has seen. The expected sums are
 * data (`native.sha256`, one line per platform); a package that was swapped in the registry or on disk ends here,
 * before any of its code runs. npm's own integrity check guards the download, this guards what lies on disk now.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

export class NativeFileError extends Error {
  readonly code: 'native_unknown_platform' | 'native_missing' | 'native_mismatch';

  constructor(code: NativeFileError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'NativeFileError';
    this.code = code;
  }
}

const checksumFile = new URL('../../native.sha256', import.meta.url);

/** The name under which this machine's package is listed, e.g. `@uwsjs/linux-x64-22`. */
export function nativePackage(process: Pick<NodeJS.Process, 'platform' | 'arch' | 'versions'>): string {
  return `@uwsjs/${process.platform}-${process.arch}-${process.versions.node.split('.')[0]}`;
}

/** Lines of `<sha256>  <package>@<version>/uws.node`, by package. */
export function parseChecksums(text: string): Map<string, string> {
  const sums = new Map<string, string>();
  for (const [, sum, name] of text.matchAll(/^([0-9a-f]{64}) {2}(@[^@\s]+)@[^/\s]+\/uws\.node$/gm)) {
    if (sum !== undefined && name !== undefined) sums.set(name, sum);
  }
  return sums;
}

/** Resolved the way uWebSockets.js resolves it: from its own folder. */
function installedFile(name: string): string {
  const fromHere = createRequire(import.meta.url);
  return createRequire(fromHere.resolve('uWebSockets.js')).resolve(`${name}/uws.node`);
}

export interface NativeFile {
  name: string;
  locate: (name: string) => string;
  checksums: ReadonlyMap<string, string>;
}

/** Throws a NativeFileError unless the file is there and its sum is the listed one. Costs one read of about 7 MB. */
export async function verifyNativeFile(native?: NativeFile): Promise<void> {
  const name = native?.name ?? nativePackage(process);
  const checksums = native?.checksums ?? parseChecksums(await readFile(checksumFile, 'utf8'));
  const expected = checksums.get(name);
  if (expected === undefined) {
    throw new NativeFileError(
      'native_unknown_platform',
      `uWebSockets.js has no listed checksum for ${name}: run Node 22 on one of ${[...checksums.keys()].join(', ')}, or choose the ws transport`,
    );
  }
  let content: Buffer;
  try {
    content = await readFile((native?.locate ?? installedFile)(name));
  } catch (cause) {
    throw new NativeFileError('native_missing', `${name} is not installed: run npm ci with Node 22`, { cause });
  }
  const actual = createHash('sha256').update(content).digest('hex');
  if (actual !== expected) {
    throw new NativeFileError(
      'native_mismatch',
      `${name}/uws.node has sha256 ${actual}, expected ${expected}: not loaded`,
    );
  }
}
