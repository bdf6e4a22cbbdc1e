/** A host's words, and what became of the last one. Those that move the party on go one at a time: a double click is one step. */
import { useEffect, useState } from 'preact/hooks';
import type { CommandType, Connection } from '../party-client.ts';
import { adviceOnRefusal, offlineAdvice } from '../words/advice.ts';

export interface Commands {
  /** Which step is on its way; null where none is. */
  running: CommandType | null;
  fault: string | null;
  send: SendCommand;
}

export type SendCommand = (...said: Said) => void;

type Said =
  | [type: Exclude<CommandType, 'extend' | 'kick' | 'ban' | 'approve'>]
  | [type: 'extend', data: { seconds: number }]
  | [type: 'kick' | 'ban' | 'approve', data: { user_id: string }];

const aboutPlayers: ReadonlySet<CommandType> = new Set(['kick', 'ban', 'approve']);

/** `leads`: whether this screen is heard. Where that changes, what was said before is settled. */
export function useCommands(connection: Connection | null, leads = true): Commands {
  const [running, setRunning] = useState<CommandType | null>(null);
  const [fault, setFault] = useState<string | null>(null);

  useEffect(() => setFault(null), [leads]);

  async function send(...said: Said): Promise<void> {
    const isAboutPlayer = aboutPlayers.has(said[0]);
    if (connection === null || (running !== null && !isAboutPlayer)) return;
    if (!isAboutPlayer) setRunning(said[0]);
    setFault(null);
    const outcome = await speak(connection, said);
    if (!isAboutPlayer) setRunning(null);
    if (outcome.status === 'refused') {
      setFault(adviceOnRefusal(outcome.code, outcome.detail));
      // What is on this screen made it look allowed: perhaps another screen leads.
      if (outcome.code === 'not_allowed') connection.sync();
    }
    if (outcome.status === 'unconfirmed') setFault(offlineAdvice);
  }

  return { running, fault, send: (...said) => void send(...said) };
}

function speak(connection: Connection, said: Said): ReturnType<Connection['command']> {
  switch (said[0]) {
    case 'extend':
      return connection.command(said[0], said[1]);
    case 'kick':
    case 'ban':
    case 'approve':
      return connection.command(said[0], said[1]);
    default:
      return connection.command(said[0]);
  }
}
