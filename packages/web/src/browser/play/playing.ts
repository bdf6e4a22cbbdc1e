/** Everything a player's screen is drawn from, and which screen that is. Pure. */
import type { CloseReason, QuestionKind } from '@partyline/protocol';
import type { OwnAnswerView, View } from '../party-client.ts';

export type Link =
  | { state: 'connecting' }
  | { state: 'live' }
  /** Lost, and being opened again by itself. */
  | { state: 'reconnecting' }
  /** Closed for good; null where nobody said why. */
  | { state: 'ended'; reason: CloseReason | null };

export interface Playing {
  view: View | null;
  link: Link;
}

/** The ends by which a seat is taken away: by the host, or with the store. */
export const takenBy: ReadonlySet<CloseReason | null> = new Set<CloseReason>(['removed', 'banned', 'seat_lost']);

export type PlayScreen = 'connecting' | 'ended' | 'waiting' | 'lobby' | 'question' | 'reveal' | 'paused' | 'finished';

/** A podium stays on the screen when the server closes its socket; anything else gives way to the reason of the end. */
export function playScreen({ view, link }: Playing): PlayScreen {
  if (link.state === 'ended') return view?.phase === 'finished' && !takenBy.has(link.reason) ? 'finished' : 'ended';
  if (view === null) return 'connecting';
  if (view.phase === 'finished') return 'finished';
  if (view.you.status === 'waiting') return 'waiting';
  if (view.phase === 'question') return view.question === null ? 'connecting' : 'question';
  if (view.phase === 'reveal') return view.reveal === null ? 'connecting' : 'reveal';
  return view.phase;
}

const unscored: ReadonlySet<QuestionKind> = new Set(['poll', 'rating', 'word_cloud']);

export function isScoredKind(kind: QuestionKind): boolean {
  return !unscored.has(kind);
}

/** One's own answer to the round that is on the screen. */
export function ownAnswer({ answer, round }: Pick<View, 'answer' | 'round'>): OwnAnswerView | null {
  return answer?.round === round ? answer : null;
}

const mendable: ReadonlySet<string> = new Set(['invalid', 'rate_limited', 'retry']);

/** Whether an answer may still be sent: none is on its way or counted. */
export function mayAnswer(view: Pick<View, 'answer' | 'round'>): boolean {
  const own = ownAnswer(view);
  return own === null || (own.status === 'refused' && mendable.has(own.code ?? ''));
}

export type Verdict = 'right' | 'partly' | 'wrong' | 'missed' | 'counted' | 'not_counted';

/** How one's own round went. Where nothing is right or wrong there is only whether a vote was cast. */
export function verdict(view: Pick<View, 'answer' | 'round' | 'question' | 'you'>): Verdict {
  const { question, round, you } = view;
  const own = ownAnswer(view);
  if (question !== null && !isScoredKind(question.kind)) {
    return own !== null && own.status !== 'refused' ? 'counted' : 'not_counted';
  }
  if (you.last === null || you.last.round !== round || you.last.correct === null) return 'missed';
  if (you.last.correct) return 'right';
  return you.last.points > 0 ? 'partly' : 'wrong';
}
