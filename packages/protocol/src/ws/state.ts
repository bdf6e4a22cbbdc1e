/** `state`: the whole party as one receiver may see it. Its shared part is encoded once and is the same for an audience. */
import Type from 'typebox';
import { LeaderboardLine, PlayerLine, TeamLine, WaitingPlayer } from '../vocabulary/leaderboard-line.ts';
import { list, open, orNull, shown, tally, whole, word } from '../vocabulary/primitive.ts';
import { ShownSettings } from '../vocabulary/settings.ts';
import { RoundReveal, ShownQuestion, shownChoices } from '../vocabulary/shown-question.ts';
import { You } from './you.ts';

/** A question whose time is up and which is being scored is still shown as `question`. */
export const phases = ['lobby', 'question', 'reveal', 'paused', 'finished'] as const;

const sharedFields = {
  party_id: shown(36),
  game_id: shown(36),
  room_code: shown(12),
  kind: word(['quick', 'room']),
  title: shown(200),
  phase: word(phases),
  round: whole(1, undefined, { description: 'The round being played or last played; 1 from the start.' }),
  rounds: whole(0),
  locked: Type.Boolean(),
  settings: ShownSettings,
  players_total: whole(0),
  players: list(PlayerLine, 1_000, { description: 'Not everybody in a large party; `players_total` is always true.' }),
  connected: Type.Optional(whole(0)),
  question: orNull(ShownQuestion),
  choices: shownChoices,
  answered: whole(0, undefined, { description: 'How many have answered the running question, as last told.' }),
  counts: Type.Optional(tally({ description: 'Live votes, where the settings show them.' })),
  reveal: orNull(RoundReveal, { description: 'The last reveal while it is on the screens.' }),
  leaderboard: list(LeaderboardLine, 100, { description: 'Empty where the settings hide it.' }),
  teams: Type.Optional(list(TeamLine, 50)),
  results: Type.Optional(word(['pending', 'saved'], { description: 'Once finished.' })),
  waiting: Type.Optional(list(WaitingPlayer, 1_000, { description: 'The waiting room. Host only.' })),
  waiting_total: Type.Optional(whole(0)),
  controller: Type.Optional(
    orNull(shown(64), {
      description: "The `screen` whose commands are heard; null: every one of the host's. Host only.",
    }),
  ),
  extra_time_ms: Type.Optional(
    whole(0, undefined, { description: 'How much longer than the deadline somebody may answer. Host only.' }),
  ),
};

const personalFields = {
  closes_in_ms: orNull(whole(0), {
    description: 'Until the running question closes, for you, or how much of it is left in a pause; null elsewhere.',
  }),
  next_in_ms: Type.Optional(whole(0, undefined, { description: 'In a reveal that the clock ends: until then.' })),
  server_time_ms: whole(0, undefined, { description: "Epoch ms on the server's one clock." }),
  you: You,
  screen: Type.Optional(
    shown(64, { description: 'Names this socket among those of the host; the newest one has control. Host only.' }),
  ),
  second_step: Type.Optional(
    open({ code: shown(8), changes_in_ms: whole(0) }, { description: 'What joining players must type. Host only.' }),
  ),
};

export const StateView = open(sharedFields, { title: 'StateView' });
export type StateView = Type.Static<typeof StateView>;

export const StatePersonal = open(personalFields, { title: 'StatePersonal' });
export type StatePersonal = Type.Static<typeof StatePersonal>;

export const StateData = open({ ...sharedFields, ...personalFields }, { title: 'StateData' });
export type StateData = Type.Static<typeof StateData>;
