/** Everything the server may say on a socket, by type: to whom, when, and the schema of its `data`. */
import Type from 'typebox';
import { open, whole } from '../vocabulary/primitive.ts';
import { type ServerMessageType, serverMessageTypes } from './message-type.ts';
import {
  ControlData,
  FinishedData,
  LobbyData,
  LockData,
  PartyInitializedData,
  PlayerRemovedData,
  SavedData,
} from './party-messages.ts';
import {
  AnsweredData,
  ExtendedData,
  PausedData,
  QuestionData,
  ResumedData,
  RevealData,
  RoundSkippedData,
  ScoresData,
} from './round-messages.ts';
import { AckData, ErrorData, PingData, ReconnectData } from './session-messages.ts';
import { StateData } from './state.ts';

interface Told<Data extends Type.TSchema> {
  to: 'all' | 'host' | 'one';
  summary: string;
  data: Data;
}

function told<Data extends Type.TSchema>(to: Told<Data>['to'], summary: string, data: Data): Told<Data> {
  return { to, summary, data };
}

export const serverMessages = {
  state: told(
    'one',
    'The whole view of this receiver: on connect, on `sync`, whenever continuity is not proved.',
    StateData,
  ),
  party_initialized: told('all', "The party's first clock starts, or its lobby opens. Once.", PartyInitializedData),
  lobby: told('all', 'Players joined or left; at most 4 a second.', LobbyData),
  question: told('all', 'A round opens.', QuestionData),
  answered: told(
    'host',
    'How many have answered; to all where votes are shown live. At most 4 a second.',
    AnsweredData,
  ),
  ack: told('one', 'Your message was accepted: an answer now counts exactly once.', AckData),
  scores: told('all', '`feedback: instant` only: changed scores, at most 4 a second.', ScoresData),
  reveal: told('all', 'The right answer, the counts and the leaderboard.', RevealData),
  round_skipped: told('all', 'The host left this round out.', RoundSkippedData),
  extended: told('all', 'The running question has more time.', ExtendedData),
  paused: told('all', 'The clock stands still.', PausedData),
  resumed: told('all', 'The clock runs again.', ResumedData),
  locked: told('all', 'Nobody else gets in.', LockData),
  unlocked: told('all', 'People may join again.', LockData),
  player_removed: told('all', 'The host removed a player.', PlayerRemovedData),
  control: told(
    'host',
    'Another screen of the host has taken control; the others are not heard any more.',
    ControlData,
  ),
  finished: told('all', 'The party is over: final leaderboard and podium.', FinishedData),
  saved: told('all', 'The results are stored for good; follows `results: "pending"`.', SavedData),
  error: told('one', 'Your message was refused.', ErrorData),
  reconnect: told('one', 'This node is draining: come back after `after_ms`.', ReconnectData),
  ping: told('one', 'Twenty seconds passed in silence.', PingData),
} as const satisfies Record<ServerMessageType, Told<Type.TSchema>>;

export type ServerData<T extends ServerMessageType> = Type.Static<(typeof serverMessages)[T]['data']>;

/** One place in a party's ordered history: epochs never mix, and seq never falls within one. */
export interface Position {
  epoch: number;
  seq: number;
}

export type ServerMessage = {
  [T in ServerMessageType]: { type: T; epoch: number; seq: number; data: ServerData<T> };
}[ServerMessageType];

function frameOf(type: ServerMessageType): Type.TSchema {
  const { data, summary } = serverMessages[type];
  return open({ type: Type.Literal(type), epoch: whole(0), seq: whole(0), data }, { description: summary });
}

/** The whole frame of each message. Made once: a schema made anew would be compiled anew. */
export const serverFrames: ReadonlyMap<string, Type.TSchema> = new Map(
  serverMessageTypes.map((type) => [type, frameOf(type)]),
);
