/** A new party, from questions and settings to live state with a room code: one way for quick parties and rooms. */
import { randomUUID } from 'node:crypto';
import {
  type Archive,
  drawRoomCode,
  type Hold,
  openParty,
  type Party,
  type PartyDesk,
  type Player,
  projection,
  type Quiz,
  type RandomInt,
  type Settings,
} from '@partyline/core';

/** Codes are drawn this often before one more digit is used: a crowded house grows, it does not loop. */
const drawsPerLength = 8;
const codeLengths = [6, 7, 8, 9];

export interface OpeningRequest {
  kind: Party['kind'];
  title: string;
  owner_id: string;
  /** See `Party`. */
  person_key?: string;
  settings: Settings;
  quiz: Quiz;
  /** Those who are in from the start. */
  players: Player[];
  /** What they hold. */
  holds: [user_id: string, hold: Hold][];
}

export interface OpeningPorts {
  desk: PartyDesk;
  archive: Archive;
  /** Uniform on 0..n-1, from a CSPRNG: room codes and the order of choices must not be guessed. */
  randomInt: RandomInt;
  now: () => number;
}

export async function openNewParty(request: OpeningRequest, ports: OpeningPorts): Promise<Party> {
  const party_id = randomUUID();
  const game_id = randomUUID();
  for (const digits of codeLengths) {
    for (let draw = 0; draw < drawsPerLength; draw += 1) {
      const party = openParty({
        party_id,
        game_id,
        room_code: drawRoomCode(ports.randomInt, digits),
        kind: request.kind,
        title: request.title,
        owner_id: request.owner_id,
        ...(request.person_key === undefined ? {} : { person_key: request.person_key }),
        created_at: Math.round(ports.now()),
        settings: request.settings,
        rounds: request.quiz.questions.length,
        players_total: request.players.length,
      });
      const { quiz, players, holds } = request;
      const known = new Map(players.map((player) => [player.user_id, player]));
      const shown = projection({ party, quiz, players: known, scoreOf: () => 0, connected: 0 });
      if ((await ports.desk.open({ party, quiz, projection: shown, players, holds })) === 'code_taken') continue;
      await ports.archive.openParty(party);
      return party;
    }
  }
  throw new Error('no free room code was found');
}
