/**
 * The one pool of a process. Decides how long anything may take and what a lost connection looks like to callers; knows
 * no table.
 */
import type { Duplex } from 'node:stream';
import type { IBaseProtocol } from 'pg-promise';
import { connect } from './connect.ts';
import { asFault, isReadTimeout } from './fault.ts';
import { createLanes } from './lanes.ts';
import type { Statement } from './statement.ts';

/** One connection, for the length of a piece of work. */
export interface Session {
  rows<T>(statement: Statement, values?: readonly unknown[]): Promise<T[]>;
  /** How many rows were changed. */
  run(statement: Statement, values?: readonly unknown[]): Promise<number>;
}

export interface QueryReport {
  /** `area/verb-noun`, the name of the file. */
  readonly name: string;
  readonly ms: number;
  readonly failed: boolean;
}

export interface PoolUse {
  readonly connections: number;
  readonly idle: number;
  readonly waiting: number;
}

export interface DatabaseOptions {
  readonly url: string;
  /** Connections of this process at most. */
  readonly poolMax: number;
  /** How long one statement may take, waiting for locks included, in ms. */
  readonly statementTimeoutMs: number;
  /** How long to wait for a connection, from the pool or from the server, in ms. */
  readonly connectTimeoutMs: number;
  /** Connections one lane may hold at a time. */
  readonly laneLimit: number;
  /** A connection was lost while nobody used it. */
  readonly onError: (error: Error) => void;
  readonly onQuery: (report: QueryReport) => void;
}

export interface Database {
  /** `lane` is what must not hold up others: a party's id, or the name of a part. Throws `ArchiveUnavailable`. */
  session<T>(lane: string, work: (session: Session) => Promise<T>): Promise<T>;
  /** The same in one transaction. When it throws, whether it was committed is not known. */
  transaction<T>(lane: string, work: (session: Session) => Promise<T>): Promise<T>;
  /** A single statement. */
  rows<T>(lane: string, statement: Statement, values?: readonly unknown[]): Promise<T[]>;
  poolUse(): PoolUse;
  /** Waits for what is under way. */
  close(): Promise<void>;
}

const LANE_QUEUE = 1_000;

/** Given to the server so that it can end the statement itself and say so, before the driver gives up on the line. */
const LINE_ALLOWANCE_MS = 2_000;

export function createDatabase(options: DatabaseOptions): Database {
  const { statementTimeoutMs } = options;
  const lanes = createLanes({ limit: options.laneLimit, maxWaiting: LANE_QUEUE });
  const db = connect(
    {
      connectionString: options.url,
      application_name: 'partyline',
      max: options.poolMax,
      connectionTimeoutMillis: options.connectTimeoutMs,
      statement_timeout: statementTimeoutMs,
      // A writer that stands still (SIGSTOP, a dead machine) must not keep a party locked.
      idle_in_transaction_session_timeout: statementTimeoutMs,
      query_timeout: statementTimeoutMs + LINE_ALLOWANCE_MS,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    },
    {
      // The driver keeps a connection whose answer never came and hands it out again. It is a dead line: cut it.
      onFault(error, client) {
        if (isReadTimeout(error)) (client?.connection.stream as Duplex | undefined)?.destroy();
      },
      onLost: options.onError,
    },
  );

  async function measured<T>({ name }: Statement, query: Promise<T>): Promise<T> {
    const startedAt = performance.now();
    let failed = true;
    try {
      const result = await query;
      failed = false;
      return result;
    } catch (error) {
      throw asFault(error, name);
    } finally {
      options.onQuery({ name, ms: performance.now() - startedAt, failed });
    }
  }

  const sessionOn = (task: IBaseProtocol<object>): Session => ({
    rows: (statement, values = []) => measured(statement, task.any(statement.with(values))),
    run: (statement, values = []) =>
      measured(
        statement,
        task.result(statement.with(values), undefined, (r) => r.rowCount),
      ),
  });

  const session: Database['session'] = (lane, work) =>
    lanes.run(lane, () =>
      db
        .task((task) => work(sessionOn(task)))
        .catch((error) => {
          throw asFault(error, 'connecting');
        }),
    );

  return {
    session,
    transaction: (lane, work) =>
      lanes.run(lane, () =>
        db
          .tx((task) => work(sessionOn(task)))
          .catch((error) => {
            throw asFault(error, 'transaction');
          }),
      ),
    rows: (lane, statement, values) => session(lane, ({ rows }) => rows(statement, values)),
    poolUse: () => ({
      connections: db.$pool.totalCount,
      idle: db.$pool.idleCount,
      waiting: db.$pool.waitingCount,
    }),
    async close() {
      if (!db.$pool.ending) await db.$pool.end();
    },
  };
}
