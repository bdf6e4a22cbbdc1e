/**
 * Tells text with piled-up combining marks ("zalgo") from scripts that need several on one letter. Bounds after UTS 39
 * section 5.4 (no mark twice in a row, at most four nonspacing ones); the total leaves room for Burmese and Tibetan.
 */
import { knownEmojiSource } from './known-emoji.ts';

const emoji = new RegExp(knownEmojiSource, 'gv');

const stacked = [
  // A mark with nothing to stand on.
  /(?:^|[\p{Z}\p{P}\p{S}])\p{M}/u,
  /(\p{Mn})\1/u,
  /\p{Mn}{5}|\p{M}{7}/u,
  // Of those that go on any letter, after composition: Vietnamese needs none, Lithuanian two, Arabic two.
  /(?:(?=\p{M})\p{Script=Inherited}){3}/u,
  /\p{Me}/u,
];

export function hasStackedMarks(text: string): boolean {
  // Keycaps and selectors are marks too; inside a known emoji they are fine.
  const rest = text.replace(emoji, '\u{1F600}');
  return stacked.some((pattern) => pattern.test(rest));
}
