/**
 * Takes out what cannot be seen (zero width, soft hyphens, fillers, tags, variation selectors) and keeps the same code
 * points where they shape what is seen: in emoji, in Persian compounds, in Indic conjuncts, in Mongolian endings.
 */
import { knownEmojiSource } from './known-emoji.ts';

const virama = '[\\u094D\\u09CD\\u0A4D\\u0ACD\\u0B4D\\u0BCD\\u0C4D\\u0CCD\\u0D4D\\u0DCA]';
const pictograph = '\\p{Extended_Pictographic}[\\uFE0F\\p{Emoji_Modifier}]?';

/** In this order: a joined chain before its own first emoji, and every exception before the rule. */
const kept = [
  `${pictograph}(?:\\u200D${pictograph})+`,
  knownEmojiSource,
  '(?<=\\p{Script=Arabic}\\p{M}*)\\u200C(?=\\p{Script=Arabic})',
  `(?<=${virama})(?:\\u200D|\\u200C(?=\\p{L}))`,
  // Bengali ya-phala after ra, Sinhala and Kannada repha: the joiner stands before the virama.
  `(?<=[\\u0985-\\u0DC6])\\u200D(?=${virama})`,
  '(?<=[\\u1820-\\u18AA])(?:[\\u180B-\\u180D\\u180F]|\\u180E(?=[\\u1820-\\u18AA]))',
];
// U+1D159 (null notehead) is blank, yet not listed as ignorable.
const keptOrInvisible = new RegExp(`(${kept.join('|')})|\\p{Default_Ignorable_Code_Point}|\\u{1D159}`, 'gv');

export function stripInvisible(text: string): string {
  return text.replace(keptOrInvisible, (_, visible: string | undefined) => visible ?? '');
}
