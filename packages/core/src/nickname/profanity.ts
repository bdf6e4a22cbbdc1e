/**
 * Finds profanity in a nickname in three passes: plain words; leet, spacing and repeats; lookalike letters. Knows
 * words, not intent: what it misses a host removes, what it catches wrongly belongs on the list of harmless words.
 */
import { graphemes } from './graphemes.ts';
import { type Lexicon, lexicon, possibleWords } from './profanity-lexicon.ts';
import { graphemeSpan, type Reading, type Readings, readingsOf } from './profanity-readings.ts';
import { harmlessWords, nameLikeWords, profaneWords } from './profanity-words.ts';

export interface ProfanityOptions {
  /** The host's own, found anywhere from five letters on (or where a script has no spaces), without exceptions. */
  extra_words?: readonly string[];
  /** `real_names` lets be what is also a name (Dick). */
  expects?: 'nicknames' | 'real_names';
}

interface Span {
  first: number;
  last: number;
}

const always = lexicon(profaneWords);
const nameLike = lexicon(nameLikeWords);
const harmless = new RegExp(`(?<![\\p{L}\\p{M}])(?:${harmlessWords.join('|')})[\\p{L}\\p{M}]*`, 'gu');

/** Beyond these the host's list is cut: it is matched on every join. */
const EXTRA_WORDS_LIMIT = 500;
const EXTRA_WORD_LENGTH_LIMIT = 40;

export function hasProfanity(nickname: string, options: ProfanityOptions = {}): boolean {
  return profaneSpans(graphemes(nickname), options).length > 0;
}

/** The nickname with each grapheme of a hit replaced by `*`. */
export function maskProfanity(nickname: string, options: ProfanityOptions = {}): string {
  const signs = graphemes(nickname);
  const spans = profaneSpans(signs, options);
  const isHit = (index: number) => spans.some(({ first, last }) => first <= index && index <= last);
  return signs.map((sign, index) => (isHit(index) && sign !== ' ' ? '*' : sign)).join('');
}

function profaneSpans(signs: readonly string[], { extra_words = [], expects = 'nicknames' }: ProfanityOptions): Span[] {
  const readings = readingsOf(signs);
  const exempt = spansOf(readings.plain, harmless, () => true);
  const ours = [always, expects === 'real_names' ? null : nameLike].flatMap((words) => hits(words, readings));
  const asked = extra_words.slice(0, EXTRA_WORDS_LIMIT).map(hostEntry);
  const hosts = hits(lexicon(possibleWords(asked, readings.loose.text)), readings);
  return [...ours.filter((hit) => !exempt.some((span) => span.first <= hit.first && hit.last <= span.last)), ...hosts];
}

function hits(words: Lexicon | null, { plain, loose, humps, spaced, skeleton }: Readings): Span[] {
  if (words === null) return [];
  return [
    ...spansOf(plain, words.plain, () => true),
    ...spansOf(loose, words.loose, isMostlyLetters),
    ...(humps === null ? [] : spansOf(humps, words.loose, isMostlyLetters)),
    ...(spaced === null ? [] : spansOf(spaced, words.spaced, () => true)),
    ...spansOf(skeleton, words.skeleton, () => true),
  ];
}

function spansOf(reading: Reading, pattern: RegExp, counts: (found: string) => boolean): Span[] {
  return Array.from(reading.text.matchAll(pattern), ({ 0: found, index }) => ({ found, index }))
    .filter(({ found }) => counts(found))
    .map(({ found, index }) => graphemeSpan(reading, index, index + found.length));
}

/** Ann1994 holds no nn1994: of a leet word half at least is letters, and two. */
function isMostlyLetters(found: string): boolean {
  const letters = found.match(/\p{L}/gu)?.length ?? 0;
  return letters >= 2 && letters * 2 >= found.length;
}

function hostEntry(word: string): string {
  const short = word.slice(0, EXTRA_WORD_LENGTH_LIMIT);
  const letters = short.match(/\p{L}/gu)?.length ?? 0;
  const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u.test(
    short,
  );
  return letters >= 5 || unspaced ? `*${short}*` : short.replaceAll('*', '');
}
