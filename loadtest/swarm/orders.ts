/** What the coordinator and its generators say to each other. */
import type { DialectName } from './dialect.ts';

export interface Group {
  party_id: string;
  /** Where its players join by HTTP; null: nobody joins (spectators, or a server that asks for no token). */
  join: { path: string; body: 'room' | 'quick' } | null;
  players: number;
  /** Number of its first player, so that names differ between generators. */
  first: number;
}

export type Order =
  | { type: 'join'; ports: number[]; groups: Group[] }
  | {
      type: 'connect';
      dialect: DialectName;
      ports: number[];
      /** At most so many handshakes at a time. */
      at_once: number;
    }
  /** How answers are spread after a question: evenly over so many ms; null: nobody answers. */
  | { type: 'answer'; spread_ms: number | null }
  /** Players whose socket was closed come back after up to `within_ms`. */
  | { type: 'return'; within_ms: number | null }
  | { type: 'drop'; share: number }
  | { type: 'stall'; share: number }
  | { type: 'collect' };

/** Since the generator was started. */
export interface Counts {
  joined: number;
  refused: number;
  open: number;
  opened: number;
  failed: number;
  closed: number;
  states: number;
  questions: number;
  answered: number;
  acks: number;
  errors: number;
  reveals: number;
  finished: number;
  broadcasts: number;
  /** Sockets that were cut without a word between the handshake and the first state; they were dialled again. */
  cut: number;
}

/** Close codes and error codes seen, by count. */
export type Codes = Record<string, number>;

export interface Collected {
  /** From the question's opening by the server's clock to its arrival. */
  delivery: Float64Array;
  /** From the first arrival of a question in this generator to each. */
  skew: Float64Array;
  ack: Float64Array;
  /** From the drop of a socket to its next state. */
  recovery: Float64Array;
  /** When the first answer was sent and the last acknowledged, epoch ms. */
  first_answer_at: number;
  last_ack_at: number;
  closes: Codes;
  error_codes: Codes;
}

export type Report =
  | { type: 'counts'; counts: Counts; closes: Codes; errors: Codes }
  | { type: 'done'; of: Order['type']; ms: number }
  | { type: 'collected'; collected: Collected }
  | { type: 'failed'; message: string };
