/**
 * SQL statements as files: `sql/queries/<area>/<verb-noun>.sql`, one statement each, values as numbered parameters that
 * go to the server apart from the text. Decides nothing about what is asked.
 */
import { fileURLToPath } from 'node:url';
import pgPromise from 'pg-promise';

const { QueryFile, ParameterizedQuery } = pgPromise;

export interface Statement {
  /** `area/verb-noun`: for errors and metrics. */
  readonly name: string;
  with(values: readonly unknown[]): pgPromise.ParameterizedQuery;
}

/** Throws where the file is missing or empty, so that a wrong name ends the process at its start. */
export function statement(name: string): Statement {
  const file = fileURLToPath(new URL(`../../../sql/queries/${name}.sql`, import.meta.url));
  const text = new QueryFile(file, { minify: true, noWarnings: true });
  if (text.error) throw text.error;
  return { name, with: (values) => new ParameterizedQuery({ text, values: [...values] }) };
}
