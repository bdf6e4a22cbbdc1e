/**
 * One HTTP call, tried again where that is safe: what only reads or replaces, and what carries an Idempotency-Key, which
 * stays the same over all tries. A lost reply to such a call is asked for again rather than guessed at.
 */
import { ApiError, apiError } from './api-error.ts';
import { backoffMs } from './backoff.ts';

/** As much of `fetch` as is used. */
export type Fetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; body?: string | Blob },
) => Promise<Response>;

export interface HttpPorts {
  baseUrl: string;
  token?: string;
  fetch?: Fetch;
  /** Uniform on [0, 1). */
  random?: () => number;
  sleep?: (ms: number) => Promise<void>;
  /** How often a call that may be repeated is tried at most. */
  tries?: number;
}

export interface Call {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  query?: Record<string, string | undefined>;
  /** Sent as JSON. */
  body?: unknown;
  file?: Blob;
  idempotencyKey?: string;
}

/** The server did not do it, and may soon: draining, without its store; or a proxy found no server. */
const passing = new Set([502, 503, 504]);

export async function callHttp(ports: HttpPorts, call: Call): Promise<Response> {
  const { random = Math.random, sleep = wait, tries = 4 } = ports;
  const mayRepeat = call.method !== 'POST' || call.idempotencyKey !== undefined;
  for (let failures = 0; ; failures += 1) {
    const isLast = !mayRepeat || failures + 1 >= tries;
    const answer = await attempt(ports, call).catch((error: unknown) => {
      if (isLast) throw error;
      return null;
    });
    if (answer?.ok) return answer;
    if (answer !== null && (isLast || !passing.has(answer.status))) throw await apiError(answer);
    await sleep(retryAfterMs(answer) ?? backoffMs(failures, random, { first_ms: 300, most_ms: 3_000 }));
  }
}

function attempt({ baseUrl, token, fetch = globalThis.fetch as Fetch }: HttpPorts, call: Call): Promise<Response> {
  const { method, path, query = {}, body, file, idempotencyKey } = call;
  const asked = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const search = asked.length === 0 ? '' : `?${new URLSearchParams(asked)}`;
  const content = file ?? (body === undefined ? undefined : JSON.stringify(body));
  return fetch(`${baseUrl.replace(/\/+$/, '')}${path}${search}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(file === undefined ? {} : { 'content-type': file.type || 'application/octet-stream' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
    },
    ...(content === undefined ? {} : { body: content }),
  });
}

function retryAfterMs(answer: Response | null): number | null {
  const seconds = Number(answer?.headers.get('retry-after') ?? Number.NaN);
  return seconds >= 0 && seconds <= 10 ? seconds * 1_000 : null;
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** The body of an answer that has one. */
export async function json<Body>(answer: Promise<Response>): Promise<Body> {
  const response = await answer;
  return await response.json().catch(() => {
    throw new ApiError(response.status, {});
  });
}
