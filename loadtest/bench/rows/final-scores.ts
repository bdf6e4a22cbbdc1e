/** Many final scores into Postgres: Partyline's whole transaction, beside a raw COPY of the same rows. */
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
    const file = join(rig.exchange, 'scores.tsv');
    const lines = Array.from({ length: players }, (_, n) => `p${n}\tnick ${n}\t${n * 7}\t${n + 1}\t5\t6\t1234`);
    await writeFile(file, `${lines.join('\n')}\n`);
    await chmod(file, 0o644);
    const copies: number[] = [];
    const saves: number[] = [];
    for (let n = 0; n < repeats; n += 1) {
      await raw.query('drop table if exists bench_scores');
      await raw.query(
        'create table bench_scores (user_id text primary key, nickname text, score int, rank int, correct int, answered int, mean_ms int)',
      );
      copies.push(await timed(() => raw.query(`copy bench_scores from '${file}'`)));
      const people = Array.from({ length: players }, (_, index) => gamePlayer(`p${index}`));
      const standings = people.map(({ user_id }, index): [string, Standing] => [user_id, sampleStanding(index * 7)]);
      const results = { ...sampleGame([], { players: people }).results(), standings };
      saves.push(await timed(() => postgres.archive.saveResults(results)));
    }
    await raw.query('drop table bench_scores');
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
