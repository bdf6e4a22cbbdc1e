/**
 * What must be in Postgres before the first node of a release starts: tables, and questions where there are none. For
 * containers, where no supervisor does it; run once per release, any number of times does no harm. Needs DATABASE_URL.
 */
import { preparePostgres } from '../../packages/server/src/supervisor/prepare.ts';

try {
  const { DATABASE_URL } = process.env;
  if (!DATABASE_URL) throw new Error('DATABASE_URL is missing: it must name the Postgres to prepare.');
  const { migrations, questions } = await preparePostgres(DATABASE_URL);
  process.stdout.write(`prepared: ${migrations} migrations and ${questions} questions are new\n`);
} catch (error) {
  process.stderr.write(`prepare: ${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}
