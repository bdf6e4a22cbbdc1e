import { after } from 'node:test';
import {
  archiveContract,
  auditContract,
  hostKeysContract,
  questionPoolContract,
  quizzesContract,
  testPostgres,
} from '@partyline/testkit';

/** One database for all: what they write is told apart by ids, and it is not empty when the next test begins. */
const postgres = await testPostgres({ after });

archiveContract(async () => postgres.archive);

questionPoolContract(async (_, rows) => {
  const questions = rows.map((row) => ({ ...row, difficulty: null }));
  await postgres.addQuestions(questions, { source: 'contract', licence: 'none' });
  return postgres.pool;
});

quizzesContract(async () => {
  const [one, two] = await Promise.all([postgres.hostKeys.create('one'), postgres.hostKeys.create('two')]);
  return { quizzes: postgres.quizzes, owners: [one.id, two.id] };
});

hostKeysContract(async () => postgres.hostKeys);

auditContract(async () => postgres.audit);
