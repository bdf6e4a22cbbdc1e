/** Untrusted text of a socket turned into a `ClientMessage`, or into the reason why not. Never throws. */
import { faultIn, isValid } from '../validation.ts';
import { MessageId } from '../vocabulary/identifier.ts';
import { type ClientMessage, clientFrames } from './client-message.ts';

export type ParsedClientMessage =
  | { ok: true; message: ClientMessage }
  /** `id` is the message's own where it has a usable one, so that the refusal can name it. */
  | { ok: false; id: string | null; detail: string };

export function parseClientMessage(text: string): ParsedClientMessage {
  let frame: unknown;
  try {
    frame = JSON.parse(text);
  } catch {
    return refused(null, 'the message is not JSON');
  }
  if (typeof frame !== 'object' || frame === null || Array.isArray(frame)) {
    return refused(null, 'the message is not a JSON object');
  }
  const schema = clientFrames.get(ownText(frame, 'type'));
  if (schema === undefined) return refused(usableId(frame), 'there is no message of this type');
  const fault = faultIn(schema, frame);
  return fault === null ? { ok: true, message: frame as ClientMessage } : refused(usableId(frame), fault);
}

function usableId(frame: object): string | null {
  const id = ownText(frame, 'id');
  return isValid(MessageId, id) ? id : null;
}

/** A text field of the object itself; empty where it has none. */
function ownText(frame: object, name: 'type' | 'id'): string {
  const value: unknown = Object.hasOwn(frame, name) ? Reflect.get(frame, name) : '';
  return typeof value === 'string' ? value : '';
}

function refused(id: string | null, detail: string): ParsedClientMessage {
  return { ok: false, id, detail };
}
