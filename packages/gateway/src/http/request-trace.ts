/**
 * Which request a log line belongs to, under the names that OpenTelemetry's log records have. A caller's trace (W3C Trace
 * Context) is gone on with; where there is none, one begins here.
 */
import { randomBytes } from 'node:crypto';

export interface RequestTrace {
  /** The caller's `X-Request-Id` where it sent one, otherwise the trace: what an answer gives back. */
  request_id: string;
  /** 32 hexadecimal digits. */
  trace_id: string;
  /** Of this call: 16 hexadecimal digits. */
  span_id: string;
  parent_span_id?: string;
}

const traceparent = /^[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-[\da-f]{2}$/;
/** Nothing else of a caller's goes into the log as it is. */
const requestId = /^[\w.:-]{1,128}$/;

export function requestTrace(headers: ReadonlyMap<string, string>): RequestTrace {
  const [, trace_id = randomBytes(16).toString('hex'), parent_span_id] =
    traceparent.exec(headers.get('traceparent') ?? '') ?? [];
  const given = headers.get('x-request-id') ?? '';
  return {
    request_id: requestId.test(given) ? given : trace_id,
    trace_id,
    span_id: randomBytes(8).toString('hex'),
    ...(parent_span_id === undefined ? {} : { parent_span_id }),
  };
}
