/**
 * How long a nickname looks. Counts what people see as one sign, not code units; knows nothing of what is allowed.
 */
import { knownEmojiSource } from './known-emoji.ts';

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
const knownEmoji = new RegExp(`^${knownEmojiSource}$`, 'v');
const pictographs = /\p{Extended_Pictographic}/gu;
const bases = /[^\p{M}\p{Default_Ignorable_Code_Point}]/gu;

/** What real conjuncts pack into one grapheme (strya has four); more is mostly a chain that evades the count. */
const LETTERS_PER_SIGN = 4;

/** Latin, Greek and Cyrillic without marks, where a code unit is a grapheme; the segmenter takes 2 µs for each. */
const simple = /^[ -\u02FF\u0370-\u0482\u048A-\u052F]*$/;

export function graphemes(text: string): string[] {
  if (simple.test(text)) return text.split('');
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/**
 * Length in graphemes. Joiners can chain pictographs, and viramas letters, into one grapheme of any width, so a chain
 * that no font draws as one sign counts as the several signs it shows.
 */
export function nicknameLength(text: string): number {
  return graphemes(text).reduce((length, grapheme) => length + signs(grapheme), 0);
}

function signs(grapheme: string): number {
  if (grapheme.length === 1 || knownEmoji.test(grapheme)) return 1;
  const shown = grapheme.match(pictographs)?.length ?? 0;
  const letters = Math.ceil((grapheme.match(bases)?.length ?? 0) / LETTERS_PER_SIGN);
  return Math.max(1, shown, letters);
}
