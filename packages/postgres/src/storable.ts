/**
 * Text and JSON as Postgres can hold them: no NUL character and no half of a surrogate pair. People cannot type either,
 * but a client can send both, and one such answer must not keep a party's results from being stored.
 */

const REPLACEMENT = '\uFFFD';

export function storableText(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', REPLACEMENT) : text;
}

/** Escapes JSON.stringify writes for NUL and for lone surrogates; it writes whole pairs as they are. */
const SUSPECT = /\\u(0000|d[89a-f])/i;

/** The value as JSON text; null stays null. */
export function storableJson(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  const json = JSON.stringify(value);
  return SUSPECT.test(json) ? JSON.stringify(mended(value)) : json;
}

/** Through UTF-8 and back: what has no code point of its own becomes U+FFFD. */
const mendedText = (text: string): string => Buffer.from(storableText(text)).toString();

function mended(value: unknown): unknown {
  if (typeof value === 'string') return mendedText(value);
  if (Array.isArray(value)) return value.map(mended);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [mendedText(name), mended(held)]));
}

/** A TEXT[] or JSONB[] as Postgres reads it, made before the driver has a turn for it. Null is NULL. */
export function textArray(texts: readonly (string | null)[]): string {
  return `{${texts.map((text) => (text === null ? 'NULL' : `"${escaped(text)}"`)).join(',')}}`;
}

const SPECIAL = /[\0\\"]/;

function escaped(text: string): string {
  return SPECIAL.test(text) ? storableText(text).replace(/[\\"]/g, '\\$&') : text;
}

/** An INTEGER[] or BOOLEAN[] as Postgres reads it. Null is NULL. */
export function plainArray(values: readonly (number | boolean | null)[]): string {
  return `{${values.map((value) => value ?? 'NULL').join(',')}}`;
}
