/**
 * Server messages as text. What a thousand receivers share is encoded once; the personal part is put into that text by
 * string work alone, because parsing it again per receiver would cost more than sending it.
 */
import type { ServerMessageType } from './message-type.ts';
import type { Position, ServerData } from './server-message.ts';
import type { StatePersonal } from './state.ts';
import type { You } from './you.ts';

/** `data` comes last in every frame: that is what lets the personal part be put in behind it. */
export function encodeFrame<T extends ServerMessageType>(
  type: T,
  { epoch, seq }: Position,
  data: ServerData<T>,
): string {
  return `{"type":"${type}","epoch":${epoch},"seq":${seq},"data":${JSON.stringify(data)}}`;
}

/** The same frame with `"you"` as the last field of its data. `frame` must come from `encodeFrame`, without a `you`. */
export function splicePersonal(frame: string, you: You): string {
  return `${withField(frame.slice(0, -2), `"you":${JSON.stringify(you)}`)}}}`;
}

/** A `state` frame for one receiver. `view` is the JSON text of a `StateView`. */
export function spliceState(view: string, { epoch, seq }: Position, personal: StatePersonal): string {
  const own = JSON.stringify(personal).slice(1, -1);
  return `{"type":"state","epoch":${epoch},"seq":${seq},"data":${withField(view.slice(0, -1), own)}}}`;
}

/** An object's text without its last brace ends in `{` only where it has no field yet: every value ends in something else. */
function withField(unclosed: string, field: string): string {
  return unclosed.endsWith('{') ? unclosed + field : `${unclosed},${field}`;
}
