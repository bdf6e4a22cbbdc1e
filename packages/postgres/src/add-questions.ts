/** Puts questions into the pool, once each. Does not judge them: whoever read them from somewhere did. */
import type { PoolQuestion } from '@partyline/core';
import { inChunks } from './chunks.ts';
import type { Session } from './database.ts';
import { statement } from './statement.ts';
import { storableText } from './storable.ts';

const insertQuestions = statement('pool/add-questions');
const findNew = statement('pool/find-new');

export type NewQuestion = Omit<PoolQuestion, 'id'> & { difficulty: 'easy' | 'medium' | 'hard' | null };

/** Where questions come from, and on what terms they may be used: attribution is part of most licences. */
export interface Origin {
  source: string;
  licence: string;
}

/**
 * Adds those that are new and returns their indexes. The others are in the pool already, by text and category, or twice
 * among those given.
 */
export async function addQuestions(
  session: Session,
  questions: readonly NewQuestion[],
  { source, licence }: Origin,
): Promise<number[]> {
  return eachChunk(questions, (some) => {
    const columns = [
      some.map(({ question }) => question),
      some.map(({ answer }) => answer),
      some.map(({ wrong }) => wrong[0]),
      some.map(({ wrong }) => wrong[1]),
      some.map(({ wrong }) => wrong[2]),
      some.map(({ category }) => category.trim()),
    ];
    const difficulties = some.map(({ difficulty }) => difficulty);
    return session.rows(insertQuestions, [...columns.map(storableTexts), difficulties, source, licence]);
  });
}

/** The indexes of those that `addQuestions` would add. */
export async function newQuestions(session: Session, questions: readonly NewQuestion[]): Promise<number[]> {
  return eachChunk(questions, (some) => {
    const columns = [some.map(({ question }) => question), some.map(({ category }) => category.trim())];
    return session.rows(findNew, columns.map(storableTexts));
  });
}

const storableTexts = (texts: readonly string[]): string[] => texts.map(storableText);

async function eachChunk(
  questions: readonly NewQuestion[],
  ask: (some: NewQuestion[]) => Promise<{ place: number }[]>,
): Promise<number[]> {
  const found: number[] = [];
  for (const some of inChunks(firstOfEach(questions))) {
    const places = await ask(some.map(({ question }) => question));
    for (const { place } of places) {
      const given = some[place - 1];
      if (given !== undefined) found.push(given.index);
    }
  }
  return found;
}

function firstOfEach(questions: readonly NewQuestion[]): { index: number; question: NewQuestion }[] {
  const first = new Map<string, { index: number; question: NewQuestion }>();
  for (const [index, question] of questions.entries()) {
    const key = JSON.stringify([question.category.trim().toLowerCase(), question.question]);
    if (!first.has(key)) first.set(key, { index, question });
  }
  return [...first.values()];
}
