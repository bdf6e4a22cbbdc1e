/** What one HTTP call is made of. The gateway routes by it and the OpenAPI document is written from it. */
import type Type from 'typebox';
import type { ProblemCode } from './problem-code.ts';

/** Rights a bearer token can give: who may start rooms, who leads this party, who plays in it. */
export type Credential = 'host_key' | 'host_token' | 'player_token';

export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With `{name}` for each part that varies; `pathParameters` says what may stand there. */
  path: string;
  summary: string;
  auth: {
    accepts: readonly Credential[];
    /** `never` reads no token at all. `sometimes`: a token is read where it is sent, and asked for where the party does not let strangers look. */
    needed: 'always' | 'sometimes' | 'never';
  };
  query?: Type.TObject;
  /** Answers a repeated call with the same `Idempotency-Key` as it answered the first. */
  idempotent?: 'by_key';
  body?: Content;
  /** By status; an empty content has no body. */
  responses: Readonly<Record<number, Content>>;
  /** Besides those that any call may meet (`commonProblems`, and `bodyProblems` where there is a body). */
  problems: readonly ProblemCode[];
}

export type Content =
  | { form: 'json'; schema: Type.TSchema }
  /** Bytes of these media types; `schema` where one of them is JSON. */
  | { form: 'file'; media_types: readonly string[]; schema?: Type.TSchema }
  | { form: 'empty' };

export const commonProblems = ['rate_limited', 'internal', 'store_unavailable', 'overloaded', 'not_ready'] as const;
export const bodyProblems = ['invalid_body', 'body_too_large', 'unsupported_media_type'] as const;
/** What the server says where no route is met. */
export const unroutedProblems = ['not_found', 'method_not_allowed', 'upgrade_required', 'origin_refused'] as const;

export const json = <Schema extends Type.TSchema>(schema: Schema): { form: 'json'; schema: Schema } => ({
  form: 'json',
  schema,
});
export const empty = { form: 'empty' } as const;

const needs = <const C extends readonly Credential[]>(accepts: C) => ({ accepts, needed: 'always' }) as const;

export const forAnybody = { accepts: [], needed: 'never' } as const;
export const forHostKey = needs(['host_key']);
export const forHost = needs(['host_token', 'host_key']);
export const forMembers = needs(['player_token', 'host_token', 'host_key']);
export const forMembersOrWatchers = { ...forMembers, needed: 'sometimes' } as const;
/** A token is only looked at to recognise somebody who joined before. */
export const forNewcomers = { accepts: ['player_token'], needed: 'sometimes' } as const;
