/**
 * A database's schema as text, the same for every supported version of Postgres: what `sql/schema.sql` holds and a test
 * compares. It reads the catalogs itself, since pg_dump is not everywhere and words things differently in each version.
 */
import { connect } from './connect.ts';
import { type Statement, statement } from './statement.ts';

const listColumns = statement('schema/list-columns');
const listConstraints = statement('schema/list-constraints');
const listIndexes = statement('schema/list-indexes');
const listFunctions = statement('schema/list-functions');
const listTriggers = statement('schema/list-triggers');

interface Column {
  table: string;
  name: string;
  type: string;
  not_null: boolean;
  identity: string | null;
  default: string | null;
}

interface Definition {
  table: string;
  definition: string;
}

interface Catalog {
  columns: Column[];
  constraints: (Definition & { name: string })[];
  indexes: Definition[];
  functions: { name: string; arguments: string; result: string; language: string; body: string }[];
  triggers: Definition[];
}

const HEADER = `-- The schema after all of sql/migrations, written by \`make schema\`. A test compares it with a migrated database.
-- To read, not to run: the migrations are what is run.
`;

export async function schemaText(url: string): Promise<string> {
  return textOf(await readCatalog(url));
}

async function readCatalog(url: string): Promise<Catalog> {
  const db = connect({ connectionString: url, max: 1 });
  const all = <T>(at: Statement): Promise<T[]> => db.any<T>(at.with([]));
  try {
    return {
      columns: await all(listColumns),
      constraints: await all(listConstraints),
      indexes: await all(listIndexes),
      functions: await all(listFunctions),
      triggers: await all(listTriggers),
    };
  } finally {
    await db.$pool.end();
  }
}

function textOf(catalog: Catalog): string {
  const tables = [...new Set(catalog.columns.map((column) => column.table))];
  const functions = catalog.functions.map(
    (f) => `CREATE FUNCTION ${f.name}(${f.arguments}) RETURNS ${f.result} LANGUAGE ${f.language} AS $$${f.body}$$;`,
  );
  return `${[HEADER, ...tables.map((table) => tableText(table, catalog)), ...functions].join('\n')}\n`;
}

function tableText(table: string, { columns, constraints, indexes, triggers }: Catalog): string {
  const isOfTable = (part: { table: string }): boolean => part.table === table;
  const lines = [
    ...columns.filter(isOfTable).map(columnText),
    ...constraints.filter(isOfTable).map(({ name, definition }) => `CONSTRAINT ${name} ${definition}`),
  ];
  const after = [...indexes, ...triggers].filter(isOfTable).map(({ definition }) => `${definition};\n`);
  return `CREATE TABLE ${table} (\n  ${lines.join(',\n  ')}\n);\n${after.join('')}`;
}

function columnText(column: Column): string {
  const parts = [column.name, column.type.toUpperCase()];
  if (column.not_null) parts.push('NOT NULL');
  if (column.identity !== null) parts.push(`GENERATED ${column.identity} AS IDENTITY`);
  if (column.default !== null) parts.push(`DEFAULT ${column.default}`);
  return parts.join(' ');
}
