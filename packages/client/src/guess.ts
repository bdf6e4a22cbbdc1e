/** An answer of the right form for any kind of question, without knowing anything. For bots. */
import type { AnswerChoice, ShownChoice, ShownQuestion } from '@partyline/protocol';

const words = ['blue', 'seven', 'Paris', 'tea', 'a river', 'never', 'Ada', 'the moon'] as const;

/** `random`: uniform on [0, 1). */
export function guess(question: ShownQuestion, choices: readonly ShownChoice[], random: () => number): AnswerChoice {
  const ids = choices.map(({ id }) => id);
  switch (question.kind) {
    case 'single':
    case 'true_false':
    case 'poll':
      return pick(ids, random) ?? '';
    case 'multiple': {
      const some = ids.filter(() => random() < 0.5);
      return some.length > 0 ? some : ids.slice(0, 1);
    }
    case 'order':
      return shuffled(ids, random);
    case 'text':
      return pick(words, random) ?? '';
    case 'word_cloud':
      return shuffled(words, random).slice(0, 1 + Math.floor(random() * (question.max_words ?? 1)));
    case 'number':
      return between(question.min ?? 0, question.max ?? 100, random);
    case 'rating':
      return between(1, question.max ?? 5, random);
  }
}

function between(low: number, high: number, random: () => number): number {
  return Math.min(high, Math.floor(low + random() * (high - low + 1)));
}

function pick<T>(items: readonly T[], random: () => number): T | undefined {
  return items[Math.floor(random() * items.length)];
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
