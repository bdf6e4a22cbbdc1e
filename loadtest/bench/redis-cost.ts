/** What Redis says of itself: calls by command, bytes in and out. Its CPU is read from the kernel, as everybody's. */
import { Redis } from 'ioredis';

export interface RedisCounts {
  /** By command, those inside scripts included. */
  calls: Record<string, number>;
  /** Spent in each command, µs; a script's own and those inside it count twice. */
  usec: Record<string, number>;
  bytes_in: number;
  bytes_out: number;
  at: number;
}

export interface RedisMeter {
  read(): Promise<RedisCounts>;
  close(): void;
}

export function meterRedis(url: string): RedisMeter {
  const client = new Redis(url, { maxRetriesPerRequest: 2 });
  return {
    async read() {
      const [commands, stats] = await Promise.all([client.info('commandstats'), client.info('stats')]);
      const calls: Record<string, number> = {};
      const usec: Record<string, number> = {};
      for (const [, name = '', called, spent] of commands.matchAll(/^cmdstat_(\S+?):calls=(\d+),usec=(\d+)/gm)) {
        calls[name] = Number(called);
        usec[name] = Number(spent);
      }
      return {
        calls,
        usec,
        bytes_in: field(stats, 'total_net_input_bytes'),
        bytes_out: field(stats, 'total_net_output_bytes'),
        at: performance.now(),
      };
    },
    close: () => client.disconnect(),
  };
}

function field(info: string, name: string): number {
  return Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1] ?? 0);
}

export interface RedisSpent {
  /** EVALSHA: each is one round trip of ours. */
  scripts: number;
  /** All commands, those inside scripts included; our own INFO left out. */
  commands: number;
  bytes_in: number;
  bytes_out: number;
  ms: number;
  calls: Record<string, number>;
}

export function spentBetween(before: RedisCounts, after: RedisCounts): RedisSpent {
  const calls: Record<string, number> = {};
  for (const [name, count] of Object.entries(after.calls)) {
    const more = count - (before.calls[name] ?? 0);
    if (more > 0 && name !== 'info') calls[name] = more;
  }
  return {
    scripts: (calls.evalsha ?? 0) + (calls.eval ?? 0),
    commands: Object.values(calls).reduce((sum, count) => sum + count, 0),
    bytes_in: after.bytes_in - before.bytes_in,
    bytes_out: after.bytes_out - before.bytes_out,
    ms: after.at - before.at,
    calls,
  };
}
