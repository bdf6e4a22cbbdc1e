/**
 * What a name of letters is, in any script, and how a real name is written. Cannot know whether it is anybody's; it
 * asks for first and last name, and for one word where a script writes both without a space.
 */
import { graphemes } from './graphemes.ts';

/** Besides letters: apostrophes and hyphens of several scripts, the dots of Catalan, Japanese and Tibetan, joiners. */
const inner = "'\u2018\u2019\u05F3\u05F4\u05BE\\-\u2010\u2011\u00B7\u30FB\u0F0B\u200C\u200D";
const letters = new RegExp(`^(?=.*\\p{L})(?:\\p{L}|\\p{M}|[${inner} ])+$`, 'u');
/** One word of a real name; initials and Jr. end in a dot. */
const nameWord = new RegExp(`^['\u2019]?\\p{L}(?:\\p{L}|\\p{M}|[${inner}])*\\.?$`, 'u');
const unspacedScripts = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Myanmar}]/u;
const wordGap = /[ \u0F0B\u1361\u30FB]+/u;

const casedScripts = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}\p{M}\p{P}]+$/u;
const particles = new Set(
  `af al av bin bint binti da das de degli dei del della den der des di do dos du
  e el i ibn la le ten ter und van von y zu zum zur`.split(/\s+/),
);

export function isLetters(nickname: string): boolean {
  return letters.test(nickname);
}

export function isRealName(nickname: string): boolean {
  const parts = nickname.split(' ');
  if (!parts.every((part) => nameWord.test(part))) return false;
  const words = nickname.split(wordGap).filter((word) => /\p{L}/u.test(word));
  const isFull = words.some((word) => (word.match(/\p{L}/gu)?.length ?? 0) > 1);
  if (words.length >= 2) return isFull || unspacedScripts.test(nickname);
  return unspacedScripts.test(nickname) && graphemes(nickname).length >= 2;
}

/**
 * `anna-lena o'brien` → `Anna-Lena O'Brien`, `LUDWIG VAN BEETHOVEN` → `Ludwig van Beethoven`. Mixed case was meant
 * (McDonald, DeShawn, Henry VIII); scripts without capitals are left alone.
 */
export function capitalisedName(name: string): string {
  const isShouted = name === name.toUpperCase();
  const words = name.split(' ');
  return words
    .map((word, index) => {
      const isWhispered = word === word.toLowerCase();
      if (!casedScripts.test(word) || !(isShouted || isWhispered)) return word;
      const isBetween = index > 0 && index < words.length - 1;
      return isBetween && particles.has(word.toLowerCase()) ? word.toLowerCase() : capitalisedWord(word);
    })
    .join(' ');
}

/** A capital at the start, after a hyphen, and after a single letter with an apostrophe (O'Brien, but Nu'man). */
function capitalisedWord(word: string): string {
  const starts = /(?<=^|-|^\p{L}['\u2019]|-\p{L}['\u2019])\p{L}\p{M}*/gu;
  const isArticle = /^['\u2019]/.test(word);
  const lower = withoutStrayDot(word.toLowerCase());
  if (isArticle) return lower;
  return Array.from(lower.matchAll(starts)).reduce((text, { 0: start, index }) => {
    const capital = index === 0 && word.startsWith('İ') ? 'İ' : start.toUpperCase();
    // ß has no one capital, so such a word stays as it is.
    return capital.length === start.length ? text.slice(0, index) + capital + text.slice(index + start.length) : text;
  }, lower);
}

/** Lower-casing İ leaves a combining dot behind. */
function withoutStrayDot(text: string): string {
  return text.replaceAll('i\u0307', 'i');
}
