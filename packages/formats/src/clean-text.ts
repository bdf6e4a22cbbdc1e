/** Texts as they may be kept: composed, without what no screen shows, trimmed. Lengths are judged elsewhere. */

/** Text on one line: whatever breaks a line becomes a space. */
export function oneLine(text: string): string {
  return composed(text)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
}

/** Text of several lines, each ended by a line feed. */
export function severalLines(text: string): string {
  return composed(text)
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\t\n]/gu, '')
    .trim();
}

/** In code points, as the wire counts; counts no further than `most` + 1. */
export function isLongerThan(most: number, text: string): boolean {
  return text.length > 2 * most || (text.length > most && [...text].length > most);
}

export function cut(most: number, text: string): string {
  return [...text.slice(0, 2 * most)].slice(0, most).join('').toWellFormed().trim();
}

/** A lone half of a surrogate pair is no character; a byte order mark in the middle comes from files joined together. */
function composed(text: string): string {
  return text.toWellFormed().replaceAll('\uFEFF', '').normalize('NFC');
}
