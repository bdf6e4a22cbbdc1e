/**
 * Where a message stands to what a screen shows. The order of `(epoch, seq)` alone decides; arrival does not.
 *
 * `aside`: about this socket and not about the party (a reply, a ping); it has no place of its own. `older`: it may not
 * replace anything. `unproved`: it belongs to another life of the party, or comes before any state: only a fresh `state`
 * may be shown next.
 */
import type { Position, ServerMessage, ServerMessageType } from '@partyline/protocol';

export type Place = 'newer' | 'older' | 'aside' | 'unproved';

const asides: ReadonlySet<ServerMessageType> = new Set(['ack', 'error', 'ping', 'reconnect']);

export function placeOf(message: ServerMessage, shown: Position | null): Place {
  if (asides.has(message.type)) return 'aside';
  const isState = message.type === 'state';
  if (shown === null) return isState ? 'newer' : 'unproved';
  if (message.epoch !== shown.epoch) return message.epoch < shown.epoch ? 'older' : isState ? 'newer' : 'unproved';
  // A state of the same place is not old: it is the answer to `sync`, with the time that is left now.
  return message.seq > shown.seq || (isState && message.seq === shown.seq) ? 'newer' : 'older';
}
