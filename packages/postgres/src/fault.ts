/**
 * Decides which errors mean "try again later" and keeps what people typed out of all of them: Postgres and its driver
 * put parameters and rows into their errors, and errors end in logs.
 */
import { ArchiveUnavailable } from '@partyline/core';

/** An error that repeating will not mend: a violated constraint, a wrong password, a bug. */
export class DatabaseFault extends Error {
  override readonly name = 'DatabaseFault';
  /** The SQLSTATE, or `database_fault` where Postgres did not say. */
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

/** SQLSTATE classes: 08 connection, 53 out of resources, 57 operator intervention (shutdown, timeout, crash). */
const PASSING_CLASSES = ['08', '53', '57'];

/**
 * Lock timeout, deadlock, serialisation, read-only (a replica not promoted yet), and the idle and whole-transaction
 * limits.
 */
const PASSING_STATES = ['55P03', '40P01', '40001', '25006', '25P03', '25P04'];

/** What the driver says without a code. */
const DRIVER_TROUBLE =
  /^Connection terminated|^Connection ended|timeout exceeded when trying to connect|^Query read timeout|^timeout expired|not queryable|after calling end on the pool|pool has been destroyed|loose request/i;

/** What the driver says where Postgres asks for a password and the address has none. */
const NO_PASSWORD = /^SASL: .*client password must be a string/;

interface DriverError extends Error {
  code?: unknown;
  severity?: unknown;
  syscall?: unknown;
  errors?: unknown;
}

function isPassing(error: DriverError): boolean {
  const { code } = error;
  if (typeof code === 'string' && 'severity' in error) {
    return PASSING_CLASSES.includes(code.slice(0, 2)) || PASSING_STATES.includes(code);
  }
  // The network's own errors name the system call; an AggregateError is a host name with several addresses, all dead.
  return typeof error.syscall === 'string' || Array.isArray(error.errors) || DRIVER_TROUBLE.test(error.message);
}

export const isReadTimeout = (error: unknown): boolean =>
  error instanceof Error && error.message === 'Query read timeout';

/**
 * The error to throw instead. `doing` names the statement or the step. Errors that are not the database's pass as they
 * are.
 */
export function asFault(error: unknown, doing: string): unknown {
  if (!(error instanceof Error) || error instanceof ArchiveUnavailable || error instanceof DatabaseFault) return error;
  const { code, message } = error as DriverError;
  if (NO_PASSWORD.test(message)) {
    return new DatabaseFault(`${doing}: Postgres asks for a password, and its address has none`, 'database_fault');
  }
  if (isPassing(error)) return new ArchiveUnavailable(`${doing}: ${message || code}`);
  if ('severity' in error || 'query' in error) {
    return new DatabaseFault(`${doing}: ${message}`, typeof code === 'string' ? code : 'database_fault');
  }
  return error;
}
