/** Durable state: the question pool, results, quizzes, host keys and the audit in Postgres. */
export type { NewQuestion, Origin } from './add-questions.ts';
export { createPostgres, type Postgres, type PostgresOptions } from './create-postgres.ts';
export type { PoolUse, QueryReport } from './database.ts';
export { createDatabaseServer, type DatabaseServer } from './database-server.ts';
export { DatabaseFault } from './fault.ts';
export { migrate, readMigrations } from './migrate.ts';
export { schemaText } from './schema-text.ts';
export { readSeed, type SeedFile } from './seed.ts';
