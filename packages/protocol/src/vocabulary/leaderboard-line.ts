/** Who stands where: the lines of leaderboards and of lists of players. */
import Type from 'typebox';
import { ShownNickname } from './identifier.ts';
import { open, orNull, shown, whole } from './primitive.ts';

export const LeaderboardLine = open(
  {
    rank: whole(1, undefined, { description: '1 is best; equal standings share a rank.' }),
    user_id: shown(64),
    nickname: ShownNickname,
    score: whole(0),
    correct: whole(0),
    answered: whole(0),
    mean_ms: Type.Number({ minimum: 0, description: 'Mean answer time over the answered rounds.' }),
    team: Type.Optional(shown(40)),
    gained: Type.Optional(whole(0, undefined, { description: 'Points of the round just scored.' })),
    moved: Type.Optional(
      whole(-1_000_000, 1_000_000, { description: 'Places that round moved the player; up is positive.' }),
    ),
  },
  { title: 'LeaderboardLine' },
);
export type LeaderboardLine = Type.Static<typeof LeaderboardLine>;

export const TeamLine = open(
  {
    rank: whole(1),
    team: shown(40),
    score: Type.Number({ minimum: 0, description: "Mean of the members' scores." }),
    members: whole(0),
  },
  { title: 'TeamLine' },
);
export type TeamLine = Type.Static<typeof TeamLine>;

export const PlayerLine = open(
  {
    user_id: shown(64),
    nickname: ShownNickname,
    score: orNull(whole(0), { description: 'null where the settings hide scores.' }),
    team: Type.Optional(shown(40)),
  },
  { title: 'PlayerLine' },
);
export type PlayerLine = Type.Static<typeof PlayerLine>;

export const WaitingPlayer = open({ user_id: shown(64), nickname: ShownNickname }, { title: 'WaitingPlayer' });
export type WaitingPlayer = Type.Static<typeof WaitingPlayer>;
