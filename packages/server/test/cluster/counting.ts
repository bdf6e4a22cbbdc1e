/** What nodes have asked of Redis and Postgres so far, as those and the nodes themselves count it. */
import type { RawRedis, RealCluster } from '@partyline/testkit';
import { metricsText } from './security-stage.ts';

async function commandCalls(redis: RawRedis): Promise<Map<string, number>> {
  const info = String(await redis.send('INFO', 'commandstats'));
  return new Map(
    [...info.matchAll(/^cmdstat_([^:]+):calls=(\d+)/gm)].map(([, name = '', calls]) => [name, Number(calls)]),
  );
}

/** Calls of scripts since Redis started. */
export async function scripts(redis: RawRedis): Promise<number> {
  const calls = await commandCalls(redis);
  return (calls.get('evalsha') ?? 0) + (calls.get('eval') ?? 0);
}

/** All of them, those inside scripts too. */
export async function commands(redis: RawRedis): Promise<number> {
  const calls = await commandCalls(redis);
  calls.delete('info');
  return [...calls.values()].reduce((sum, count) => sum + count, 0);
}

/** Statements sent to Postgres by the nodes that are up, but for those that only ask whether it is there. */
export async function archiveQueries(cluster: RealCluster): Promise<number> {
  const lines = (await metricsText(cluster))
    .split('\n')
    .filter((line) => line.startsWith('partyline_archive_queries_total{'));
  const asked = lines.filter((line) => !line.includes('schema/ping'));
  return asked.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}
