/** The code on the host's screen, made from the party and the time by every node alike: nothing is stored and nothing is sent. */
import { createHmac } from 'node:crypto';
import { acceptedWindows, secondStepWindow } from '@partyline/core';

const digits = 4;

export interface SecondStep {
  shown(party_id: string, now: number): { code: string; changes_in_ms: number };
  isRight(party_id: string, typed: string | undefined, now: number): boolean;
}

export function createSecondStep(keys: string[]): SecondStep {
  function code(key: string, party_id: string, window: number): string {
    const mac = createHmac('sha256', key).update(`second step ${party_id} ${window}`).digest();
    return String(mac.readUInt32BE(0) % 10 ** digits).padStart(digits, '0');
  }

  return {
    shown(party_id, now) {
      const { window, changes_in_ms } = secondStepWindow(now);
      return { code: code(keys[0] ?? '', party_id, window), changes_in_ms: Math.round(changes_in_ms) };
    },
    isRight(party_id, typed, now) {
      const windows = acceptedWindows(now);
      return typed !== undefined && keys.some((key) => windows.some((window) => code(key, party_id, window) === typed));
    },
  };
}
