/** What processes have cost so far, as the kernel counts it: CPU of all their threads, and resident memory. Linux only. */
import { readdirSync, readFileSync } from 'node:fs';

/** CPU of a process and its threads, ms. Threads that have ended are in the coarser count of `stat` only. */
export function cpuMs(pid: number): number {
  try {
    let ns = 0;
    for (const thread of readdirSync(`/proc/${pid}/task`)) {
      const [spent = '0'] = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ');
      ns += Number(spent);
    }
    return ns / 1e6;
  } catch {
    return coarseCpuMs(pid);
  }
}

const ticksPerSecond = 100; // CLK_TCK of every Linux that Node runs on

function coarseCpuMs(pid: number): number {
  // The name stands in brackets and may hold anything; what follows is in columns. utime and stime are the 14th and 15th.
  const columns = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return ((Number(columns[11]) + Number(columns[12])) * 1_000) / ticksPerSecond;
}

/** A server of many processes (Postgres): the parent and its children. */
export function familyCpuMs(pid: number): number {
  const family = [pid, ...childrenOf(pid)];
  return family.reduce((sum, one) => sum + cpuMsIfThere(one), 0);
}

function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** A child may end between being listed and being read. */
function cpuMsIfThere(pid: number): number {
  try {
    return cpuMs(pid);
  } catch {
    return 0;
  }
}

export function rssBytes(pid: number): number {
  const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line?.[1] ?? 0) * 1_024;
}
