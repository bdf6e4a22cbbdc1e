/** Log lines can be told apart by request, and join the trace of whoever called. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { requestTrace } from '../src/http/request-trace.ts';

const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
const span = '00f067aa0ba902b7';
const of = (headers: Record<string, string>) => requestTrace(new Map(Object.entries(headers)));

test("a caller's trace is gone on with, in a span of our own", () => {
  const { trace_id, span_id, parent_span_id, request_id } = of({ traceparent: `00-${trace}-${span}-01` });
  assert.deepEqual([trace_id, parent_span_id, request_id], [trace, span, trace]);
  assert.match(span_id, /^[\da-f]{16}$/);
  assert.notEqual(span_id, span);
});

test('without one, or with one that is none, a trace begins here', () => {
  for (const traceparent of ['', 'x', `00-${'0'.repeat(32)}-${span}-01`, `00-${trace}-${'0'.repeat(16)}-01`]) {
    const { trace_id, parent_span_id } = of({ traceparent });
    assert.match(trace_id, /^[\da-f]{32}$/);
    assert.notEqual(trace_id, trace);
    assert.equal(parent_span_id, undefined);
  }
  assert.notEqual(of({}).trace_id, of({}).trace_id);
});

test("a caller's request id is kept where it is one, and nothing else of a caller's reaches the log", () => {
  assert.equal(of({ 'x-request-id': 'lb-7:0.1_a' }).request_id, 'lb-7:0.1_a');
  for (const id of ['', 'a b', '<script>', 'x'.repeat(129), 'ü']) {
    const { request_id, trace_id } = of({ 'x-request-id': id });
    assert.equal(request_id, trace_id);
  }
});
