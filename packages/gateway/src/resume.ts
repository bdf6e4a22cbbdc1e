/** What one receiver is sent so that its screen is right whatever it missed: the shared view, and its own place in it. */
import type { Clock, PartyDesk, Seat, Snapshot } from '@partyline/core';
import { spliceState } from '@partyline/protocol';
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
  ports: { desk: PartyDesk; clock: Clock; secondStep: SecondStep },
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
    const isWaiting = seat?.player?.status === 'waiting';
    if (isWaiting) forWaiting ??= waitingView(snapshot.view);
    const view = caller.may_command ? snapshot.host_view : isWaiting ? (forWaiting ?? '{}') : snapshot.view;
    const text = spliceState(view, snapshot, {
      closes_in_ms: isWaiting ? null : closesIn(snapshot, server_time_ms, extra_time_percent),
      server_time_ms,
      you: place,
      ...(caller.may_command && snapshot.door.settings.second_step
        ? { second_step: ports.secondStep.shown(snapshot.party_id, ports.clock.now()) }
        : {}),
    });
    frames.set(session, {
      text,
      has_answered: seat?.answer != null,
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
    open_round: rounds.answers_round,
    settings: snapshot.door.settings,
    is_finished: snapshot.phase === 'finished',
  });
}

/** While a question runs the last standings are those of the round before; afterwards its own. */
function roundsOf({ door, round, phase }: Snapshot): { standings_round: number; answers_round: number } {
  const { scored_round } = door;
  const hasOpenQuestion = phase !== 'lobby' && phase !== 'finished' && scored_round < round;
  return { standings_round: scored_round, answers_round: hasOpenQuestion ? round : 0 };
}

function closesIn(snapshot: Snapshot, now: number, extra_time_percent: number): number | null {
  if (snapshot.phase !== 'question' || snapshot.closes_at === 0) return null;
  const extra = ((snapshot.gate?.time_limit_ms ?? 0) * extra_time_percent) / 100;
  return Math.max(0, Math.round(snapshot.closes_at + extra - now));
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
