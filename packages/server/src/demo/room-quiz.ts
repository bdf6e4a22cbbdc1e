/** The quiz of the room demo: one question of every kind, so that a newcomer sees each of them played. */
import type { QuizBody } from '@partyline/protocol';

export const demoQuiz: QuizBody = {
  title: 'One of every kind',
  questions: [
    {
      kind: 'single',
      prompt: 'Which gas do plants take in for photosynthesis?',
      time_limit_seconds: 10,
      explanation: 'Carbon dioxide and water become sugar and oxygen.',
      choices: [{ text: 'Carbon dioxide', correct: true }, { text: 'Oxygen' }, { text: 'Helium' }, { text: 'Neon' }],
    },
    {
      kind: 'multiple',
      prompt: 'Which of these are prime numbers?',
      time_limit_seconds: 10,
      choices: [{ text: '2', correct: true }, { text: '9' }, { text: '17', correct: true }, { text: '21' }],
    },
    { kind: 'true_false', prompt: 'Sound travels faster in water than in air.', time_limit_seconds: 10, answer: true },
    {
      kind: 'text',
      prompt: 'What is the capital of France?',
      time_limit_seconds: 10,
      accepted: [{ text: 'Paris' }],
    },
    {
      kind: 'number',
      prompt: 'How many bones has an adult human? The closest wins.',
      time_limit_seconds: 10,
      answer: 206,
    },
    {
      kind: 'order',
      prompt: 'Order by size, the smallest first.',
      time_limit_seconds: 10,
      choices: [{ text: 'Moon' }, { text: 'Earth' }, { text: 'Jupiter' }, { text: 'Sun' }],
    },
    {
      kind: 'poll',
      prompt: 'A vote: where shall we go next?',
      time_limit_seconds: 10,
      choices: [{ text: 'Museum' }, { text: 'Zoo' }, { text: 'Lake' }],
    },
    { kind: 'rating', prompt: 'How did you like it so far?', time_limit_seconds: 10 },
    { kind: 'word_cloud', prompt: 'One word for today?', time_limit_seconds: 10 },
  ],
};
