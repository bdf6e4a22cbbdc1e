/** Writes a finished round and the document to go on from. Knows nothing of how a party ends. */
import type { Checkpoint } from '@partyline/core';
import { crowdJson, documentJson } from './checkpoint-document.ts';
import { writeChunks } from './chunks.ts';
import type { Session } from './database.ts';
import { statement } from './statement.ts';
import { plainArray, storableJson, storableText, textArray } from './storable.ts';

const readRoundEpoch = statement('archive/read-round-epoch');
const deleteRounds = statement('archive/delete-rounds');
const insertRound = statement('archive/insert-round');
const insertAnswers = statement('archive/insert-answers');
const putCheckpoint = statement('archive/put-checkpoint');
const addBans = statement('archive/add-bans');

/** Needs the party's lock. */
export async function writeCheckpoint(session: Session, checkpoint: Checkpoint): Promise<void> {
  const { party, epoch, seq, played, crowd } = checkpoint;
  if (await isNews(session, checkpoint)) await writeRound(session, checkpoint);
  const document = await documentJson(checkpoint);
  const bans = checkpoint.bans.map(storableText);
  const changed = crowd === 'as_before' ? null : await crowdJson(crowd);
  await session.run(putCheckpoint, [party.party_id, epoch, seq, played.round, document, bans, changed]);
}

/** Needs the party's lock. */
export async function writeBans(session: Session, party_id: string, bans: string[]): Promise<void> {
  await session.run(addBans, [party_id, bans.map(storableText)]);
}

/**
 * A round and its answers are written together, so a round that is there in the same epoch is there whole. One of an
 * older epoch was played before the live store was lost and is played again now: its answers are not mixed with the new
 * ones but replaced.
 */
async function isNews(session: Session, { party, played, epoch }: Checkpoint): Promise<boolean> {
  const [stored] = await session.rows<{ epoch: number }>(readRoundEpoch, [party.game_id, played.round]);
  if (stored === undefined) return true;
  if (stored.epoch >= epoch) return false;
  await session.run(deleteRounds, [party.game_id, played.round, played.round]);
  return true;
}

async function writeRound(session: Session, { party, quiz, played, epoch, answers }: Checkpoint): Promise<void> {
  const question = quiz.questions[played.round - 1];
  if (question === undefined) throw new RangeError(`round ${played.round} of ${party.party_id} has no question`);
  await session.run(insertRound, [
    party.game_id,
    played.round,
    epoch,
    storableText(question.id),
    question.kind,
    storableText(question.category),
    storableJson(question),
    new Date(played.opened_at),
    new Date(played.closed_at),
    played.skipped,
    storableJson(played.counts),
  ]);
  await writeChunks(answers, columnsOf, (columns) =>
    session.run(insertAnswers, [party.game_id, played.round, ...columns]),
  );
}

const columnsOf = (answers: Checkpoint['answers']): string[] => [
  textArray(answers.map((answer) => answer.user_id)),
  textArray(answers.map((answer) => storableJson(answer.choice))),
  plainArray(answers.map((answer) => answer.correct)),
  plainArray(answers.map((answer) => answer.points)),
  plainArray(answers.map((answer) => Math.round(answer.elapsed_ms))),
];
