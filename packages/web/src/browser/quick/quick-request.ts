/** The form of a quick party, and the request it becomes. Pure. */
import type { InitPartyRequest } from '@partyline/protocol';
import { counted } from '../words/format.ts';

export interface QuickForm {
  nickname: string;
  category: string;
  rounds: number;
  seconds: number;
  company: 'together' | 'alone';
}

const quickRounds = [3, 5, 10, 15, 20] as const;
export const quickSeconds = [10, 15, 20, 30, 60] as const;

export const emptyQuickForm: QuickForm = { nickname: '', category: '', rounds: 5, seconds: 20, company: 'together' };

/** With others one waits until they are in; alone the first question opens at once. */
export function quickRequest(form: QuickForm, player_id: string): InitPartyRequest {
  return {
    player_id,
    nickname: form.nickname.trim(),
    category: form.category,
    rounds: form.rounds,
    timeout: form.seconds,
    start: form.company === 'together' ? 'manual' : 'on_connect',
  };
}

/** Choices of rounds that this category can fill; its own number where it can fill none. */
export function possibleRounds(available: number): number[] {
  const possible = quickRounds.filter((rounds) => rounds <= available);
  return possible.length > 0 ? [...possible] : [Math.max(1, available)];
}

/** The chosen number, or the nearest below it that there are questions for. */
export function nearestRounds(wanted: number, available: number): number {
  const possible = possibleRounds(available);
  return possible.filter((rounds) => rounds <= wanted).at(-1) ?? possible[0] ?? 1;
}

export function roundsLabel(rounds: number): string {
  return counted(rounds, 'question');
}
