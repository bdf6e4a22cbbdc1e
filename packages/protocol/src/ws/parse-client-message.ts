/** Untrusted text of a socket turned into a `ClientMessage`, or into the reason why not. Never throws. */
import type Type from 'typebox';
import { faultIn, isValid } from '../validation.ts';
import { MessageId } from '../vocabulary/identifier.ts';
import { type ClientMessage, type ClientMessageType, clientFrame, clientMessages } from './client-message.ts';

export type ParsedClientMessage =
  | { ok: true; message: ClientMessage }
  /** `id` is the message's own where it has a usable one, so that the refusal can name it. */
  | { ok: false; id: string | null; detail: string };

const frames: ReadonlyMap<unknown, Type.TSchema> = new Map(
  Object.keys(clientMessages).map((type) => [type, clientFrame(type as ClientMessageType)]),
);

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
  const schema = frames.get(Object.hasOwn(frame, 'type') ? (frame as { type: unknown }).type : undefined);
  if (schema === undefined) return refused(usableId(frame), 'there is no message of this type');
  const fault = faultIn(schema, frame);
  return fault === null ? { ok: true, message: frame as ClientMessage } : refused(usableId(frame), fault);
}

function usableId(frame: object): string | null {
  const id: unknown = Object.hasOwn(frame, 'id') ? (frame as { id: unknown }).id : null;
  return isValid(MessageId, id) ? id : null;
}

function refused(id: string | null, detail: string): ParsedClientMessage {
  return { ok: false, id, detail };
}
