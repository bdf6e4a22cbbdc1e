/** What a node process says to the supervisor that started it, over its IPC channel. */

export type NodeReport =
  | { type: 'ready'; port: number | null; admin_port: number }
  /** It ends after this. */
  | { type: 'failed'; code: string; message: string };

export function isNodeReport(message: unknown): message is NodeReport {
  return typeof message === 'object' && message !== null && 'type' in message;
}
