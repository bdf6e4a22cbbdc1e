/**
 * A server's text as a client reads it. The server is trusted with the form of `data`; a type that is not known yet reads
 * as null, so that an older client plays on with a newer server.
 */
import { serverMessageTypes } from './message-type.ts';
import type { ServerMessage } from './server-message.ts';

const knownTypes: ReadonlySet<unknown> = new Set(serverMessageTypes);

export function readServerMessage(text: string): ServerMessage | null {
  let frame: unknown;
  try {
    frame = JSON.parse(text);
  } catch {
    return null;
  }
  return isServerMessage(frame) ? frame : null;
}

function isServerMessage(frame: unknown): frame is ServerMessage {
  if (typeof frame !== 'object' || frame === null) return false;
  const { type, epoch, seq, data } = frame as Record<string, unknown>;
  const isPlaced = Number.isInteger(epoch) && Number.isInteger(seq);
  return knownTypes.has(type) && isPlaced && typeof data === 'object' && data !== null;
}
