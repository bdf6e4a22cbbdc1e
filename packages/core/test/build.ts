/** Parties, questions, players and answers as tests want them: valid by default, the one thing that matters named. */
import type { Answer, Choice } from '../src/answer.ts';
import type { Command, HostAction } from '../src/command.ts';
import { decide } from '../src/decide.ts';
import type { Decision } from '../src/decision.ts';
import type { PartyEvent } from '../src/event.ts';
import { evolve } from '../src/evolve.ts';
import { openParty } from '../src/open-party.ts';
import type { Party } from '../src/party.ts';
import type { Player } from '../src/player.ts';
import type { AnswerKey, Question, QuestionKind, Quiz } from '../src/question.ts';
import { quickPartyDefaults, roomDefaults, type Settings } from '../src/settings.ts';

export const questionKinds = [
  'single',
  'multiple',
  'true_false',
  'text',
  'number',
  'order',
  'poll',
  'rating',
  'word_cloud',
] as const satisfies QuestionKind[];

const keys: Record<QuestionKind, AnswerKey> = {
  single: { kind: 'choices', correct: ['b'] },
  multiple: { kind: 'choices', correct: ['a', 'c'] },
  true_false: { kind: 'choices', correct: ['a'] },
  text: { kind: 'text', accepted: [{ text: 'Paris' }] },
  number: { kind: 'number', answer: 42, tolerance: 2 },
  order: { kind: 'order', order: ['c', 'a', 'd', 'b'] },
  poll: { kind: 'none' },
  rating: { kind: 'none' },
  word_cloud: { kind: 'none' },
};

const choiceCounts: Partial<Record<QuestionKind, number>> = {
  single: 4,
  multiple: 4,
  true_false: 2,
  order: 4,
  poll: 3,
};

/** P = 1000, T = 30 s. */
export function question(kind: QuestionKind = 'single', over: Partial<Question> = {}): Question {
  const ids = ['a', 'b', 'c', 'd'].slice(0, choiceCounts[kind] ?? 0);
  return {
    id: `q-${kind}`,
    kind,
    prompt: `A ${kind} question?`,
    category: 'General',
    time_limit_ms: 30_000,
    points: 1000,
    choices: ids.map((id) => ({ id, text: `choice ${id}` })),
    key: keys[kind],
    ...over,
  };
}

export function quiz(questions: Question[]): Quiz {
  return { quiz_id: 'quiz-1', title: 'A quiz', questions };
}

export function player(user_id: string, over: Partial<Player> = {}): Player {
  return {
    user_id,
    nickname: `Nick ${user_id}`,
    joined_at: 0,
    status: 'playing',
    team: null,
    extra_time_percent: 0,
    ...over,
  };
}

export function playersById(players: Player[]): Map<string, Player> {
  return new Map(players.map((one) => [one.user_id, one]));
}

export function answer(user_id: string, choice: Choice | null, elapsed_ms = 2_000): Answer {
  return { user_id, id: `m-${user_id}`, choice, elapsed_ms };
}

export function answersById(answers: Answer[]): Map<string, Answer> {
  return new Map(answers.map((one) => [one.user_id, one]));
}

export function settings(kind: Party['kind'], over: Partial<Settings> = {}): Settings {
  return { ...(kind === 'quick' ? quickPartyDefaults : roomDefaults), ...over };
}

/** Sent by the host from its one screen, unless said otherwise. */
export function hostCommand(
  id: string,
  action: HostAction,
  from: { by?: string; session?: string } = {},
): Extract<Command, { type: 'host' }> {
  return { type: 'host', command: { id, by: 'host', session: 'screen-1', action, ...from } };
}

/** A party played by hand: commands in, events folded, time owned by the test. */
export interface Game {
  readonly party: Party;
  readonly quiz: Quiz;
  readonly players: ReadonlyMap<string, Player>;
  now: number;
  /** Everything that has happened. */
  readonly events: PartyEvent[];
  tell(command: Command): Decision;
  /** A command of the host under a new message id. */
  host(action: HostAction): Decision;
  /** Lets time go by, then ticks. */
  pass(ms: number): Decision;
  /** Reports the closing round as scored. */
  score(ranking?: Extract<Command, { type: 'scored' }>['ranking']): Decision;
}

export interface GameOptions {
  kind?: Party['kind'];
  settings?: Partial<Settings>;
  questions?: Question[];
  players?: Player[];
}

export const openedAt = 1_700_000_000_000;

/** A room of three single-choice questions with two players, in its lobby. */
export function game(options: GameOptions = {}): Game {
  const { kind = 'room', questions = [question(), question(), question()] } = options;
  const ofQuiz = deepFreeze(quiz(questions));
  let players: ReadonlyMap<string, Player> = playersById(options.players ?? [player('ann'), player('bob')]);
  let ids = 0;
  let party = openParty({
    party_id: 'party-1',
    game_id: 'game-1',
    room_code: '123456',
    kind,
    title: 'A party',
    owner_id: kind === 'quick' ? 'ann' : 'host-key-1',
    created_at: openedAt,
    settings: settings(kind, options.settings),
    rounds: questions.length,
    players_total: [...players.values()].filter((one) => one.status === 'playing').length,
  });
  party = deepFreeze({ ...party, waiting_total: players.size - party.players_total });

  const self: Game = {
    get party() {
      return party;
    },
    get players() {
      return players;
    },
    quiz: ofQuiz,
    now: openedAt,
    events: [],
    tell(command) {
      const decision = deepFreeze(decide(party, deepFreeze(command), { now: self.now, quiz: ofQuiz, players }));
      for (const event of decision.events) {
        party = deepFreeze(evolve(party, event));
        players = playersAfter(players, event);
        self.events.push(event);
      }
      // As the leader does with every turn that it commits.
      if (decision.events.length > 0) party = deepFreeze({ ...party, turned_at: self.now });
      return decision;
    },
    host(action) {
      ids += 1;
      return self.tell(hostCommand(`host-${ids}`, action));
    },
    pass(ms) {
      self.now += ms;
      return self.tell({ type: 'tick' });
    },
    score(ranking = { leaderboard: [], teams: [] }) {
      const round = party.current_round;
      const reveal = { round, correct: ['b'], counts: {}, answered: 0, explanation: null };
      return self.tell({ type: 'scored', round, reveal, ranking });
    },
  };
  return self;
}

/** Copied on a change only: most facts touch nobody. */
export function playersAfter(players: ReadonlyMap<string, Player>, event: PartyEvent): ReadonlyMap<string, Player> {
  switch (event.type) {
    case 'lobby_changed':
      return playersById([...players.values(), ...event.joined]);
    case 'player_approved':
      return playersById([...players.values(), event.player]);
    case 'player_removed':
      return playersById([...players.values()].filter(({ user_id }) => user_id !== event.user_id));
    default:
      return players;
  }
}

/** The names of events, for comparing what has happened. */
export function names(decision: Decision): string[] {
  return decision.events.map((event) => event.type);
}

/** Of a party in that phase, or the test fails. */
export function phaseOf<N extends Party['phase']['name']>(party: Party, name: N): Extract<Party['phase'], { name: N }> {
  const { phase } = party;
  if (phase.name !== name) throw new Error(`expected phase ${name}, found ${phase.name}`);
  return phase as Extract<Party['phase'], { name: N }>;
}

/** Frozen all the way down, so that a rule which changes its input throws. What is frozen already is not walked again. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) deepFreeze(part);
  return value;
}
