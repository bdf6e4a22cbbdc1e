/** An answer as the round's hash holds it: `elapsed_ms["message id",choice]`. The script writes the number before it. */
import type { Answer, Choice } from '@partyline/core';

export function packedAnswer(id: string, choice: Choice | null): string {
  return JSON.stringify([id, choice]);
}

export function unpackedAnswer(packed: string): Omit<Answer, 'user_id'> {
  const from = packed.indexOf('[');
  const [id, choice] = JSON.parse(packed.slice(from)) as [string, Choice | null];
  return { id, choice, elapsed_ms: Number(packed.slice(0, from)) };
}
