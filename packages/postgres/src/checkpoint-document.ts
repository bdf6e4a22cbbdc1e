/**
 * What a party is gone on from, as JSON. Written in pieces: 30,000 players make 15 MB, which at once would hold up the
 * event loop for 90 ms.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Checkpoint } from '@partyline/core';
import { inChunks } from './chunks.ts';
import { storableJson } from './storable.ts';

/** What `unfinished` gives back, but for what has a column of its own. */
export type CheckpointDocument = Pick<Checkpoint, 'party' | 'quiz' | 'players' | 'standings' | 'holds'>;

export async function documentJson({ party, quiz, players, standings, holds }: CheckpointDocument): Promise<string> {
  const fields = [
    `"party":${storableJson(party)}`,
    `"quiz":${storableJson(quiz)}`,
    `"players":${await listJson(players)}`,
    `"standings":${await listJson(standings)}`,
    `"holds":${await listJson(holds)}`,
  ];
  return `{${fields.join(',')}}`;
}

async function listJson(items: readonly unknown[]): Promise<string> {
  const pieces: string[] = [];
  for (const some of inChunks(items)) {
    pieces.push((storableJson(some) ?? '[]').slice(1, -1));
    await nextTurn();
  }
  return `[${pieces.join(',')}]`;
}
