/** What one socket is told about its own messages and about the connection itself. */
import Type from 'typebox';
import { OwnAnswer } from '../vocabulary/answer-choice.ts';
import { open, orNull, shown, whole, word } from '../vocabulary/primitive.ts';
import { type WsErrorCode, wsErrors } from './ws-error.ts';

export const AckData = open(
  {
    id: shown(64),
    round: whole(1),
    status: Type.Literal('accepted'),
    correct: Type.Optional(orNull(Type.Boolean(), { description: '`feedback: instant` only, as the next three.' })),
    points: Type.Optional(whole(0)),
    score: Type.Optional(whole(0)),
    streak: Type.Optional(whole(0)),
  },
  { title: 'AckData' },
);
export type AckData = Type.Static<typeof AckData>;

export const ErrorData = open(
  {
    id: orNull(shown(64), { description: 'The refused message; null where it had no usable id.' }),
    code: word(Object.keys(wsErrors) as WsErrorCode[]),
    detail: shown(500, { description: 'For people; nothing to match on.' }),
    answer: Type.Optional(OwnAnswer),
    retry_after_ms: Type.Optional(whole(0)),
  },
  { title: 'ErrorData', description: 'A `duplicate` carries the answer that counts.' },
);
export type ErrorData = Type.Static<typeof ErrorData>;

export const ReconnectData = open({ after_ms: whole(0) }, { title: 'ReconnectData' });
export type ReconnectData = Type.Static<typeof ReconnectData>;

export const PingData = open({ server_time_ms: Type.Optional(whole(0)) }, { title: 'PingData' });
export type PingData = Type.Static<typeof PingData>;
