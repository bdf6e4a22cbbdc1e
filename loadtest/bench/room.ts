/** A room on real nodes as its host sees it: opened by HTTP, moved on by the host's word, over the client package. */
import { type Connection, createApi, createConnection } from '@partyline/client';
import { hostKey } from './rig.ts';

export interface Room {
  readonly party_id: string;
  readonly room_code: string;
  /** Rejects where the server refuses it or does not answer. */
  command(type: 'start' | 'next' | 'lock' | 'unlock' | 'end'): Promise<void>;
  leave(): void;
  readonly host: Connection;
}

export interface RoomPlan {
  rounds: number;
  max_players: number;
  time_limit_seconds?: number;
  settings?: Record<string, unknown>;
}

const filler = 'of all the things that could be asked about the long and winding rivers of this world ';

/** About 600 bytes on the wire, as the fan-out row's messages. */
export function quizOf(rounds: number, time_limit_seconds = 60) {
  const questions = Array.from({ length: rounds }, (_, index) => ({
    kind: 'single' as const,
    prompt: `Question ${index + 1}: ${filler}, which one is the right one?`,
    time_limit_seconds,
    choices: ['the first river', 'the second river', 'the third river', 'the fourth river'].map((text, at) => ({
      text,
      correct: at === 0,
    })),
  }));
  return { title: 'A quiz to be measured', questions };
}

export async function openRoom(ports: number[], plan: RoomPlan): Promise<Room> {
  const [port = 0] = ports;
  const api = createApi({ baseUrl: `http://127.0.0.1:${port}`, token: hostKey });
  const opened = await api.createRoom({
    quiz: quizOf(plan.rounds, plan.time_limit_seconds),
    settings: { max_players: plan.max_players, reveal_seconds: 0, spectators: true, ...plan.settings },
  });
  const { party_id, room_code, host_token } = opened;
  const host = createConnection({ url: `http://127.0.0.1:${port}`, party_id, token: host_token });
  await new Promise<void>((resolve, reject) => {
    host.on('view', () => resolve());
    host.on('closed', ({ code }) => reject(new Error(`the host was turned away (${code})`)));
  });
  return {
    party_id,
    room_code,
    host,
    async command(type) {
      let outcome = await host.command(type);
      // No reply within ten seconds: on an overloaded machine the word is given once more.
      if (outcome.status === 'unconfirmed') outcome = await host.command(type);
      if (outcome.status !== 'accepted') throw new Error(`${type}: ${JSON.stringify(outcome)}`);
    },
    leave: () => host.close(),
  };
}
