/** Everything a client may say on a socket, by type: the schema of its `data`. Closed, so nobody declares a time or a score. */
import Type from 'typebox';
import { AnswerChoice } from '../vocabulary/answer-choice.ts';
import { MessageId, UserId } from '../vocabulary/identifier.ts';
import { closed, whole } from '../vocabulary/primitive.ts';

export const AnswerData = closed({ round: whole(1, 1_000), choice: AnswerChoice }, { title: 'AnswerData' });
export type AnswerData = Type.Static<typeof AnswerData>;

const ExtendData = closed({ seconds: whole(1, 300) }, { title: 'ExtendData' });
const PlayerData = closed({ user_id: UserId }, { title: 'PlayerData' });
const NoData = Type.Unsafe<Record<string, never>>(closed({}, { title: 'NoData' }));

interface Said<Data extends Type.TSchema> {
  /** Who may say it. */
  by: 'player' | 'host' | 'all';
  summary: string;
  data: Data;
}

function said<Data extends Type.TSchema>(by: Said<Data>['by'], summary: string, data: Data): Said<Data> {
  return { by, summary, data };
}

export const clientMessages = {
  answer: said('player', 'Answer the running question. The first accepted answer of a round counts.', AnswerData),
  start: said('host', 'Open the first round.', NoData),
  next: said('host', 'Close the running question, or go on to the next one.', NoData),
  skip: said('host', 'Leave this round out; nobody is scored for it.', NoData),
  pause: said('host', 'Stop the clock.', NoData),
  resume: said('host', 'Let the clock run on.', NoData),
  extend: said('host', 'Give the running question more time.', ExtendData),
  lock: said('host', 'Let nobody else in.', NoData),
  unlock: said('host', 'Let people in again.', NoData),
  kick: said('host', 'Remove a player, who may come back.', PlayerData),
  ban: said('host', 'Remove a player for good.', PlayerData),
  approve: said('host', 'Let a waiting player in.', PlayerData),
  end: said('host', 'End the party now; what was scored stays.', NoData),
  sync: said('all', 'Ask for a fresh `state`.', NoData),
} as const;

export type ClientMessageType = keyof typeof clientMessages;

type DataOf<T extends ClientMessageType> = Type.Static<(typeof clientMessages)[T]['data']>;

/** `data` may be left out where a message has none. */
export type ClientMessage = {
  [T in ClientMessageType]: DataOf<T> extends Record<string, never>
    ? { type: T; id: string; data?: DataOf<T> }
    : { type: T; id: string; data: DataOf<T> };
}[ClientMessageType];

function frameOf(type: ClientMessageType): Type.TSchema {
  const { data, summary } = clientMessages[type];
  const carried: Type.TSchema = data;
  return closed(
    { type: Type.Literal(type), id: MessageId, data: carried === NoData ? Type.Optional(carried) : carried },
    { description: summary },
  );
}

const types = Object.keys(clientMessages) as ClientMessageType[];

/** The whole frame of each message. Made once: a schema made anew would be compiled anew. */
export const clientFrames: ReadonlyMap<string, Type.TSchema> = new Map(types.map((type) => [type, frameOf(type)]));
