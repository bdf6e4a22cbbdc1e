/**
 * What a screen shows next: a pure function of what it shows, a message and the instant the message came. A `state`
 * replaces everything; every other message changes its part; what is older changes nothing, and the same view comes back.
 */
import type {
  ErrorData,
  LobbyData,
  PlayerLine,
  ServerData,
  ServerMessage,
  ServerMessageType,
  StateData,
} from '@partyline/protocol';
import { placeOf } from './place.ts';
import type { OwnAnswerView, View } from './view.ts';

/** As many players as a `state` lists; beyond that the totals speak. */
const listedPlayers = 1_000;

/** `now`: monotonic ms. A view is null until the first `state`. */
export function fold(view: View | null, message: ServerMessage, now: number): View | null {
  const place = placeOf(message, view);
  if (place === 'older' || place === 'unproved') return view;
  if (message.type === 'state') return fromState(message.data, view, { ...positionOf(message), now });
  if (view === null) return null;
  if (place === 'aside') return aside(view, message);
  return { ...view, ...changed(view, message, now), ...positionOf(message) };
}

function positionOf({ epoch, seq }: ServerMessage): { epoch: number; seq: number } {
  return { epoch, seq };
}

function fromState(data: StateData, view: View | null, at: { epoch: number; seq: number; now: number }): View {
  const { closes_in_ms, next_in_ms, server_time_ms: _, second_step, extra_time_ms = null, ...shown } = data;
  const isPaused = data.phase === 'paused';
  const isSamePlace = view !== null && view.epoch === at.epoch && view.round === data.round;
  return {
    ...shown,
    epoch: at.epoch,
    seq: at.seq,
    closes_at: closes_in_ms === null || isPaused ? null : at.now + closes_in_ms,
    next_at: next_in_ms === undefined ? null : at.now + next_in_ms,
    paused_with_ms: isPaused ? closes_in_ms : null,
    skipped_round: isSamePlace ? view.skipped_round : null,
    answer: ownAnswer(data, isSamePlace ? view.answer : null),
    podium: data.phase === 'finished' ? data.leaderboard.filter(({ rank, score }) => rank <= 3 && score > 0) : [],
    ended: isSamePlace ? view.ended : null,
    leads: isLeading(data, view),
    extra_time_ms,
    second_step:
      second_step === undefined ? null : { code: second_step.code, changes_at: at.now + second_step.changes_in_ms },
  };
}

/** A new socket takes control, and its first state may be older than that. */
function isLeading({ screen, controller = null }: StateData, before: View | null): boolean {
  return screen === undefined || screen !== before?.screen || controller === null || controller === screen;
}

/** The server's word on the answer counts; where it has none, what this client is still sending stays. */
function ownAnswer({ round, you }: StateData, before: OwnAnswerView | null): OwnAnswerView | null {
  const mine = before?.round === round ? before : null;
  if (you.answer?.round !== round) return mine;
  const choice = you.answer.choice ?? mine?.choice ?? null;
  return { ...(mine?.status === 'accepted' ? mine : {}), round, choice, status: 'accepted' };
}

type Change = { [T in ServerMessageType]?: (view: View, data: ServerData<T>, now: number) => Partial<View> };

const changes: Change = {
  party_initialized: (view, { party_id, game_id, rounds, title }) => ({
    party_id,
    game_id,
    rounds,
    title: title ?? view.title,
  }),
  lobby: (view, data) => lobby(view, data),
  question: (view, { round, rounds, question, choices, closes_in_ms }, now) => ({
    phase: 'question',
    round,
    rounds,
    question,
    choices,
    closes_at: now + closes_in_ms,
    next_at: null,
    paused_with_ms: null,
    answered: 0,
    counts: {},
    reveal: null,
    extra_time_ms: null,
    answer: view.answer?.round === round ? view.answer : null,
    you: { ...view.you, answer: null },
  }),
  answered: (view, { round, answered, players_total = view.players_total, counts = view.counts ?? {} }) =>
    round === view.round ? { answered, players_total, counts } : {},
  scores: (view, { scores }) => scored(view, new Map(scores.map(({ user_id, score }) => [user_id, score]))),
  reveal: (view, { next_in_ms = null, you = view.you, ...reveal }, now) => ({
    phase: 'reveal',
    round: reveal.round,
    reveal,
    counts: reveal.counts,
    answered: reveal.answered,
    leaderboard: reveal.leaderboard,
    ...(reveal.teams === undefined ? {} : { teams: reveal.teams }),
    closes_at: null,
    paused_with_ms: null,
    next_at: next_in_ms === null ? null : now + next_in_ms,
    you,
  }),
  round_skipped: (_view, { round }) => ({ skipped_round: round, closes_at: null, answer: null }),
  extended: (view, { round, closes_in_ms }, now) => (round === view.round ? { closes_at: now + closes_in_ms } : {}),
  paused: (_view, { closes_in_ms }) => ({
    phase: 'paused',
    closes_at: null,
    next_at: null,
    paused_with_ms: closes_in_ms,
  }),
  resumed: (_view, { closes_in_ms }, now) => ({
    phase: closes_in_ms === null ? 'reveal' : 'question',
    closes_at: closes_in_ms === null ? null : now + closes_in_ms,
    paused_with_ms: null,
  }),
  control: (view, { screen }) => ({ controller: screen, leads: screen === view.screen }),
  locked: () => ({ locked: true }),
  unlocked: () => ({ locked: false }),
  player_removed: (view, { user_id }) => ({
    players: view.players.filter((player) => player.user_id !== user_id),
    ...(view.waiting ? { waiting: view.waiting.filter((player) => player.user_id !== user_id) } : {}),
  }),
  finished: (
    view,
    { reason, leaderboard, podium, teams, players_total = view.players_total, results, you = view.you },
  ) => ({
    phase: 'finished',
    ended: reason,
    leaderboard,
    podium,
    ...(teams === undefined ? {} : { teams }),
    players_total,
    results,
    you,
    closes_at: null,
    next_at: null,
    paused_with_ms: null,
  }),
  saved: () => ({ results: 'saved' }),
};

function changed(view: View, message: ServerMessage, now: number): Partial<View> {
  const change = changes[message.type] as ((view: View, data: unknown, now: number) => Partial<View>) | undefined;
  return change?.(view, message.data, now) ?? {};
}

function lobby(view: View, { joined, left, players_total, waiting_total, connected }: LobbyData): Partial<View> {
  const gone = new Set(left);
  const known = new Set(view.players.map(({ user_id }) => user_id));
  const score = view.settings.leaderboard === 'each_round' ? 0 : null;
  const newcomers = joined
    .filter(({ user_id }) => !known.has(user_id))
    .map((player): PlayerLine => ({ ...player, score }));
  const waiting = view.waiting?.filter(({ user_id }) => !joined.some((player) => player.user_id === user_id));
  return {
    players: [...view.players, ...newcomers].filter(({ user_id }) => !gone.has(user_id)).slice(0, listedPlayers),
    players_total,
    ...(waiting === undefined ? {} : { waiting }),
    ...(waiting_total === undefined ? {} : { waiting_total }),
    ...(connected === undefined ? {} : { connected }),
  };
}

function scored(view: View, scores: ReadonlyMap<string, number>): Partial<View> {
  const { you } = view;
  return {
    players: view.players.map((player) => ({ ...player, score: scores.get(player.user_id) ?? player.score })),
    you: { ...you, score: scores.get(you.user_id ?? '') ?? you.score },
  };
}

/** Replies change nothing but the sender's own part; which of them answer an answer is the outbox's to know. */
function aside(view: View, message: ServerMessage): View {
  if (message.type !== 'ack') return view;
  const { score = view.you.score, streak = view.you.streak } = message.data;
  if (score === view.you.score && streak === view.you.streak) return view;
  return { ...view, you: { ...view.you, score, streak } };
}

/** What this client knows of its own answer before and beside the server. */
export function foldAnswer(view: View | null, answer: OwnAnswerView): View | null {
  if (view === null || view.round !== answer.round) return view;
  const { round, choice, status } = answer;
  return { ...view, answer, you: status === 'accepted' ? { ...view.you, answer: { round, choice } } : view.you };
}

/** A refusal as it shows on the answer: a duplicate names the answer that counts instead. */
export function refusedAnswer(
  sent: { round: number; choice: OwnAnswerView['choice'] },
  { code, answer }: ErrorData,
): OwnAnswerView {
  if (answer !== undefined) return { round: answer.round, choice: answer.choice, status: 'accepted' };
  return { ...sent, status: 'refused', code };
}
