/** A session with a socket that only remembers what it was sent. */
import type { ServerMessage } from '@partyline/protocol';
import type { Caller } from '../src/caller.ts';
import type { Session } from '../src/session.ts';
import { createTokenBucket } from '../src/token-bucket.ts';

export interface SampleSession extends Session {
  readonly texts: string[];
  readonly closes: { code: number; reason: string }[];
  /** What it was sent, parsed. */
  told(): ServerMessage[];
  types(): string[];
}

let made = 0;

export function sampleSession(caller: Partial<Caller> = {}): SampleSession {
  made += 1;
  const texts: string[] = [];
  const closes: { code: number; reason: string }[] = [];
  const told = (): ServerMessage[] => texts.map((text) => JSON.parse(text) as ServerMessage);
  return {
    id: `session-${made}`,
    socket: {
      send(text) {
        texts.push(text);
        return 'sent';
      },
      close: (code, reason) => void closes.push({ code, reason }),
    },
    caller: { party_id: 'p', role: 'player', user_id: `user-${made}`, may_command: false, ...caller },
    bucket: createTokenBucket({ burst: 1_000, per_second: 1_000 }),
    state: 'live',
    epoch: 0,
    seq: -1,
    status: 'playing',
    extra_time_percent: 0,
    you: null,
    sent_at: 0,
    refused: 0,
    overreached: new Set(),
    texts,
    closes,
    told,
    types: () => told().map(({ type }) => type),
  };
}

export const spectatorOf = { role: 'spectator', user_id: null } as const;
export const hostOf = { role: 'host', user_id: null, may_command: true } as const;
