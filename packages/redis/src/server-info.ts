/**
 * What a Redis says of itself: whether it is what its address says, and which of its settings endanger what is kept in
 * it. Reads INFO: managed services often refuse CONFIG.
 */
import type { Cluster, Redis } from 'ioredis';
import { asStoreError, StoreFault } from './errors.ts';

export interface SettingProblem {
  setting: string;
  found: string;
  wanted: string;
  /** Host and port of the master that has it; in a Cluster only. */
  at?: string;
  /** `fatal`: accepted answers can vanish while all looks well. `warning`: they do not survive a restart. */
  severity: 'fatal' | 'warning';
}

/** Scripts and sharded channels need it. */
const oldestMajor = 7;

const otherKinds: Record<string, string> = {
  cluster: 'a node of a Cluster answers there, whose address is redis+cluster://host:port,…',
  sentinel: 'a Sentinel answers there; the address of its masters is redis+sentinel://host:port,…/name',
};

/** Throws StoreFault where it is too old, or of another kind than its address says; StoreUnavailable where it does not tell. */
export async function checkServer(client: Redis | Cluster): Promise<void> {
  const info = await client.info().catch((error: unknown) => {
    throw asStoreError(error);
  });
  const advice = client.isCluster ? undefined : otherKinds[field(info, 'redis_mode')];
  if (advice !== undefined) throw new StoreFault(`Redis: ${advice}`);
  const version = field(info, 'redis_version');
  if (Number.parseInt(version, 10) < oldestMajor) {
    throw new StoreFault(`Redis: version ${version} answers there, and Partyline needs ${oldestMajor} or newer`);
  }
}

/** Of every master that answers. Throws StoreUnavailable or StoreFault where none does. */
export async function settingProblems(client: Redis | Cluster): Promise<SettingProblem[]> {
  const servers = client.isCluster ? (client as Cluster).nodes('master') : [client as Redis];
  const asked = await Promise.allSettled(servers.map((server) => server.info()));
  const refused = asked.find((answer) => answer.status === 'rejected');
  if (refused !== undefined && asked.every(({ status }) => status === 'rejected')) throw asStoreError(refused.reason);
  return asked.flatMap((answer, place) => {
    const { host, port } = servers[place]?.options ?? {};
    const problems = answer.status === 'fulfilled' ? problemsIn(answer.value) : [];
    return client.isCluster ? problems.map((problem) => ({ ...problem, at: `${host}:${port}` })) : problems;
  });
}

function problemsIn(info: string): SettingProblem[] {
  const problems: SettingProblem[] = [];
  const policy = field(info, 'maxmemory_policy');
  if (policy !== 'noeviction') {
    problems.push({ setting: 'maxmemory-policy', found: policy, wanted: 'noeviction', severity: 'fatal' });
  }
  if (field(info, 'aof_enabled') !== '1') {
    problems.push({ setting: 'appendonly', found: 'no', wanted: 'yes', severity: 'warning' });
  }
  return problems;
}

const field = (info: string, name: string): string =>
  new RegExp(`^${name}:(.*?)\r?$`, 'm').exec(info)?.[1] ?? 'unknown';
