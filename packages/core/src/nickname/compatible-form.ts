/**
 * NFKC, as far as it does no harm: full-width and mathematical letters become plain ones, while emoji stay emoji and
 * the few letters that NFKC would draw differently stay as people type them.
 */

/**
 * Armenian և, a letter of its own in names; Thai and Lao AM (split apart, they render wrongly in many fonts); Hangul
 * letters on their own (ㅋㅋ would become leading consonants waiting for a vowel); signs shown as emoji (Ⓜ️ would become
 * M and a stray selector).
 */
const keptAsTyped = /^(?:[\u0587\u0E33\u0EB3\u3131-\u318E]|\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F)/u;
const pieces = /\p{Extended_Pictographic}\uFE0F|.\p{M}*/gsu;
const spaceAndMark = /^ \p{M}/u;
/** Some keyboards leave the selector out. */
const bareKeycap = /([0-9#*])\u20E3/gu;
const accentAsApostrophe = /(?<=\p{L})[\u00B4`](?=\p{L})/gu;

export function compatibleForm(text: string): string {
  return text
    .replace(pieces, (piece) => {
      if (keptAsTyped.test(piece)) return piece;
      const compatible = piece.normalize('NFKC');
      // ´ ¨ ¯ would become a space that carries a mark.
      return spaceAndMark.test(compatible) ? piece : compatible;
    })
    .normalize('NFC')
    .replace(accentAsApostrophe, "'")
    .replace(bareKeycap, '$1\uFE0F\u20E3');
}
