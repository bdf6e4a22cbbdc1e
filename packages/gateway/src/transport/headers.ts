/** Header fields in and out, the same for every adapter: one map in, no line breaks and no framing fields out. */

/** Lower-case names; a repeated field is joined with commas in the order sent, as RFC 9110 has it. */
export function joinedHeaders(fields: Iterable<readonly [name: string, value: string]>): Map<string, string> {
  const headers = new Map<string, string>();
  for (const [name, value] of fields) {
    const key = name.toLowerCase();
    const before = headers.get(key);
    headers.set(key, before === undefined ? value : `${before}, ${value}`);
  }
  return headers;
}

/** Framing belongs to the adapter: a handler's own word on it would let one answer pass for two. */
const framing = new Set(['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding', 'upgrade']);

/** What may be written as it is: token names, values of printable ASCII. Other characters become `?`. */
export function responseHeaders(headers: Readonly<Record<string, string>>): [name: string, value: string][] {
  return Object.entries(headers)
    .map(([name, value]): [string, string] => [name.toLowerCase(), value.replace(/[^\t\x20-\x7e]/g, '?')])
    .filter(([name]) => /^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name) && !framing.has(name));
}

/** What a client offered in Sec-WebSocket-Protocol, in its order of preference. */
export function offeredProtocols(headers: ReadonlyMap<string, string>): string[] {
  const offered = headers.get('sec-websocket-protocol') ?? '';
  return offered.split(',').flatMap((protocol) => protocol.trim() || []);
}

/** A close frame carries at most 123 bytes of reason; a character cut in two there is left out. */
export function closeReason(reason: string): string {
  return Buffer.from(reason)
    .subarray(0, 123)
    .toString()
    .replace(/\ufffd+$/, '');
}
