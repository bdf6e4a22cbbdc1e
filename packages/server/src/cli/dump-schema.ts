/**
 * `make schema`: writes sql/schema.sql from the migrations, applied to an empty database that is dropped afterwards.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabaseServer, migrate, schemaText } from '@partyline/postgres';
import { startPostgres } from '@partyline/provision';

const SCHEMA = new URL('../../../../sql/schema.sql', import.meta.url);

async function dumpSchema(serverUrl: string): Promise<string> {
  const server = createDatabaseServer(serverUrl);
  const name = `partyline_schema_${process.pid}`;
  try {
    const url = await server.create(name);
    await migrate(url);
    return await schemaText(url);
  } finally {
    await server.drop(name);
    await server.close();
  }
}

async function onOwnServer(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'partyline-schema-'));
  const server = await startPostgres({ dir: join(dir, 'data'), settings: { fsync: 'off' } });
  try {
    return await dumpSchema(server.url);
  } finally {
    await server.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

const { DATABASE_URL } = process.env;
await writeFile(SCHEMA, DATABASE_URL ? await dumpSchema(DATABASE_URL) : await onOwnServer());
process.stdout.write('wrote sql/schema.sql\n');
