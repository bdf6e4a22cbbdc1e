/** As much of a WebSocket as the client uses: browsers, Node 22, `ws` and the testkit's network in memory all have it. */
export interface WebSocketLike {
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onerror: (() => void) | null;
  onclose: ((event: { code: number; reason: string }) => void) | null;
  send(text: string): void;
  close(code?: number, reason?: string): void;
}

export type WebSocketConstructor = new (url: string, protocols: string[]) => WebSocketLike;

/** The types of the platforms name their own events; what is called is the same. */
export function platformWebSocket(): WebSocketConstructor {
  return globalThis.WebSocket as unknown as WebSocketConstructor;
}

const protocol = 'partyline.v1';

/** A browser cannot set headers on a socket, and a credential never travels in a URL: it goes as a second subprotocol. */
export function subprotocols(token: string | undefined): string[] {
  return token === undefined ? [protocol] : [protocol, `token.${token}`];
}

/** `base`: `https://host`, `wss://host:port`, with or without a path before `/ws`. */
export function partyUrl(base: string, party_id: string): string {
  return `${base.replace(/^http/, 'ws').replace(/\/+$/, '')}/ws/${encodeURIComponent(party_id)}`;
}
