/** An answer from its socket to its ack: form, right, one batched script, reply. Which choice is right is not looked at. */
import {
  type Answer,
  type AnswerDraft,
  type AnswerVerdict,
  type Clock,
  type PartyDesk,
  readChoice,
  type Snapshot,
  type StoreHealth,
} from '@partyline/core';
import { type ClientMessage, encodeFrame, type ServerData } from '@partyline/protocol';
import type { AnswerBatches } from './answer-batch.ts';
import { type InstantResult, instantResult } from './instant-result.ts';
import type { LocalParty } from './local-party.ts';
import type { GatewayMetrics, Log } from './observe.ts';
import { sendError, unknownOutcome } from './refusal.ts';
import type { Session } from './session.ts';

/** Just after an outage of ours the leader may not have given the time back yet: late is then not final. */
const doubtAfterOutageMs = 3_000;

export interface AnswerPorts {
  party: LocalParty;
  batches: AnswerBatches;
  desk: PartyDesk;
  clock: Clock;
  health: StoreHealth;
  metrics: GatewayMetrics;
  log: Log;
}

type AnswerMessage = Extract<ClientMessage, { type: 'answer' }>;

export async function acceptAnswer(session: Session, message: AnswerMessage, ports: AnswerPorts): Promise<void> {
  const receivedAt = ports.clock.monotonic();
  const settled = await settle(session, message, ports);
  ports.metrics.answered(settled.result, ports.clock.monotonic() - receivedAt);
  if (settled.error !== null) return sendError(session, settled.error, ports);
  session.socket.send(encodeFrame('ack', session, settled.ack));
  session.sent_at = ports.clock.monotonic();
}

type Settled =
  | { result: string; error: ServerData<'error'>; ack: null }
  | { result: 'accepted' | 'stored'; error: null; ack: ServerData<'ack'> };

async function settle(session: Session, message: AnswerMessage, ports: AnswerPorts): Promise<Settled> {
  const { id, data } = message;
  const { user_id } = session.caller;
  if (user_id === null) return refused({ id, code: 'not_allowed', detail: 'only players answer' });
  if (session.status === 'waiting')
    return refused({ id, code: 'not_allowed', detail: 'the host has not let you in yet' });
  try {
    const snapshot = await ports.party.snapshot();
    if (snapshot === null) return refused({ id, code: 'not_allowed', detail: 'the party is over' });
    const draft = draftOf(session, user_id, message, snapshot);
    if ('detail' in draft) return refused({ id, code: 'invalid', detail: draft.detail });
    const verdict = await ports.batches.add(data.round, draft);
    return settledBy(verdict, { session, message, snapshot, user_id, ports });
  } catch (error) {
    return refused(unknownOutcome(id, error, ports));
  }
}

/** For a round that is not open the form cannot be judged, and need not be: only a stored answer will be found. */
function draftOf(
  session: Session,
  user_id: string,
  { id, data }: AnswerMessage,
  { gate }: Snapshot,
): AnswerDraft | { detail: string } {
  if (gate === null || gate.round !== data.round) return { user_id, id, choice: data.choice, tally: null, extra_ms: 0 };
  const read = readChoice(gate, data.choice);
  if (!read.ok) return { detail: read.detail };
  const extra_ms = Math.round((gate.time_limit_ms * session.extra_time_percent) / 100);
  return { user_id, id, choice: gate.anonymous ? null : read.choice, tally: read.tally, extra_ms };
}

function settledBy(
  verdict: AnswerVerdict,
  at: { session: Session; message: AnswerMessage; snapshot: Snapshot; user_id: string; ports: AnswerPorts },
): Settled {
  const { id, data } = at.message;
  const { round } = data;
  switch (verdict.verdict) {
    case 'accepted':
    case 'stored': {
      at.ports.party.answered(at.user_id, round);
      if (verdict.verdict === 'stored' && verdict.id !== id) {
        const answer = { round, choice: verdict.choice };
        return refused({ id, code: 'duplicate', detail: 'you have already answered this round', answer });
      }
      const choice = verdict.verdict === 'stored' ? verdict.choice : data.choice;
      const answer: Answer = { user_id: at.user_id, id, choice, elapsed_ms: verdict.elapsed_ms };
      if (at.session.you !== null)
        at.session.you.answer = { round, choice: at.snapshot.gate?.anonymous ? null : choice };
      const told = toldAtOnce(at.session, at.snapshot, { round, answer, party: at.ports.party });
      return { result: verdict.verdict, error: null, ack: { id, round, status: 'accepted', ...told } };
    }
    case 'late':
      return wasOutage(at.ports)
        ? refused({ id, code: 'retry', detail: 'the clock is being put right: send it again', retry_after_ms: 250 })
        : refused({ id, code: 'late', detail: 'the round had closed' });
    case 'paused':
      // Counted by its own name: it is the host's wish, and no fault of ours.
      return {
        ...refused({ id, code: 'retry', detail: 'the game is paused: send it again', retry_after_ms: 1_000 }),
        result: 'paused',
      };
    case 'wrong_round':
      return refused({ id, code: 'wrong_round', detail: 'this round is not being played' });
    case 'unjudged':
      return refused({ id, code: 'retry', detail: 'the round has just opened: send it again', retry_after_ms: 250 });
    case 'no_party':
      return refused({ id, code: 'not_allowed', detail: 'the party is over' });
  }
}

/** `feedback: instant`: the ack tells right or wrong. Otherwise nothing is added: the bytes are the same either way. */
function toldAtOnce(
  session: Session,
  snapshot: Snapshot,
  { round, answer, party }: { round: number; answer: Answer; party: LocalParty },
): Partial<InstantResult> {
  const question = snapshot.gate?.round === round ? party.instantQuestion(snapshot) : null;
  if (question === null) return {};
  const { extra_time_percent, you } = session;
  const at = { answer, you: you ?? { score: 0, streak: 0 }, settings: snapshot.door.settings, extra_time_percent };
  return instantResult(question, at) ?? {};
}

function wasOutage({ health, clock }: AnswerPorts): boolean {
  const outage = health.lastOutage();
  return outage !== null && clock.now() - outage.to < doubtAfterOutageMs;
}

function refused(error: ServerData<'error'>): Extract<Settled, { ack: null }> {
  return { result: error.code, error, ack: null };
}
