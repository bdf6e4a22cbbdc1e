/** Pools of connections, as this package opens them. */
import pgPromise from 'pg-promise';

export type Connections = pgPromise.IDatabase<object>;

interface Watch {
  /** A statement or a connection failed; whoever waits for it is told as well. */
  readonly onFault?: (error: unknown, client: { connection: { stream: unknown } } | undefined) => void;
  /** A connection was lost while nobody used it. */
  readonly onLost?: (error: Error) => void;
}

export function connect(
  settings: Parameters<ReturnType<typeof pgPromise>>[0] & object,
  { onFault, onLost }: Watch = {},
): Connections {
  const db = pgPromise({ noWarnings: true, error: (error, { client }) => onFault?.(error, client) })(settings);
  // Without a listener a server that goes away takes the process with it, even while the pool is being closed.
  db.$pool.on('error', (error: Error) => onLost?.(error));
  return db;
}
