/** Everything durable behind one bounded pool: the only wiring of this package. */
import type { Archive, AuditTrail, HostKeys, QuestionPool, Quizzes } from '@partyline/core';
import { addQuestions, type NewQuestion, newQuestions, type Origin } from './add-questions.ts';
import { createArchive } from './archive.ts';
import { createAuditTrail } from './audit-trail.ts';
import { createDatabase, type PoolUse, type QueryReport } from './database.ts';
import { createHostKeys } from './host-keys.ts';
import { migrate } from './migrate.ts';
import { createQuestionPool } from './question-pool.ts';
import { createQuizzes } from './quizzes.ts';
import { seed } from './seed.ts';
import { statement } from './statement.ts';

const ping = statement('schema/ping');

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`; `?sslmode=` and the like are understood. */
  readonly url: string;
  /** Connections of this process at most. Default 10. */
  readonly poolMax?: number;
  /** How long one statement may take, waiting for locks included. Default 10,000 ms. */
  readonly statementTimeoutMs?: number;
  /** How long to wait for a connection, from the pool or from the server. Default 5,000 ms. */
  readonly connectTimeoutMs?: number;
  /** Connections one party may hold at a time. Default 2: one that writes and one that reads. */
  readonly perPartyLimit?: number;
  /** A connection was lost while nobody used it. */
  readonly onError?: (error: Error) => void;
  readonly onQuery?: (report: QueryReport) => void;
}

export interface Postgres {
  readonly pool: QuestionPool;
  readonly archive: Archive;
  readonly quizzes: Quizzes;
  readonly hostKeys: HostKeys;
  readonly audit: AuditTrail;
  /** Applies what is missing of sql/migrations; returns their names. */
  migrate(): Promise<string[]>;
  /** Sows the questions that come with Partyline, or those in another folder; returns how many were new. */
  seed(dir?: URL): Promise<number>;
  /** Adds what the pool does not have yet, all or nothing; returns the indexes of those that were new. */
  addQuestions(questions: readonly NewQuestion[], origin: Origin): Promise<number[]>;
  /** What `addQuestions` would return; changes nothing. */
  newQuestions(questions: readonly NewQuestion[]): Promise<number[]>;
  /** Throws `ArchiveUnavailable` where Postgres does not answer. */
  ping(): Promise<void>;
  poolUse(): PoolUse;
  /** Waits for what is under way. */
  close(): Promise<void>;
}

export function createPostgres(options: PostgresOptions): Postgres {
  const database = createDatabase({
    url: options.url,
    poolMax: options.poolMax ?? 10,
    statementTimeoutMs: options.statementTimeoutMs ?? 10_000,
    connectTimeoutMs: options.connectTimeoutMs ?? 5_000,
    laneLimit: options.perPartyLimit ?? 2,
    onError: options.onError ?? (() => {}),
    onQuery: options.onQuery ?? (() => {}),
  });
  return {
    pool: createQuestionPool(database),
    archive: createArchive(database),
    quizzes: createQuizzes(database),
    hostKeys: createHostKeys(database),
    audit: createAuditTrail(database),
    migrate: () => migrate(options.url),
    seed: (dir) => seed(database, dir),
    addQuestions: (questions, origin) =>
      database.transaction('pool', (session) => addQuestions(session, questions, origin)),
    newQuestions: (questions) => database.session('pool', (session) => newQuestions(session, questions)),
    async ping() {
      await database.rows('ping', ping);
    },
    poolUse: database.poolUse,
    close: database.close,
  };
}
