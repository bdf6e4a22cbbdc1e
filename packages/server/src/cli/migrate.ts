/** Brings a database to where this version's nodes can work on it: tables and the seeded pool. For deployments; `make run` does it itself. */
import { ConfigError, readEnvironment } from '../config.ts';
import { preparePostgres } from '../supervisor/prepare.ts';

/** Nothing else of the environment matters here, so nothing else has to be right. */
async function migrateDatabase({ DATABASE_URL }: NodeJS.ProcessEnv): Promise<string> {
  const environment = readEnvironment({ DATABASE_URL });
  if (environment.DATABASE_URL === '') throw new ConfigError(['DATABASE_URL is missing.']);
  const { migrations, questions } = await preparePostgres(environment.DATABASE_URL);
  return `${migrations} migrations applied, ${questions} questions added\n`;
}

try {
  process.stdout.write(await migrateDatabase(process.env));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(error instanceof ConfigError ? 78 : 1);
}
