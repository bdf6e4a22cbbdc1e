/** The coordinator of a crowd: starts generator processes, gives orders to all of them, and adds up what they report. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { DialectName } from './dialect.ts';
import type { Codes, Collected, Counts, Group, Order, Report } from './orders.ts';
import { type Summary, summary } from './samples.ts';

const entry = fileURLToPath(new URL('./generator.ts', import.meta.url));
/** Of 20,000 files a process may have; the rest is for joining, pipes and the like. */
export const socketsPerGenerator = 18_000;

export interface Measured {
  delivery: Summary;
  skew: Summary;
  ack: Summary;
  recovery: Summary;
  /** From the first answer sent to the last acknowledged, ms. */
  answering_ms: number;
  closes: Codes;
  error_codes: Codes;
}

export interface Swarm {
  readonly pids: number[];
  /** Everybody of these groups joins by HTTP; which generator plays whom is decided here. */
  join(ports: number[], groups: Group[]): Promise<void>;
  connect(ports: number[], at?: { dialect?: DialectName; at_once?: number }): Promise<void>;
  order(order: Order): Promise<void>;
  counts(): Counts;
  /** Rejects with what was reached where it does not come true in time. */
  until(what: string, holds: (counts: Counts) => boolean, limit_ms: number): Promise<void>;
  /** What was measured since the last taking. */
  measured(): Promise<Measured>;
  stop(): Promise<void>;
}

interface Generator {
  child: ChildProcess;
  counts: Counts;
  closes: Codes;
  errors: Codes;
}

export function nothingYet(): Counts {
  return {
    ...{ joined: 0, refused: 0, open: 0, opened: 0, failed: 0, closed: 0, states: 0 },
    ...{ questions: 0, answered: 0, acks: 0, errors: 0, reveals: 0, finished: 0, broadcasts: 0, cut: 0 },
  };
}

export function createSwarm(generatorCount: number): Swarm {
  const looks = new Set<() => void>();
  const failures: string[] = [];
  const generators: Generator[] = Array.from({ length: generatorCount }, (_, index) => {
    const child = fork(entry, [String(index)], { serialization: 'advanced' });
    const generator: Generator = { child, counts: nothingYet(), closes: {}, errors: {} };
    child.on('message', (report: Report) => {
      if (report.type === 'counts') Object.assign(generator, report);
      if (report.type === 'failed') failures.push(report.message);
      for (const look of [...looks]) look();
    });
    return generator;
  });

  function counts(): Counts {
    const all = nothingYet();
    for (const generator of generators) {
      for (const name of Object.keys(all) as (keyof Counts)[]) all[name] += generator.counts[name];
    }
    return all;
  }

  function ask<T>({ child }: Generator, order: Order, read: (report: Report) => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        child.off('message', hear);
        child.off('exit', gone);
      };
      const gone = (code: number | null): void => {
        settle();
        reject(new Error(`a generator ended (${code})`));
      };
      const hear = (report: Report): void => {
        if (report.type === 'failed') {
          settle();
          return reject(new Error(report.message));
        }
        const found = read(report);
        if (found === undefined) return;
        settle();
        resolve(found);
      };
      child.on('message', hear);
      child.on('exit', gone);
      child.send(order);
    });
  }

  async function give(generator: Generator, order: Order): Promise<void> {
    await ask(generator, order, (report) => (report.type === 'done' && report.of === order.type ? true : undefined));
  }

  return {
    pids: generators.map(({ child }) => child.pid ?? 0),
    async join(ports, groups) {
      const shares = shared(groups, generatorCount);
      await Promise.all(
        generators.map((generator, index) => give(generator, { type: 'join', ports, groups: shares[index] ?? [] })),
      );
    },
    async connect(ports, { dialect = 'partyline', at_once = 64 } = {}) {
      await Promise.all(generators.map((generator) => give(generator, { type: 'connect', dialect, ports, at_once })));
    },
    async order(order) {
      await Promise.all(generators.map((generator) => give(generator, order)));
    },
    counts,
    until(what, holds, limit_ms) {
      return new Promise((resolve, reject) => {
        const settle = (): void => {
          clearTimeout(limit);
          looks.delete(look);
        };
        const look = (): void => {
          if (!holds(counts())) return;
          settle();
          resolve();
        };
        const limit = setTimeout(() => {
          settle();
          const codes = [added(generators.map(({ closes }) => closes)), added(generators.map(({ errors }) => errors))];
          const reached = JSON.stringify([counts(), ...codes]);
          reject(new Error(`${what}: not within ${limit_ms} ms; ${reached} ${failures.join('; ')}`));
        }, limit_ms);
        looks.add(look);
        look();
      });
    },
    async measured() {
      const all: Collected[] = await Promise.all(
        generators.map((generator) =>
          ask(generator, { type: 'collect' }, (report) => (report.type === 'collected' ? report.collected : undefined)),
        ),
      );
      const first = Math.min(...all.map(({ first_answer_at }) => first_answer_at));
      const last = Math.max(...all.map(({ last_ack_at }) => last_ack_at));
      return {
        delivery: summary(...all.map(({ delivery }) => delivery)),
        skew: summary(...all.map(({ skew }) => skew)),
        ack: summary(...all.map(({ ack }) => ack)),
        recovery: summary(...all.map(({ recovery }) => recovery)),
        answering_ms: Number.isFinite(first) ? last - first : 0,
        closes: added(all.map(({ closes }) => closes)),
        error_codes: added(all.map(({ error_codes }) => error_codes)),
      };
    },
    async stop() {
      await Promise.all(
        generators.map(({ child }) => {
          if (child.exitCode !== null || child.signalCode !== null) return undefined;
          return new Promise<void>((resolve) => {
            child.once('exit', () => resolve());
            child.kill('SIGKILL');
          });
        }),
      );
    },
  };
}

function added(parts: Codes[]): Codes {
  const all: Codes = {};
  for (const part of parts) for (const [name, count] of Object.entries(part)) all[name] = (all[name] ?? 0) + count;
  return all;
}

/** A large party is spread over the generators; many small ones are dealt out whole. */
function shared(groups: Group[], count: number): Group[][] {
  const shares: Group[][] = Array.from({ length: count }, () => []);
  for (const [index, group] of groups.entries()) {
    if (groups.length >= count) {
      shares[index % count]?.push(group);
      continue;
    }
    for (const [at, share] of shares.entries()) {
      const from = Math.floor((at * group.players) / count);
      const players = Math.floor(((at + 1) * group.players) / count) - from;
      if (players > 0) share.push({ ...group, players, first: group.first + from });
    }
  }
  return shares;
}
