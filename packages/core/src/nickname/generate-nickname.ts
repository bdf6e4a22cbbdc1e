/**
 * Makes nicknames: an adjective, a noun and, where that is taken too often, a number. The same `random` gives the same
 * names. Does not know which are taken; callers ask for the next.
 */
import { type NicknameTheme, nicknameThemes } from './nickname-themes.ts';

export interface GeneratorOptions {
  /** Any of them where not given. */
  theme?: NicknameTheme;
  /** Length limit in graphemes (default 20). */
  max?: number;
  /** How often the caller was told "taken" before. Words alone from 0, then with 2 digits, then with 4. */
  attempt?: number;
}

/**
 * What a policy may ask of made-up names, in graphemes. From 9 on there is room for a word before four digits in every
 * theme, and 2,000 players are served; names may be as short as 6, so no more can be promised.
 */
export const generatedNicknameBounds = { greatest_min: 6, least_max: 9 } as const;

const TRIES_WITH_WORDS_ALONE = 3;
const TRIES_WITH_TWO_DIGITS = 3;

/** `random` gives numbers in [0, 1). */
export function generateNickname(
  random: () => number,
  { theme, max = 20, attempt = 0 }: GeneratorOptions = {},
): string {
  const themes = Object.keys(nicknameThemes) as NicknameTheme[];
  const { adjectives, nouns } = nicknameThemes[theme ?? pick(random, themes) ?? 'animals'];
  const number = numberFor(random, attempt);
  const room = max - (number === '' ? 0 : number.length + 1);
  const shortest = Math.min(...nouns.map((noun) => noun.length));

  const adjective = pick(random, fitting(adjectives, room - 1 - shortest));
  const noun = pick(random, fitting(nouns, adjective === undefined ? room : room - 1 - adjective.length));
  const name = [adjective, noun, number].filter((part) => part !== undefined && part !== '').join(' ');
  // No word fits in two graphemes: a digit or two do.
  return noun === undefined ? String(Math.floor(random() * 10 ** Math.min(max, 4))) : name;
}

/** Distinct nicknames, those of words alone first, then numbered ones. Fewer than `count` where `max` is tight. */
export function nicknameCandidates(
  random: () => number,
  { count, ...options }: GeneratorOptions & { count: number },
): string[] {
  const names = new Set<string>();
  // Drawn names repeat; a few draws more are made for them, but not without end.
  for (let draw = 0; draw < count * 4 && names.size < count; draw += 1) {
    names.add(generateNickname(random, { ...options, attempt: Math.floor((6 * draw) / count) }));
  }
  return [...names];
}

function numberFor(random: () => number, attempt: number): string {
  if (attempt < TRIES_WITH_WORDS_ALONE) return '';
  const digits = attempt < TRIES_WITH_WORDS_ALONE + TRIES_WITH_TWO_DIGITS ? 2 : 4;
  const smallest = 10 ** (digits - 1);
  return String(smallest + Math.floor(random() * 9 * smallest));
}

function fitting(words: readonly string[], length: number): readonly string[] {
  return words.filter((word) => word.length <= length);
}

function pick<T>(random: () => number, from: readonly T[]): T | undefined {
  return from[Math.floor(random() * from.length)];
}
