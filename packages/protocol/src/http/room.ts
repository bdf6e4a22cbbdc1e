/** The calls of a room: a host opens it, others look at its door and join. */
import Type from 'typebox';
import { QuizId, ShownNickname } from '../vocabulary/identifier.ts';
import { closed, having, line, list, open, orNull, shown, whole, word } from '../vocabulary/primitive.ts';
import { NicknamePolicy, SettingsPatch } from '../vocabulary/settings.ts';
import { phases } from '../ws/state.ts';
import { joiningFields, playerStatus, token } from './quick-party.ts';
import { QuizBody } from './quiz.ts';

export const CreateRoomRequest = closed(
  { quiz_id: Type.Optional(QuizId), quiz: Type.Optional(QuizBody), settings: Type.Optional(SettingsPatch) },
  {
    title: 'CreateRoomRequest',
    description: 'A stored quiz or an inline one; one prompt is enough for a vote.',
    oneOf: [having('quiz_id'), having('quiz')],
  },
);
/** Exactly one of `quiz_id` and `quiz` is there. */
export type CreateRoomRequest = Type.Static<typeof CreateRoomRequest>;

export const CreateRoomResponse = open(
  { party_id: shown(36), game_id: shown(36), room_code: shown(12), host_token: token },
  { title: 'CreateRoomResponse' },
);
export type CreateRoomResponse = Type.Static<typeof CreateRoomResponse>;

export const RoomResponse = open(
  {
    room_code: shown(12),
    title: shown(200),
    phase: word(phases),
    locked: Type.Boolean(),
    players: whole(0),
    waiting: Type.Optional(whole(0)),
    nickname_policy: NicknamePolicy,
    passcode_required: Type.Boolean(),
    second_step_required: Type.Boolean(),
    roster_required: Type.Boolean(),
    approval_required: Type.Boolean(),
    late_join: Type.Boolean(),
    teams: orNull(open({ mode: word(['auto', 'chosen']), names: list(shown(40), 50) })),
  },
  {
    title: 'RoomResponse',
    description: 'What a joining player must know. `players` are in; who waits for the host to let them in is not yet.',
  },
);
export type RoomResponse = Type.Static<typeof RoomResponse>;

export const RoomsQuery = closed(
  {
    phase: Type.Optional(
      word(['running', 'finished'], { default: 'running', description: '`finished`: those whose results are stored.' }),
    ),
    before: Type.Optional(
      line(30, {
        pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d[.\\d]*Z$',
        description:
          'Finished ones that ended before: the `ended_at` of the last one of a full list leads to the next.',
      }),
    ),
  },
  { title: 'RoomsQuery' },
);
export type RoomsQuery = Type.Static<typeof RoomsQuery>;

export const RoomList = open(
  {
    rooms: list(
      open({
        ...{ party_id: shown(36), room_code: shown(12), title: shown(200), phase: word(phases), players: whole(0) },
        ended_at: Type.Optional(shown(40, { format: 'date-time', description: 'Of a finished one.' })),
      }),
      100,
    ),
  },
  { title: 'RoomList' },
);
export type RoomList = Type.Static<typeof RoomList>;

export const TakeRoomResponse = open(
  { party_id: shown(36), game_id: shown(36), room_code: shown(12), title: shown(200), host_token: token },
  { title: 'TakeRoomResponse', description: 'A fresh host token. Those given before are good until they expire.' },
);
export type TakeRoomResponse = Type.Static<typeof TakeRoomResponse>;

export const JoinRoomRequest = closed(joiningFields, { title: 'JoinRoomRequest' });
export type JoinRoomRequest = Type.Static<typeof JoinRoomRequest>;

export const JoinRoomResponse = open(
  {
    party_id: shown(36),
    game_id: Type.Optional(shown(36)),
    user_id: shown(64),
    nickname: ShownNickname,
    token,
    team: Type.Optional(shown(40)),
    status: Type.Optional(playerStatus),
  },
  { title: 'JoinRoomResponse' },
);
export type JoinRoomResponse = Type.Static<typeof JoinRoomResponse>;
