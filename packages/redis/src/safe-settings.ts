/** Which settings of a Redis endanger what is kept in it. Reads INFO: managed services often refuse CONFIG. */
import type { Redis } from 'ioredis';
import { asStoreError } from './errors.ts';

export interface SettingProblem {
  setting: string;
  found: string;
  wanted: string;
  /** `fatal`: accepted answers can vanish while all looks well. `warning`: they do not survive a restart. */
  severity: 'fatal' | 'warning';
}

export async function settingProblems(client: Redis): Promise<SettingProblem[]> {
  const info = await client.info().catch((error: unknown) => {
    throw asStoreError(error);
  });
  const found = (field: string) => new RegExp(`^${field}:(.*?)\r?$`, 'm').exec(info)?.[1] ?? 'unknown';
  const problems: SettingProblem[] = [];
  const policy = found('maxmemory_policy');
  if (policy !== 'noeviction') {
    problems.push({ setting: 'maxmemory-policy', found: policy, wanted: 'noeviction', severity: 'fatal' });
  }
  if (found('aof_enabled') !== '1') {
    problems.push({ setting: 'appendonly', found: 'no', wanted: 'yes', severity: 'warning' });
  }
  return problems;
}
