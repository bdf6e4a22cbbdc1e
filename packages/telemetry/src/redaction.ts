/**
 * Keeps credentials out of the log, twice: fields by their name at any depth, and whatever looks like a credential in the
 * finished line, where it may have got to inside an error's message.
 */

export const redacted = '[redacted]';

const secretFields = new Set([
  ...[
    'token',
    'tokens',
    'host_token',
    'player_token',
    'token_key',
    'token_keys',
    'authorization',
    'proxy-authorization',
  ],
  ...['sec-websocket-protocol', 'protocols', 'cookie', 'set-cookie', 'passcode', 'password', 'secret', 'host_key'],
  ...['idempotency-key', 'idempotency_key', 'second_step'],
]);

const deepest = 8;
const longestList = 100;

/** A copy fit for the log. Errors keep what helps: type, message, code, stack, cause; their other fields may hold input. */
export function withoutSecrets(value: unknown, depth = 0): unknown {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (depth >= deepest) return '[deeper]';
  if (value instanceof Error) return errorFields(value, depth);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (value instanceof Set) return withoutSecrets([...value], depth);
  if (Array.isArray(value)) return value.slice(0, longestList).map((item) => withoutSecrets(item, depth + 1));
  const fields =
    value instanceof Map ? [...value].map(([name, held]) => [String(name), held] as const) : Object.entries(value);
  return Object.fromEntries(
    fields.map(([name, held]) => [
      name,
      secretFields.has(name.toLowerCase()) && held !== undefined ? redacted : withoutSecrets(held, depth + 1),
    ]),
  );
}

function errorFields(error: Error & { code?: unknown }, depth: number): object {
  const { name, message, stack, code, cause } = error;
  return {
    type: name,
    message,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    stack,
    ...(cause === undefined ? {} : { cause: withoutSecrets(cause, depth + 1) }),
  };
}

const looksSecret: readonly [RegExp, string][] = [
  [/\beyJ[\w-]{8,}\.[\w-]+\.[\w-]+/g, redacted], // a signed token
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, `$1 ${redacted}`],
  [/\bplhk_[\w-]+/g, redacted], // a host key
  [/(\/\/[^\s/:@"\\]*:)[^\s/@"\\]+@/g, `$1${redacted}@`], // user:password@ in an address
];

export function scrubLine(line: string): string {
  return looksSecret.reduce((text, [pattern, instead]) => text.replace(pattern, instead), line);
}
