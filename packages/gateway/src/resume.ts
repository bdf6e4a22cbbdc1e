/** What one receiver is sent so that its screen is right whatever it missed: the shared view, and its own place in it. */
import type { Clock, PartyDesk, Question, Seat, Snapshot } from '@partyline/core';
import { spliceState, type You } from '@partyline/protocol';
import { closesIn } from './closes-in.ts';
import { instantResult } from './instant-result.ts';
import type { SecondStep } from './second-step.ts';
import type { Session } from './session.ts';
import { waitingView } from './waiting-view.ts';
import { you } from './you.ts';

const seatsAtOnce = 500;

export interface StateFrame {
  text: string;
  has_answered: boolean;
  seat: Pick<Session, 'status' | 'extra_time_percent' | 'you'>;
}

/** A state for each session. A player without a seat any more (kicked, banned) gets none, one in the waiting room sees no game. */
export async function stateFrames(
  snapshot: Snapshot,
  sessions: Session[],
  ports: {
    desk: PartyDesk;
    clock: Clock;
    secondStep: SecondStep;
    /** The open question with its key, where this party tells at once. */
    instant: Question | null;
  },
): Promise<Map<Session, StateFrame>> {
  const user_ids = [...new Set(sessions.flatMap(({ caller }) => (caller.user_id === null ? [] : [caller.user_id])))];
  const rounds = roundsOf(snapshot);
  const seats = await seatsOf(ports.desk, snapshot.party_id, user_ids, rounds);
  const frames = new Map<Session, StateFrame>();
  const server_time_ms = Math.round(ports.clock.now());
  let forWaiting: string | null = null;
  for (const session of sessions) {
    const { caller } = session;
    const seat = caller.user_id === null ? null : (seats.get(caller.user_id) ?? null);
    if (caller.user_id !== null && seat?.player == null) continue;
    const extra_time_percent = seat?.player?.extra_time_percent ?? 0;
    const place = placeOf(session, seat, snapshot);
    const running = ports.instant === null ? null : runningResult(ports.instant, { seat, place, snapshot });
    const isWaiting = seat?.player?.status === 'waiting';
    if (isWaiting) forWaiting ??= waitingView(snapshot.view);
    const view = caller.may_command ? snapshot.host_view : isWaiting ? (forWaiting ?? '{}') : snapshot.view;
    const text = spliceState(view, snapshot, {
      closes_in_ms: isWaiting ? null : closesIn(snapshot, server_time_ms, extra_time_percent),
      server_time_ms,
      ...nextIn(snapshot, server_time_ms),
      you: { ...place, ...running },
      ...(caller.may_command ? { screen: session.id } : {}),
      ...(caller.may_command && snapshot.door.settings.second_step
        ? { second_step: ports.secondStep.shown(snapshot.party_id, ports.clock.now()) }
        : {}),
    });
    frames.set(session, {
      text,
      has_answered: seat?.answer != null && snapshot.phase === 'question',
      seat: {
        status: seat?.player?.status ?? 'playing',
        extra_time_percent,
        you: place,
      },
    });
  }
  return frames;
}

function placeOf({ caller }: Session, seat: Seat | null, snapshot: Snapshot): ReturnType<typeof you> {
  const rounds = roundsOf(snapshot);
  return you({
    caller,
    seat,
    scored_round: rounds.standings_round,
    shown_round: rounds.answers_round,
    settings: snapshot.door.settings,
    is_finished: snapshot.phase === 'finished',
  });
}

/** The account with the running round in it, which `place` leaves out: the next ack counts from there. */
function runningResult(
  question: Question,
  { seat, place, snapshot }: { seat: Seat | null; place: You; snapshot: Snapshot },
): Pick<You, 'score' | 'streak'> | null {
  if (seat?.player == null || seat.answer == null) return null;
  const { user_id, extra_time_percent } = seat.player;
  const { settings } = snapshot.door;
  const at = { answer: { ...seat.answer, user_id }, you: place, settings, extra_time_percent };
  const result = instantResult(question, at);
  return result === null ? null : { score: result.score, streak: result.streak };
}

/** While a question runs the last standings are those of the round before; afterwards its own. Its answer stays to be seen. */
function roundsOf({ door, round, phase }: Snapshot): { standings_round: number; answers_round: number } {
  const isOnScreen = phase !== 'lobby' && phase !== 'finished';
  return { standings_round: door.scored_round, answers_round: isOnScreen ? round : 0 };
}

function nextIn({ door: { next_at } }: Snapshot, now: number): { next_in_ms?: number } {
  return next_at === undefined ? {} : { next_in_ms: Math.max(0, Math.round(next_at - now)) };
}

async function seatsOf(
  desk: PartyDesk,
  party_id: string,
  user_ids: string[],
  rounds: { standings_round: number; answers_round: number },
): Promise<Map<string, Seat>> {
  const seats = new Map<string, Seat>();
  for (let from = 0; from < user_ids.length; from += seatsAtOnce) {
    const some = user_ids.slice(from, from + seatsAtOnce);
    const found = await desk.seats(party_id, some, rounds);
    some.forEach((user_id, index) => {
      const seat = found[index];
      if (seat !== undefined) seats.set(user_id, seat);
    });
  }
  return seats;
}
