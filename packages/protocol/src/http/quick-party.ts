/** The calls of a quick party: anyone starts one from the question pool, anyone with its id joins. */
import Type from 'typebox';
import {
  Category,
  Nickname,
  Passcode,
  PlayerRef,
  SecondStepCode,
  ShownNickname,
  TeamName,
  UserId,
} from '../vocabulary/identifier.ts';
import { PlayerLine } from '../vocabulary/leaderboard-line.ts';
import { closed, list, open, orNull, shown, whole, word } from '../vocabulary/primitive.ts';
import {
  allAnsweredSetting,
  feedbackSetting,
  revealSecondsSetting,
  scoringSetting,
  spectatorsSetting,
  startSetting,
} from '../vocabulary/settings.ts';
import { ShownQuestion, shownChoices } from '../vocabulary/shown-question.ts';
import { phases } from '../ws/state.ts';

/** What holds where a request leaves it out and no setting of the party does. */
export const quickPartyTimeoutSeconds = 30;

export const InitPartyRequest = closed(
  {
    player_id: UserId,
    category: Category,
    rounds: whole(1, 100),
    timeout: Type.Optional(
      whole(5, 300, { default: quickPartyTimeoutSeconds, description: 'Seconds each question stays open.' }),
    ),
    nickname: Type.Optional(Nickname),
    start: Type.Optional(startSetting({ default: 'on_connect' })),
    feedback: Type.Optional(feedbackSetting({ default: 'instant' })),
    scoring: Type.Optional(scoringSetting({ default: 'kahoot' })),
    reveal_seconds: Type.Optional(revealSecondsSetting({ default: 3 })),
    advance_when_all_answered: Type.Optional(allAnsweredSetting({ default: true })),
    spectators: Type.Optional(spectatorsSetting({ default: true })),
  },
  { title: 'InitPartyRequest' },
);
export type InitPartyRequest = Type.Static<typeof InitPartyRequest>;

export const token = shown(4_096, {
  description: 'A signed right; send it as `Authorization: Bearer`, never in a URL.',
});
export const playerStatus = word(['playing', 'waiting'], { description: '`waiting`: until the host approves.' });

export const InitPartyResponse = open(
  { party_id: shown(36), game_id: shown(36), room_code: shown(12), token },
  { title: 'InitPartyResponse' },
);
export type InitPartyResponse = Type.Static<typeof InitPartyResponse>;

/** What somebody who wants to join may have to say besides who they are. */
export const joiningFields = {
  nickname: Type.Optional(Nickname),
  passcode: Type.Optional(Passcode),
  player_ref: Type.Optional(PlayerRef),
  second_step_code: Type.Optional(SecondStepCode),
  team: Type.Optional(TeamName),
};

export const JoinPartyRequest = closed({ user_id: UserId, ...joiningFields }, { title: 'JoinPartyRequest' });
export type JoinPartyRequest = Type.Static<typeof JoinPartyRequest>;

export const JoinPartyResponse = open(
  {
    message: Type.Literal('Joined party successfully'),
    game_id: shown(36),
    token,
    party_id: Type.Optional(shown(36)),
    user_id: Type.Optional(shown(64)),
    nickname: Type.Optional(ShownNickname),
    team: Type.Optional(shown(40)),
    status: Type.Optional(playerStatus),
  },
  { title: 'JoinPartyResponse' },
);
export type JoinPartyResponse = Type.Static<typeof JoinPartyResponse>;

export const QuestionDataResponse = open(
  {
    current_round: whole(1),
    rounds: whole(1),
    phase: word(phases),
    question: orNull(ShownQuestion),
    choices: shownChoices,
    players: list(PlayerLine, 1_001, { description: 'Everyone up to 1,000 players, then the top 100 and the caller.' }),
    players_total: whole(0),
    closes_in_ms: orNull(whole(0)),
  },
  { title: 'QuestionDataResponse' },
);
export type QuestionDataResponse = Type.Static<typeof QuestionDataResponse>;

export const CategoriesResponse = list(open({ category: shown(100), questions: whole(0) }), 10_000, {
  title: 'CategoriesResponse',
});
export type CategoriesResponse = Type.Static<typeof CategoriesResponse>;
