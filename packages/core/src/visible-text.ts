/** What of a text can be seen, for judging quizzes: a text of invisibles alone is blank, whatever its length. */
import { stripInvisible } from './nickname/invisible.ts';

/** As in nicknames, the blank Braille pattern counts as a space. */
const spaces = /[\p{White_Space}\u2800]+/gu;

/** NFKC, without what cannot be seen, inner white space folded, trimmed. Empty exactly where nothing is to be seen. */
export function visibleText(text: string): string {
  return stripInvisible(text.normalize('NFKC')).replace(spaces, ' ').trim();
}
