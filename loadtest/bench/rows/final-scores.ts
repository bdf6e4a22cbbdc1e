/**
 * Many final scores into Postgres: Partyline's whole transaction, beside a raw COPY of the same rows into tables with the
 * same columns and indexes.
 */
import { randomUUID } from 'node:crypto';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Standing } from '@partyline/core';
import { createPostgres } from '@partyline/postgres';
import { gamePlayer, sampleGame, sampleStanding } from '@partyline/testkit';
import { rawPostgres } from '../raw-postgres.ts';
import type { Rig } from '../rig.ts';

export interface FinalScoresResult {
  players: number;
  copy_ms: number;
  save_ms: number;
}

const repeats = 2;

export async function finalScores(rig: Rig, players: number): Promise<FinalScoresResult> {
  const postgres = createPostgres({ url: rig.databaseUrl, statementTimeoutMs: 60_000 });
  const raw = rawPostgres(rig.databaseUrl);
  try {
    const [party_id, game_id] = [randomUUID(), randomUUID()];
    const numbers = Array.from({ length: players }, (_, n) => n);
    const file = async (name: string, line: (n: number) => string): Promise<string> => {
      const path = join(rig.exchange, name);
      await writeFile(path, `${numbers.map(line).join('\n')}\n`);
      await chmod(path, 0o644);
      return path;
    };
    const scores = await file('scores.tsv', (n) => `${party_id}\tp${n}\t${n * 7}`);
    const results = await file('results.tsv', (n) => {
      return [game_id, `p${n}`, `nick ${n}`, '\\N', n + 1, n * 7, 5, 6, 1234, 0].join('\t');
    });
    const copies: number[] = [];
    const saves: number[] = [];
    for (let n = 0; n < repeats; n += 1) {
      await raw.query('drop table if exists bench_scores, bench_results');
      await raw.query('create table bench_scores (like party_players including all)');
      await raw.query('create table bench_results (like player_results including all)');
      const copy = `begin; copy bench_scores from '${scores}'; copy bench_results from '${results}'; commit`;
      copies.push(await timed(() => raw.query(copy)));
      const people = numbers.map((n) => gamePlayer(`p${n}`));
      const standings = people.map(({ user_id }, index): [string, Standing] => [user_id, sampleStanding(index * 7)]);
      const ended = { ...sampleGame([], { players: people }).results(), standings };
      saves.push(await timed(() => postgres.archive.saveResults(ended)));
    }
    await raw.query('drop table bench_scores, bench_results');
    return { players, copy_ms: Math.min(...copies), save_ms: Math.min(...saves) };
  } finally {
    await raw.close();
    await postgres.close();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
