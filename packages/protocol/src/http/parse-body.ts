/** Untrusted bytes and queries of an HTTP call turned into values, or into the problem to answer with. Never throws. */
import type Type from 'typebox';
import { faultsIn } from '../validation.ts';
import { type Problem, problem } from './problem.ts';

export type Parsed<Value> = { ok: true; value: Value } | { ok: false; problem: Problem };

const utf8 = new TextDecoder('utf-8', { fatal: true });

export function parseBody<Schema extends Type.TSchema>(schema: Schema, bytes: Uint8Array): Parsed<Type.Static<Schema>> {
  let value: unknown;
  try {
    value = JSON.parse(utf8.decode(bytes));
  } catch {
    return refused(bytes.length === 0 ? 'the body is empty' : 'the body is not JSON in UTF-8');
  }
  const errors = faultsIn(schema, value);
  if (errors.length > 0)
    return refused(`the body has ${errors.length === 1 ? 'a fault' : 'faults'}: see errors`, errors);
  return { ok: true, value: value as Type.Static<Schema> };
}

/** A query has text values only. A name given twice is refused: nobody could say which of the two was meant. */
export function parseQuery<Schema extends Type.TSchema>(
  schema: Schema,
  query: Iterable<[string, string]>,
): Parsed<Type.Static<Schema>> {
  const pairs = [...query];
  const value: unknown = Object.fromEntries(pairs);
  const errors = faultsIn(schema, value);
  if (new Set(pairs.map(([name]) => name)).size < pairs.length) {
    return { ok: false, problem: problem('invalid_query', 'a parameter is given twice') };
  }
  if (errors.length > 0) return { ok: false, problem: problem('invalid_query', 'see errors', { errors }) };
  return { ok: true, value: value as Type.Static<Schema> };
}

function refused(detail: string, errors?: ReturnType<typeof faultsIn>): Parsed<never> {
  return { ok: false, problem: problem('invalid_body', detail, errors === undefined ? {} : { errors }) };
}
