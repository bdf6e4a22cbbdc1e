/** A tally as it is shown. What a crowd may write freely is bounded here, and masked; where there are few choices all are shown. */
import { maskProfanity } from './nickname/profanity.ts';
import type { Question } from './question.ts';
import type { Settings } from './settings.ts';

type Counts = Readonly<Record<string, number>>;

/** A screen shows no more words than this, and a frame to thousands of phones stays small. */
export const shownWords = 200;

/** `question`: the one that was answered; undefined where it is not known. What the crowd wrote is stored as it was written. */
export function shownCounts(
  counts: Counts,
  { question, settings }: { question: Question | undefined; settings: Settings },
): Record<string, number> {
  const shown = mostFrequent(counts);
  const { profanity, blocked_words = [] } = settings.nickname_policy;
  const isMasked = question?.kind === 'word_cloud' && profanity !== 'off';
  return isMasked ? masked(shown, blocked_words) : shown;
}

/** The most frequent first to be kept; of equally frequent ones those that come first in code unit order. */
function mostFrequent(counts: Counts): Record<string, number> {
  const entries = Object.entries(counts);
  if (entries.length <= shownWords) return { ...counts };
  const ranked = entries.sort(([a, times], [b, others]) => others - times || (a < b ? -1 : 1));
  return Object.fromEntries(ranked.slice(0, shownWords));
}

/** Words that read the same behind their stars are one. A map, since a word may be `__proto__`. About 55 µs a word. */
function masked(counts: Counts, extra_words: readonly string[]): Record<string, number> {
  const sums = new Map<string, number>();
  for (const [word, times] of Object.entries(counts)) {
    const shown = maskProfanity(word, { extra_words });
    sums.set(shown, (sums.get(shown) ?? 0) + times);
  }
  return Object.fromEntries(sums);
}
