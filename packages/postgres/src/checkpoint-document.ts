/**
 * What a party is gone on from, as JSON: the document of each round, and the crowd where it has changed. Written in pieces:
 * 30,000 players make 15 MB, which at once would hold up the event loop for 90 ms.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Checkpoint, Crowd } from '@partyline/core';
import { inChunks } from './chunks.ts';
import { storableJson } from './storable.ts';

/** What `unfinished` gives back, but for what has a column of its own. */
export type CheckpointDocument = Pick<Checkpoint, 'party' | 'quiz' | 'standings'>;

export async function documentJson({ party, quiz, standings }: CheckpointDocument): Promise<string> {
  return `{"party":${storableJson(party)},"quiz":${storableJson(quiz)},"standings":${await listJson(standings)}}`;
}

export async function crowdJson({ players, holds }: Crowd): Promise<string> {
  return `{"players":${await listJson(players)},"holds":${await listJson(holds)}}`;
}

async function listJson(items: readonly unknown[]): Promise<string> {
  const pieces: string[] = [];
  for (const some of inChunks(items)) {
    pieces.push((storableJson(some) ?? '[]').slice(1, -1));
    await nextTurn();
  }
  return `[${pieces.join(',')}]`;
}
