/** A message that is not accepted, as its sender is told. */
import { type Clock, StoreUnavailable } from '@partyline/core';
import { encodeFrame, type ServerData, type WsErrorCode } from '@partyline/protocol';
import type { Log } from './observe.ts';
import type { Session } from './session.ts';

/** The store could not be asked, or its answer was lost: the sender repeats the message, which counts once. */
export function unknownOutcome(
  id: string,
  error: unknown,
  { log, party }: { log: Log; party: { party_id: string } },
): ServerData<'error'> & { code: WsErrorCode } {
  const { party_id } = party;
  if (!(error instanceof StoreUnavailable)) log.error({ party_id, err: error }, 'a message could not be handled');
  return { id, code: 'retry', detail: 'not known yet whether this took effect: send it again', retry_after_ms: 250 };
}

export function sendError(session: Session, data: ServerData<'error'>, { clock }: { clock: Clock }): void {
  session.socket.send(encodeFrame('error', session, data));
  session.sent_at = clock.monotonic();
}
