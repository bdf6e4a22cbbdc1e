/** Reads a large hash in pieces, so that Redis is never busy with it for long. */
import type { Redis } from 'ioredis';
import { asStoreError } from './errors.ts';

/** Entries in pieces of at most 1,000, each once: HSCAN may return one twice while the table grows or shrinks. */
export async function* scanHash(client: Redis, key: string): AsyncGenerator<[field: string, value: string][]> {
  const seen = new Set<string>();
  let cursor = '0';
  do {
    const [next, flat] = await client.hscan(key, cursor, 'COUNT', 1_000).catch((error: unknown) => {
      throw asStoreError(error);
    });
    cursor = next;
    const entries = pairs(flat).filter(([field]) => !seen.has(field));
    for (const [field] of entries) seen.add(field);
    for (let from = 0; from < entries.length; from += 1_000) yield entries.slice(from, from + 1_000);
  } while (cursor !== '0');
}

/** A flat list of names and values as pairs. */
export function pairs(flat: string[]): [string, string][] {
  return Array.from({ length: flat.length / 2 }, (_, index) => [flat[2 * index] ?? '', flat[2 * index + 1] ?? '']);
}
