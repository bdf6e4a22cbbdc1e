/** What one HTTP call is made of. The gateway routes by it and the OpenAPI document is written from it. */
import Type from 'typebox';
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
  /** Besides those that its form brings along (`problemsOf`). */
  problems: readonly ProblemCode[];
}

export type Content =
  | { form: 'json'; schema: Type.TSchema }
  /** Bytes of these media types; `schema` where one of them is JSON. */
  | { form: 'file'; media_types: readonly string[]; schema?: Type.TSchema }
  | { form: 'empty' };

const commonProblems = ['invalid_query', 'body_too_large', 'internal'] as const;
/** What the server says where no route is met, and what a handshake may meet besides. */
export const unroutedProblems = [
  'not_found',
  'method_not_allowed',
  'upgrade_required',
  'origin_refused',
  'not_ready',
] as const;

/** The query of a call that takes none. */
export const noQuery = Type.Object({}, { additionalProperties: false });

/** Every code that a call may be refused with. Bytes of a file are judged by their format's reader, as rows. */
export function problemsOf({ problems, body }: Route): ProblemCode[] {
  const ofBody: ProblemCode[] = body?.form === 'file' ? ['unsupported_media_type'] : ['invalid_body'];
  if (body?.form === 'json') ofBody.push('unsupported_media_type');
  return [...new Set([...problems, ...commonProblems, ...ofBody])];
}

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
