/** The negative codes by which scripts refuse, and what they are called outside of Lua. */
import { StoreFault } from './errors.ts';

const refusals = {
  [-1]: 'no_party',
  [-2]: 'fenced',
  [-3]: 'banned',
  [-4]: 'too_late',
  [-5]: 'locked',
  [-6]: 'full',
  [-7]: 'roster_taken',
  [-8]: 'nickname_taken',
  [-9]: 'inbox_full',
} as const;

export type Refusal = (typeof refusals)[keyof typeof refusals];

/** The refusal in a script's reply, or null where it is none. Replies are a number or start with one. */
export function refusalIn(reply: unknown): Refusal | null {
  const code = Array.isArray(reply) ? reply[0] : reply;
  return typeof code === 'number' && code < 0 ? named(code) : null;
}

function named(code: number): Refusal {
  const refusal = (refusals as Record<number, Refusal>)[code];
  if (refusal === undefined) throw new StoreFault(`a script replied with the unknown code ${code}`);
  return refusal;
}

/** For scripts that can refuse in some ways only: any other refusal is a defect. */
export function expected<R extends Refusal>(refusal: Refusal, possible: readonly R[]): R {
  if ((possible as readonly Refusal[]).includes(refusal)) return refusal as R;
  throw new StoreFault(`a script refused with ${refusal}`);
}
