/**
 * The nickname of somebody who sent none: the user id where they chose it and it will do as a name, a made-up name
 * otherwise. Who only says who they are must get in, so where the name was taken a number behind it keeps it apart.
 */
import { cleanNickname } from './clean-nickname.ts';
import { generateNickname } from './generate-nickname.ts';
import { graphemes } from './graphemes.ts';
import type { NicknameBounds } from './nickname-refusal.ts';

/** Digits of the number, by how often the name was taken before; the last from there on. */
const digitsByAttempt = [0, 2, 2, 4, 4, 6];

/** `user_id`: null where it is one of ours, which nobody would read as a name. */
export function derivedNickname(
  user_id: string | null,
  bounds: NicknameBounds,
  { random, attempt }: { random: () => number; attempt: number },
): string {
  if (user_id === null) return generateNickname(random, { max: bounds.max, attempt });
  const number = drawn(random, digitsByAttempt[attempt] ?? digitsByAttempt.at(-1) ?? 0);
  const left = Math.max(0, bounds.max - number.length - 1);
  const numbered = `${graphemes(user_id).slice(0, left).join('')} ${number}`;
  const name = number === '' ? user_id : numbered;
  const isName = [user_id, name].every((text) => cleanNickname(text, bounds).ok);
  return isName ? name : generateNickname(random, { max: bounds.max, attempt });
}

function drawn(random: () => number, digits: number): string {
  return Array.from({ length: digits }, () => String(Math.floor(random() * 10))).join('');
}
