/** A message of a socket: rate limit, parse, authorise, then one of three ways: an answer, a host command, a sync. */
import { type AuditTrail, type HostAction, replyAddress } from '@partyline/core';
import { type ClientMessage, closeCodes, parseClientMessage } from '@partyline/protocol';
import { type AnswerPorts, acceptAnswer } from './accept-answer.ts';
import { commandingName } from './caller.ts';
import type { LocalParty } from './local-party.ts';
import { sendError, unknownOutcome } from './refusal.ts';
import type { Session } from './session.ts';

/** So many refused messages in a row are a flood; the socket is closed. */
const flood = 200;

export interface ReceivePorts extends AnswerPorts {
  party: LocalParty;
  audit: AuditTrail;
}

export function receive(session: Session, text: string, ports: ReceivePorts): void {
  const now = ports.clock.monotonic();
  if (!session.bucket.take(now)) return refuseFlood(session, text, ports);
  session.refused = 0;
  const parsed = parseClientMessage(text);
  if (!parsed.ok) return sendError(session, { id: parsed.id, code: 'invalid', detail: parsed.detail }, ports);
  const { message } = parsed;
  if (message.type === 'sync') return ports.party.resume(session, 'sync');
  if (message.type === 'answer') return void acceptAnswer(session, message, ports);
  return void command(session, message, ports);
}

function refuseFlood(session: Session, text: string, ports: ReceivePorts): void {
  session.refused += 1;
  ports.metrics.rateLimited('message');
  if (session.refused >= flood) return session.socket.close(closeCodes.flooded.code, 'flooded');
  // The first refusal is told; answering each of a flood would double it.
  if (session.refused > 1 && session.refused % 20 !== 0) return;
  const parsed = parseClientMessage(text);
  const id = parsed.ok ? parsed.message.id : parsed.id;
  sendError(
    session,
    { id, code: 'rate_limited', detail: 'too many messages: slow down', retry_after_ms: 1_000 },
    ports,
  );
}

type CommandMessage = Exclude<ClientMessage, { type: 'answer' | 'sync' }>;

async function command(session: Session, message: CommandMessage, ports: ReceivePorts): Promise<void> {
  const { id } = message;
  if (!session.caller.may_command) {
    overreach(session, message, ports);
    return sendError(session, { id, code: 'not_allowed', detail: 'only the host may do this' }, ports);
  }
  audit(session, message, ports);
  const { party_id } = session.caller;
  ports.log.debug({ party_id, session_id: session.id, command: message.type, command_id: id }, 'a host command');
  const by = commandingName(session.caller);
  ports.party.expectReply(replyAddress(by, id), session, ports.clock.monotonic());
  try {
    const queued = await ports.desk.submit(party_id, {
      id,
      by,
      session: session.id,
      action: actionOf(message),
    });
    if (queued === 'no_party') sendError(session, { id, code: 'not_allowed', detail: 'the party is over' }, ports);
    else ports.metrics.command(message.type);
  } catch (error) {
    sendError(session, unknownOutcome(id, error, ports), ports);
  }
}

/** The audit knows who; the log does not, since user ids of quick parties may be names. */
function overreach(session: Session, message: CommandMessage, ports: ReceivePorts): void {
  if (session.overreached.has(message.type)) return;
  session.overreached.add(message.type);
  audit(session, message, ports);
  const { party_id } = session.caller;
  ports.log.warn({ party_id, command: message.type }, 'a host command without the right to it');
}

/** What was tried in whose name. Beside the way: an archive that is away holds up no command. */
function audit({ caller }: Session, message: CommandMessage, ports: ReceivePorts): void {
  const { party_id, user_id } = caller;
  const subject =
    'data' in message && message.data !== undefined && 'user_id' in message.data ? message.data.user_id : null;
  const action = caller.may_command ? message.type : `refused:${message.type}`;
  ports.audit
    .record({ at: Math.round(ports.clock.now()), actor: user_id ?? 'host', action, party_id, subject })
    .catch((error: unknown) => ports.log.warn({ party_id, action, err: error }, 'a host command is not in the audit'));
}

function actionOf(message: CommandMessage): HostAction {
  switch (message.type) {
    case 'extend':
      return { type: 'extend', seconds: message.data.seconds };
    case 'kick':
    case 'ban':
    case 'approve':
      return { type: message.type, user_id: message.data.user_id };
    default:
      return { type: message.type };
  }
}
