/** What a bot of the room demo answers: something of the right form, right or wrong. */
import type { BotQuestion } from '@partyline/client';
import type { AnswerChoice } from '@partyline/protocol';

const words = ['great', 'Great', 'fun', 'long', 'FUN', 'new'];

export function demoGuess({ question, choices }: BotQuestion, random: () => number): AnswerChoice | null {
  const ids = choices.map(({ id }) => id);
  const some = ids[Math.floor(random() * ids.length)] ?? '';
  switch (question.kind) {
    case 'single':
    case 'true_false':
    case 'poll':
      return some;
    case 'multiple':
      return ids
        .filter(() => random() < 0.5)
        .slice(0, 3)
        .concat(some)
        .filter((id, at, all) => all.indexOf(id) === at);
    case 'order':
      return random() < 0.5 ? [...ids] : [...ids].reverse();
    case 'text':
      return random() < 0.6 ? 'paris' : 'Lyon';
    case 'number':
      return 190 + Math.floor(random() * 30);
    case 'rating':
      return 3 + Math.floor(random() * 3);
    case 'word_cloud':
      return words[Math.floor(random() * words.length)] ?? 'fun';
  }
}
