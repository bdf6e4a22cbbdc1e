/**
 * Sows the questions that come with Partyline. Each version of a category's file is sown once per database, so that
 * what somebody has deleted or reworded since is left as it is; questions of the same text are never doubled.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { addQuestions } from './add-questions.ts';
import type { Database, Session } from './database.ts';
import { statement } from './statement.ts';

const lockSchema = statement('migrations/lock-schema');
const listSown = statement('pool/list-sown');
const recordSown = statement('pool/record-sown');

const SEED = new URL('../../../sql/seed/questions/', import.meta.url);

const ORIGIN = { source: 'Partyline', licence: 'MIT' };

/** What a file in `sql/seed/questions` holds. `choices` are the three wrong ones. */
export interface SeedFile {
  category: string;
  questions: {
    question: string;
    answer: string;
    choices: [string, string, string];
    difficulty: 'easy' | 'medium' | 'hard';
  }[];
}

/** Returns how many questions were new. */
export async function seed(database: Database, dir: URL = SEED): Promise<number> {
  const files = await readSeed(dir);
  return database.transaction('seed', async (session) => {
    await session.rows(lockSchema);
    const sown = new Map((await session.rows<Sown>(listSown)).map((row) => [row.category, row.checksum]));
    let added = 0;
    for (const { seedFile, checksum } of files) {
      if (sown.get(seedFile.category) !== checksum) added += await sow(session, seedFile, checksum);
    }
    return added;
  });
}

interface Sown {
  category: string;
  checksum: string;
}

async function sow(session: Session, { category, questions }: SeedFile, checksum: string): Promise<number> {
  const rows = questions.map(({ choices, ...question }) => ({ ...question, wrong: choices, category }));
  const added = await addQuestions(session, rows, ORIGIN);
  await session.run(recordSown, [category, checksum]);
  return added.length;
}

export async function readSeed(dir: URL = SEED): Promise<{ seedFile: SeedFile; checksum: string }[]> {
  const names = (await readdir(dir)).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(new URL(name, dir), 'utf8');
      const seedFile = JSON.parse(text) as SeedFile;
      // Of the content rather than of the file, which another formatter or a checkout may lay out differently.
      return { seedFile, checksum: createHash('sha256').update(JSON.stringify(seedFile)).digest('hex') };
    }),
  );
}
