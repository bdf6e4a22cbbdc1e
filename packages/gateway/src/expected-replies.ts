/** Which sessions of this node wait for the reply to a command, by its address, and since when. */
import type { Session } from './session.ts';

/** So many stay expected at most; the client asks again long before. */
const kept = 256;

export interface ExpectedReplies {
  /** `received_at`: monotonic ms of the command. Asked again, it has still waited since it asked first. */
  expect(address: string, session: Session, received_at: number): void;
  /** Who waits for it, and since when; nobody does any more. */
  take(address: string): ReadonlyMap<Session, number>;
}

export function createExpectedReplies(): ExpectedReplies {
  const expected = new Map<string, Map<Session, number>>();
  return {
    expect(address, session, received_at) {
      const waiting = expected.get(address) ?? new Map<Session, number>();
      if (!waiting.has(session)) waiting.set(session, received_at);
      expected.set(address, waiting);
      const oldest = expected.keys().next();
      if (expected.size > kept && !oldest.done) expected.delete(oldest.value);
    },
    take(address) {
      const waiting = expected.get(address) ?? new Map<Session, number>();
      expected.delete(address);
      return waiting;
    },
  };
}
