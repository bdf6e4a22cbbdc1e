/** A tally as it is shown and stored. What a crowd may write freely is bounded here; where there are few choices all are shown. */

/** A screen shows no more words than this, and a frame to thousands of phones stays small. */
export const shownWords = 200;

/** The most frequent first to be kept; of equally frequent ones those that come first in code unit order. */
export function shownCounts(counts: Readonly<Record<string, number>>): Record<string, number> {
  const entries = Object.entries(counts);
  if (entries.length <= shownWords) return { ...counts };
  const ranked = entries.sort(([a, times], [b, others]) => others - times || (a < b ? -1 : 1));
  return Object.fromEntries(ranked.slice(0, shownWords));
}
