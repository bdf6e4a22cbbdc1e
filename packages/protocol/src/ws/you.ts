/** What is personal in a message: the receiver's own place in the party. */
import Type from 'typebox';
import { OwnAnswer } from '../vocabulary/answer-choice.ts';
import { ShownNickname } from '../vocabulary/identifier.ts';
import { open, orNull, shown, whole, word } from '../vocabulary/primitive.ts';

export const OwnResult = open(
  {
    round: whole(1),
    correct: orNull(Type.Boolean(), { description: 'null where nothing was answered, or nothing was right or wrong.' }),
    points: whole(0),
  },
  { title: 'OwnResult' },
);
export type OwnResult = Type.Static<typeof OwnResult>;

export const You = open(
  {
    role: word(['host', 'player', 'spectator']),
    may_command: Type.Optional(
      Type.Literal(true, {
        description:
          'There where host commands are yours to send: for a host, and for the player who began a quick party.',
      }),
    ),
    user_id: Type.Optional(shown(64)),
    nickname: Type.Optional(ShownNickname),
    team: Type.Optional(shown(40)),
    score: whole(0),
    rank: orNull(whole(1), { description: 'null where the settings hide it, or nobody is ranked yet.' }),
    streak: whole(0),
    answer: orNull(OwnAnswer, { description: 'Your own answer of this round.' }),
    last: orNull(OwnResult, { description: 'Your result of the last revealed round.' }),
    status: word(['playing', 'waiting'], { description: '`waiting`: in the waiting room until the host approves.' }),
  },
  { title: 'You' },
);
export type You = Type.Static<typeof You>;
