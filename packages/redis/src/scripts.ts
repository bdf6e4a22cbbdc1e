/**
 * Loads `lua/*.lua` and runs them by hash. Knows no script's meaning. A Redis that has lost its scripts (restart, SCRIPT
 * FLUSH, failover) is sent the text again with the same call.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Redis } from 'ioredis';
import { asStoreError } from './errors.ts';
import type { StoreObserver } from './observe.ts';

export type ScriptName =
  | 'accept-answers'
  | 'admit-player'
  | 'beat-gateway'
  | 'claim-party'
  | 'commit-turn'
  | 'gather-party'
  | 'list-players'
  | 'open-party'
  | 'read-seats'
  | 'read-snapshot'
  | 'remove-party'
  | 'report-presence'
  | 'reserve-code'
  | 'restore-holds'
  | 'restore-standings'
  | 'retire-code'
  | 'seat-players'
  | 'submit-command'
  | 'write-standings';

export interface Scripts {
  /** Throws StoreUnavailable or StoreFault. */
  run(name: ScriptName, keys: string[], args: (string | number)[]): Promise<unknown>;
}

interface LoadedScript {
  text: string;
  sha: string;
}

export function createScripts(
  client: Redis,
  { observer, isSharded = false }: { observer: StoreObserver; isSharded?: boolean },
): Scripts {
  const loaded = new Map<ScriptName, LoadedScript>();

  function load(name: ScriptName): LoadedScript {
    const known = loaded.get(name);
    if (known !== undefined) return known;
    const written = withIncludes(readFileSync(new URL(`./lua/${name}.lua`, import.meta.url), 'utf8'));
    const text = isSharded ? written.replaceAll("'PUBLISH'", "'SPUBLISH'") : written;
    const script = { text, sha: createHash('sha1').update(text).digest('hex') };
    loaded.set(name, script);
    return script;
  }

  async function evaluate(name: ScriptName, keys: string[], args: (string | number)[]): Promise<unknown> {
    const { text, sha } = load(name);
    try {
      return await client.evalsha(sha, keys.length, ...keys, ...args);
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
      return await client.eval(text, keys.length, ...keys, ...args);
    }
  }

  return {
    async run(name, keys, args) {
      const startedAt = performance.now();
      try {
        const reply = await evaluate(name, keys, args);
        observer.command?.(name, performance.now() - startedAt, 'done');
        return reply;
      } catch (error) {
        const fault = asStoreError(error);
        observer.command?.(name, performance.now() - startedAt, fault.code);
        throw fault;
      }
    },
  };
}

/** Redis' Lua has no `require`: `--- @include name` stands for `lua/include/name.lua`. */
function withIncludes(text: string): string {
  return text.replace(/^--- @include ([a-z-]+)$/gm, (_line, name: string) =>
    readFileSync(new URL(`./lua/include/${name}.lua`, import.meta.url), 'utf8').trimEnd(),
  );
}
