/** The `QuestionPool` port on Postgres, and how questions get into it. */
import type { PoolQuestion, QuestionPool } from '@partyline/core';
import type { Database, Session } from './database.ts';
import { statement } from './statement.ts';

const listCategories = statement('pool/list-categories');
const drawQuestions = statement('pool/draw-questions');
const drawDifferent = statement('pool/draw-different');
const countDifferent = statement('pool/count-different');

/** Draws of one process wait for each other rather than for the connections of running parties. */
const LANE = 'pool';

interface QuestionRow {
  id: number;
  question: string;
  answer: string;
  choice1: string;
  choice2: string;
  choice3: string;
  category: string;
}

type Drawn = Awaited<ReturnType<QuestionPool['draw']>>;

export function createQuestionPool(database: Database): QuestionPool {
  return {
    categories: () => database.session(LANE, (session) => session.rows(listCategories)),
    draw: (category, n) => database.session(LANE, (session) => draw(session, category.trim(), n)),
  };
}

/** Looks through the whole category only where the quick draw had a text twice or came out short. */
async function draw(session: Session, category: string, n: number): Promise<Drawn> {
  const quick = await session.rows<QuestionRow>(drawQuestions, [category, n]);
  if (new Set(quick.map((row) => row.question)).size === n) return drawn(quick);
  const [count] = await session.rows<{ available: number }>(countDifferent, [category]);
  const available = count?.available ?? 0;
  if (available === 0) return { result: 'category_not_found' };
  if (available < n) return { result: 'not_enough_questions', available };
  return drawn(await session.rows<QuestionRow>(drawDifferent, [category, n]));
}

const drawn = (rows: QuestionRow[]): Drawn => ({ result: 'drawn', questions: rows.map(poolQuestion) });

function poolQuestion({ id, question, answer, choice1, choice2, choice3, category }: QuestionRow): PoolQuestion {
  return { id: String(id), question, answer, wrong: [choice1, choice2, choice3], category };
}
