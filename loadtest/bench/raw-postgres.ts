/** SQL of the bench's own, past every layer: the floor that an archive is compared to. */
import pgPromise from 'pg-promise';

export interface RawPostgres {
  query(sql: string): Promise<unknown>;
  close(): Promise<void>;
}

export function rawPostgres(url: string): RawPostgres {
  const library = pgPromise({ noWarnings: true });
  const database = library({ connectionString: url, max: 1 });
  return {
    query: (sql) => database.any(sql),
    close: async () => database.$pool.end(),
  };
}
