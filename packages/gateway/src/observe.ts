/** What the gateway reports of itself: log lines and counts. Implemented by telemetry, wired by the server. */

export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface GatewayMetrics {
  socketOpened(role: 'host' | 'player' | 'spectator'): void;
  socketClosed(code: number): void;
  /** One request answered: the route's template, never the path typed. */
  request(route: string, status: number, ms: number): void;
  /** One answer settled: `accepted`, `stored`, or the error code it got; ms from receipt to reply. */
  answered(result: string, ms: number): void;
  /** One batch of answers went to the store. */
  batch(answers: number): void;
  /** One envelope delivered to so many sockets: how long the last of them waited in this process, and since the leader spoke. */
  delivered(type: string, sockets: number, waited: { here_ms: number; since_told_ms: number | null }): void;
  /** A state was sent because of this. */
  resumed(reason: 'connect' | 'sync' | 'gap' | 'doubt' | 'approved'): void;
  rateLimited(what: 'message' | 'join' | 'init' | 'lookup' | 'connect'): void;
  /** One host command queued. */
  command(type: string): void;
  /** Its reply was sent, and what it caused to every socket of this node: so long after it was received, ms. */
  hostActionVisible(ms: number): void;
}
