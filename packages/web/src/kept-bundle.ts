/**
 * The built files, kept beside the sources: nodes are started far more often than pages are changed, many of them at once,
 * and a build costs each half a second of a core. What is kept counts only while every file it was made from is the same.
 * Where nothing can be kept (a read-only image), each start builds anew.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BuiltFile, Bundle } from './bundle.ts';

interface KeptPorts {
  /** Where the last build is kept. */
  file: string;
  /** What the inputs of a build are relative to. */
  sourceFolder: string;
  bundle: () => Promise<Bundle>;
}

interface Kept {
  inputs: string[];
  /** Of the contents of all inputs, in their order. */
  fingerprint: string;
  files: (Omit<BuiltFile, 'body'> & { base64: string })[];
}

export async function keptBundle({ file, sourceFolder, bundle }: KeptPorts): Promise<BuiltFile[]> {
  const kept = await readKept(file);
  if (kept !== null && kept.fingerprint === (await fingerprint(sourceFolder, kept.inputs))) {
    return kept.files.map(({ base64, ...built }) => ({ ...built, body: Buffer.from(base64, 'base64') }));
  }
  const { files, inputs } = await bundle();
  await keep(file, {
    inputs,
    fingerprint: (await fingerprint(sourceFolder, inputs)) ?? '',
    files: files.map(({ body, ...built }) => ({ ...built, base64: body.toString('base64') })),
  }).catch(() => undefined);
  return files;
}

async function readKept(file: string): Promise<Kept | null> {
  try {
    const kept = JSON.parse(await readFile(file, 'utf8')) as Partial<Kept>;
    const { inputs, files, fingerprint = '' } = kept;
    return Array.isArray(inputs) && Array.isArray(files) ? { inputs, files, fingerprint } : null;
  } catch {
    return null;
  }
}

/** null where one of them is gone. */
async function fingerprint(folder: string, inputs: readonly string[]): Promise<string | null> {
  const contents = await Promise.all(inputs.map((input) => readFile(join(folder, input)).catch(() => null)));
  const hash = createHash('sha256');
  for (const [index, content] of contents.entries()) {
    if (content === null) return null;
    hash.update(`${inputs[index]} ${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}

/** By way of another name: a node that starts at the same moment reads the old file or the new one, never half of one. */
async function keep(file: string, kept: Kept): Promise<void> {
  const written = `${file}.${process.pid}`;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(written, JSON.stringify(kept));
  await rename(written, file);
}
