/** What the leader reports of itself: log lines and counts. Implemented by telemetry, wired by the server. */

export interface Log {
  /** Asked before lines are made for which there is seldom a reader. */
  isLevelEnabled(level: 'debug'): boolean;
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface LeaderMetrics {
  /** A party was claimed; `epoch` tells restorations. */
  claimed(epoch: number): void;
  /** This node was kept from writing: somebody else leads (by the fence, or by the end of its lease), or the party is gone. */
  refused(result: 'fenced' | 'gone'): void;
  /** A step ended in an error. */
  failed(): void;
  scored(players: number): void;
  archiveFailed(): void;
  /** How late a scheduled look came, ms. */
  tickLate(ms: number): void;
  leads(parties: number): void;
  /** How long a party that was taken over had waited for its leader to move it on, ms. */
  gap(ms: number): void;
}
