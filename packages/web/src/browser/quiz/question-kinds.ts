/** The kinds of questions in words, for those who write and those who play them. */
import type { Option } from '../ui/select-field.tsx';
import type { Kind } from './quiz-draft.ts';

export const kindOptions: readonly Option<Kind>[] = [
  { value: 'single', label: 'One right choice' },
  { value: 'multiple', label: 'Several right choices' },
  { value: 'true_false', label: 'True or false' },
  { value: 'text', label: 'Type a text' },
  { value: 'number', label: 'Type a number' },
  { value: 'order', label: 'Put in order' },
  { value: 'poll', label: 'Poll (no right answer)' },
  { value: 'rating', label: 'Rating (no right answer)' },
  { value: 'word_cloud', label: 'Word cloud (no right answer)' },
];

export function kindLabel(kind: Kind): string {
  return kindOptions.find(({ value }) => value === kind)?.label ?? kind;
}

/** What the big screen asks people to do on their phones. */
export const invitations: Readonly<Record<Kind, string>> = {
  single: 'Choose one on your phone',
  multiple: 'Choose all that are right',
  true_false: 'True or false?',
  text: 'Type your answer on your phone',
  number: 'Type a number on your phone',
  order: 'Put them in order on your phone',
  poll: 'Vote on your phone',
  rating: 'Rate it on your phone',
  word_cloud: 'Send a word from your phone',
};
