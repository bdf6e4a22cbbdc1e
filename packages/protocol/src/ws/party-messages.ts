/** What is said of the party around its rounds: who comes and goes, and how it ends. */
import Type from 'typebox';
import { ShownNickname } from '../vocabulary/identifier.ts';
import { LeaderboardLine, TeamLine } from '../vocabulary/leaderboard-line.ts';
import { list, open, shown, whole, word } from '../vocabulary/primitive.ts';
import { You } from './you.ts';

export const PartyInitializedData = open(
  { party_id: shown(36), game_id: shown(36), rounds: whole(0), title: Type.Optional(shown(200)) },
  { title: 'PartyInitializedData' },
);
export type PartyInitializedData = Type.Static<typeof PartyInitializedData>;

export const LobbyData = open(
  {
    joined: list(open({ user_id: shown(64), nickname: ShownNickname, team: Type.Optional(shown(40)) }), 1_000, {
      description: 'Some of those who came; the totals are always true.',
    }),
    left: list(shown(64), 1_000),
    players_total: whole(0),
    waiting_total: Type.Optional(whole(0)),
    connected: Type.Optional(whole(0)),
  },
  { title: 'LobbyData' },
);
export type LobbyData = Type.Static<typeof LobbyData>;

export const LockData = open({}, { title: 'LockData' });
export type LockData = Type.Static<typeof LockData>;

export const PlayerRemovedData = open({ user_id: shown(64), banned: Type.Boolean() }, { title: 'PlayerRemovedData' });
export type PlayerRemovedData = Type.Static<typeof PlayerRemovedData>;

export const ControlData = open(
  { screen: shown(64, { description: 'The `screen` of the socket that has control from now on, as in its `state`.' }) },
  { title: 'ControlData' },
);
export type ControlData = Type.Static<typeof ControlData>;

export const FinishedData = open(
  {
    reason: word(['completed', 'ended', 'abandoned']),
    leaderboard: list(LeaderboardLine, 100, { description: 'Empty where the settings hide it.' }),
    podium: list(LeaderboardLine, 10, { description: 'Ranks 1 to 3, ties included.' }),
    teams: Type.Optional(list(TeamLine, 50)),
    players_total: Type.Optional(whole(0)),
    results: word(['saved', 'pending']),
    you: Type.Optional(You),
  },
  { title: 'FinishedData' },
);
export type FinishedData = Type.Static<typeof FinishedData>;

export const SavedData = open({ game_id: shown(36), results: Type.Literal('saved') }, { title: 'SavedData' });
export type SavedData = Type.Static<typeof SavedData>;
