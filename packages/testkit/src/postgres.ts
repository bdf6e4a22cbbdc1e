/**
 * A database per test: a copy of one that is migrated and seeded, dropped when the test ends. Databases are made on
 * DATABASE_URL's server where it is set, else on a server that lives as long as it is needed.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createDatabaseServer,
  createPostgres,
  type DatabaseServer,
  migrate,
  type Postgres,
  type PostgresOptions,
  readMigrations,
  readSeed,
} from '@partyline/postgres';
import { startPostgres } from '@partyline/provision';

/** Nothing here outlives the run. */
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: 200 };

/** An own server is stopped when nobody has asked for a database for this long. */
const IDLE_MS = 500;

interface OwnServer {
  readonly url: string;
  stop(): Promise<void>;
}

async function startOwnServer(): Promise<OwnServer> {
  const dir = await mkdtemp(join(tmpdir(), 'partyline-postgres-'));
  const server = await startPostgres({ dir: join(dir, 'data'), settings: FAST });
  return {
    url: server.url,
    async stop() {
      await server.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** A server that this test alone uses, stopped when it ends. Returns its URL. */
export async function ownPostgresServer(t: Lifetime): Promise<string> {
  const server = await startOwnServer();
  t.after(server.stop);
  return server.url;
}

/** One server for all tests of this process, started for the first and stopped after the last. */
function createSharedServer() {
  let server: Promise<OwnServer> | undefined;
  let users = 0;
  let idle: NodeJS.Timeout | undefined;
  return {
    async enter(): Promise<string> {
      users += 1;
      clearTimeout(idle);
      server ??= startOwnServer();
      return (await server).url;
    },
    leave(): void {
      users -= 1;
      if (users > 0) return;
      idle = setTimeout(() => {
        const last = server;
        server = undefined;
        void last?.then(({ stop }) => stop());
      }, IDLE_MS);
    },
  };
}

const shared = createSharedServer();

/** A template is told by what goes into it, so a changed migration or seed makes a new one. */
async function templateName(): Promise<string> {
  const parts = [...(await readMigrations()), ...(await readSeed())].map(({ checksum }) => checksum);
  return `partyline_template_${createHash('sha256').update(parts.join()).digest('hex').slice(0, 16)}`;
}

async function fill(url: string): Promise<void> {
  await migrate(url);
  const postgres = createPostgres({ url, poolMax: 1 });
  await postgres.seed();
  await postgres.close();
}

/** A test, or `{ after }` of node:test for all tests of a file. */
export interface Lifetime {
  after(end: () => Promise<void>): void;
}

/** A database of the test's own, migrated and seeded. Returns its URL. */
export async function testDatabase(t: Lifetime): Promise<string> {
  const { url, remove } = await makeDatabase(copyOfTemplate);
  t.after(remove);
  return url;
}

/** A database of the test's own with nothing in it. */
export async function emptyDatabase(t: Lifetime): Promise<string> {
  const { url, remove } = await makeDatabase((server, name) => server.create(name));
  t.after(remove);
  return url;
}

/** Everything durable on a database of the test's own, migrated and seeded; closed when the test ends. */
export async function testPostgres(t: Lifetime, options: Omit<PostgresOptions, 'url'> = {}): Promise<Postgres> {
  const { url, remove } = await makeDatabase(copyOfTemplate);
  const postgres = createPostgres({ ...options, url });
  t.after(async () => {
    await postgres.close();
    await remove();
  });
  return postgres;
}

type Make = (server: DatabaseServer, name: string) => Promise<string>;

const copyOfTemplate: Make = async (server, name) => server.clone(name, { name: await templateName(), fill });

async function makeDatabase(make: Make): Promise<{ url: string; remove: () => Promise<void> }> {
  const given = process.env.DATABASE_URL;
  const server = createDatabaseServer(given ?? (await shared.enter()));
  const name = `partyline_test_${randomUUID().replaceAll('-', '')}`;
  const url = await make(server, name);
  return {
    url,
    async remove() {
      await server.drop(name);
      await server.close();
      if (given === undefined) shared.leave();
    },
  };
}
