/**
 * A word list as patterns, one for each way of reading. Built from letters alone (nothing of a host's word reaches a
 * pattern unescaped), without nested repetition, so that matching stays linear in practice.
 */
import { latinShape } from './confusables.ts';
import { foldCase } from './fold-case.ts';

export interface Lexicon {
  plain: RegExp;
  loose: RegExp;
  spaced: RegExp;
  skeleton: RegExp;
}

interface Entry {
  word: string;
  anywhere: boolean;
}

/** What may stand for a letter. A stroke at a word's end is none: Ana1 and Naz! are names with something behind. */
const leet: Record<string, string> = {
  a: '4',
  b: '8',
  e: '3',
  g: '96',
  i: '1!',
  l: '1!',
  o: '0',
  s: '5',
  t: '7+',
  u: 'v',
  z: '2',
};
const endStrokes = /[1!]/g;

const apart = '(?<![\\p{L}\\p{M}])';
const ended = '(?![\\p{L}\\p{M}])';

export function lexicon(words: readonly string[]): Lexicon | null {
  const entries = words.map(entryOf).filter(({ word }) => word !== '');
  if (entries.length === 0) return null;
  const shaped = entries.map((entry) => ({ ...entry, word: latinShape(entry.word, 'own') }));
  return {
    plain: pattern(entries, ({ word }) => word),
    loose: pattern(shaped, loosened),
    spaced: new RegExp(`${apart}(?:${shaped.map(spacedOut).join('|')})${ended}`, 'gu'),
    skeleton: pattern(shaped, ({ word }) => Array.from(word, skeletal).join('')),
  };
}

/** Those of the words whose letters a text has, in one guise or another: compiling all of a host's takes 15 ms. */
export function possibleWords(words: readonly string[], text: string): readonly string[] {
  if (words.length === 0 || text.includes('*')) return words;
  const standsFor = Object.keys(leet).filter((letter) =>
    Array.from(leet[letter] ?? '').some((sign) => text.includes(sign)),
  );
  const present = new Set([
    ...text,
    ...standsFor,
    ...(text.includes('rn') ? 'm' : ''),
    ...(text.includes('vv') ? 'w' : ''),
  ]);
  return words.filter((written) =>
    Array.from(latinShape(entryOf(written).word, 'own')).every((letter) => present.has(letter)),
  );
}

function entryOf(written: string): Entry {
  return { word: foldCase(written).replace(/[^\p{L}\p{M}\p{N}]/gu, ''), anywhere: /^\*.*\*$/.test(written) };
}

function pattern(entries: Entry[], form: (entry: Entry) => string): RegExp {
  const [inside, alone] = [entries.filter(({ anywhere }) => anywhere), entries.filter(({ anywhere }) => !anywhere)];
  const choices = [
    ...inside.map(form),
    ...(alone.length === 0 ? [] : [`${apart}(?:${alone.map(form).join('|')})s?${ended}`]),
  ];
  return new RegExp(choices.join('|'), 'gu');
}

/**
 * Leet, censoring asterisks, repeats. Words found anywhere take any repeat. Bare ones keep their length where a name
 * could be meant (rapper, Bonner, Tiit): vowels and the last letter of longer ones may repeat, the others only from
 * three on.
 */
function loosened({ word, anywhere }: Entry): string {
  const runs = Array.from(word.matchAll(/(.)\1*/gu), ([run, letter = '']) => ({
    letter,
    count: Array.from(run).length,
  }));
  return runs
    .map(({ letter, count }, index) => {
      const isLast = index === runs.length - 1;
      const standIns = isLast ? (leet[letter] ?? '').replace(endStrokes, '') : (leet[letter] ?? '');
      const signs = `[${letter}${standIns}${index > 0 && !isLast ? '*' : ''}]`;
      const mayRepeat = anywhere || (word.length > 3 && (isLast || /[aeiou]/.test(letter)));
      if (count > 1) return `${signs}{${count},}`;
      return mayRepeat ? `${signs}+` : `${signs}(?:${signs}{2,})?`;
    })
    .join('');
}

/** `f u c k`; `fu ck` only for words found anywhere (`pen is mine`, `as son` are none). */
function spacedOut({ word, anywhere }: Entry): string {
  return Array.from(word, (letter) => `${letter}+`).join(anywhere ? ' ?' : ' ');
}

/** What passes for a letter in the skeleton. */
const passesFor: Record<string, string> = { i: '[il]', m: '(?:m|rn)', w: '(?:w|vv)' };

function skeletal(letter: string): string {
  return passesFor[letter] ?? letter;
}
