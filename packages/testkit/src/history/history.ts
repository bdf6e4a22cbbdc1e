/** What every client of a run sent, was told and saw, in the order of one monotonic clock: what the invariants are checked against. */
import type { ClientMessage, ServerMessage } from '@partyline/protocol';

export interface Sent {
  client: string;
  user_id: string | null;
  /** Monotonic ms. */
  at: number;
  message: ClientMessage;
}

export interface Received {
  client: string;
  user_id: string | null;
  /** Which of the client's sockets, counted from 1: nothing is promised about order between two of them. */
  socket: number;
  at: number;
  message: ServerMessage;
}

export interface History {
  sent: Sent[];
  received: Received[];
}

export function createHistory(): History {
  return { sent: [], received: [] };
}

/** Answers a client was told are accepted: by whom, in which round, with which choice. */
export interface AckedAnswer {
  user_id: string;
  round: number;
  id: string;
  choice: unknown;
}

export function ackedAnswers({ sent, received }: History): AckedAnswer[] {
  const answers = new Map<string, AckedAnswer>();
  for (const { user_id, message } of sent) {
    if (message.type !== 'answer' || user_id === null) continue;
    const { id, data } = message;
    answers.set(`${user_id} ${id}`, { user_id, round: data.round, id, choice: data.choice });
  }
  const acked = new Map<string, AckedAnswer>();
  for (const { user_id, message } of received) {
    if (message.type !== 'ack') continue;
    const answer = answers.get(`${user_id} ${message.data.id}`);
    if (answer !== undefined) acked.set(`${user_id} ${answer.id}`, answer);
  }
  return [...acked.values()];
}
