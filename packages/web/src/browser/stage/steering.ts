/** What a host can do in each phase, and which of it comes next. Pure. */

import type { View } from '../party-client.ts';
import { isScoredKind } from '../play/playing.ts';

type Simple = 'start' | 'next' | 'skip' | 'pause' | 'resume' | 'lock' | 'unlock' | 'end';

export interface Step {
  command: Simple;
  label: string;
}

type Steered = Pick<View, 'phase' | 'question' | 'round' | 'rounds' | 'settings'>;

/** What the large button does; null where nothing comes next. */
export function nextStep({ phase, question, round, rounds }: Steered): Step | null {
  switch (phase) {
    case 'lobby':
      return { command: 'start', label: 'Start' };
    case 'question':
      return {
        command: 'next',
        label: question !== null && !isScoredKind(question.kind) ? 'Close the vote' : 'Show the answer',
      };
    case 'reveal':
      return { command: 'next', label: round >= rounds ? 'Finish' : 'Next question' };
    case 'paused':
      return { command: 'resume', label: 'Go on' };
    case 'finished':
      return null;
  }
}

export function mayPause({ phase, settings }: Steered): boolean {
  return phase === 'question' || (phase === 'reveal' && settings.pacing === 'auto');
}
