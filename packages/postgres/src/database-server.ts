/**
 * Whole databases on a server: made, copied, dropped. For tests and for `make schema`; a running Partyline has no use
 * for it.
 */
import { readFileSync } from 'node:fs';
import { connect } from './connect.ts';
import { statement } from './statement.ts';

const lockTemplate = statement('databases/lock-template');
const unlockTemplate = statement('databases/unlock-template');
const findDatabase = statement('databases/find-database');

export interface DatabaseServer {
  /** An empty database. Returns its URL. */
  create(name: string): Promise<string>;
  /**
   * A copy of a template, which is made first where there is none: once, however many processes ask at the same time.
   */
  clone(name: string, template: { name: string; fill: (url: string) => Promise<void> }): Promise<string>;
  drop(name: string): Promise<void>;
  close(): Promise<void>;
}

/** Names cannot be parameters; pg-promise's `:name` quotes them. */
const text = (name: string): string =>
  readFileSync(new URL(`../../../sql/queries/databases/${name}.sql`, import.meta.url), 'utf8');

const createDatabase = text('create-database');
const cloneDatabase = text('clone-database');
const renameDatabase = text('rename-database');
const dropDatabase = text('drop-database');

/** `url` names any database of the server, of a role that may create others. */
export function createDatabaseServer(url: string): DatabaseServer {
  const db = connect({
    connectionString: url,
    max: 2,
    application_name: 'partyline databases',
  });

  function urlOf(name: string): string {
    const other = new URL(url);
    other.pathname = `/${name}`;
    return other.href;
  }

  async function make({ name, fill }: { name: string; fill: (url: string) => Promise<void> }): Promise<void> {
    const unfinished = `${name}_unfinished`;
    await db.none(dropDatabase, [unfinished]);
    await db.none(createDatabase, [unfinished]);
    await fill(urlOf(unfinished));
    await db.none(renameDatabase, [unfinished, name]);
  }

  const isThere = async (name: string): Promise<boolean> => (await db.any(findDatabase.with([name]))).length > 0;

  return {
    async create(name) {
      await db.none(createDatabase, [name]);
      return urlOf(name);
    },
    async clone(name, template) {
      if (!(await isThere(template.name))) {
        await db.task(async (session) => {
          await session.any(lockTemplate.with([template.name]));
          try {
            if (!(await isThere(template.name))) await make(template);
          } finally {
            await session.any(unlockTemplate.with([template.name]));
          }
        });
      }
      await db.none(cloneDatabase, [name, template.name]);
      return urlOf(name);
    },
    async drop(name) {
      await db.none(dropDatabase, [name]);
    },
    close: () => db.$pool.end(),
  };
}
