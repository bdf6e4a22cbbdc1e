/** A host's rooms that still run, and their screens: the key that opened a room is enough to lead it again from anywhere. */
import type { Archive, AuditTrail, HostKey, Snapshot } from '@partyline/core';
import { shownPhase } from '@partyline/core';
import { parseQuery, RoomsQuery } from '@partyline/protocol';
import type { Tokens } from '../tokens.ts';
import type { HttpResponse } from '../transport/transport.ts';
import { answer, type Call, type Handler, refuse, reply } from './call.ts';
import type { Hosts } from './host.ts';
import { atRoom, type DoorPorts } from './room-calls.ts';

/** More rooms at once nobody leads; each costs a look at the live store. */
const listedRooms = 20;
/** As many as somebody looks through at a time. */
const finishedAtOnce = 50;
/** What ended by the clock of Redis is over by this node's, too. */
const clockBlurMs = 60_000;

export interface HostRoomPorts extends DoorPorts {
  archive: Archive;
  audit: AuditTrail;
  hosts: Hosts;
  tokens: Tokens;
  now: () => number;
  read: (party_id: string) => Promise<Snapshot | null>;
}

export function hostRoomCalls(ports: HostRoomPorts): Record<'listRooms' | 'takeRoom', Handler> {
  return {
    listRooms: (call) => ports.hosts.asHost(call, (host) => listRooms(call, host, ports)),
    takeRoom: (call) =>
      ports.hosts.asHost(call, (host) => {
        // To any other key the room is not there.
        const see = async (party_id: string) => ownRoom(await ports.read(party_id), host);
        return atRoom(call, ports, { see, serve: (snapshot) => takeRoom(snapshot, host, ports) });
      }),
  };
}

async function listRooms({ request }: Call, host: HostKey, ports: HostRoomPorts): Promise<HttpResponse> {
  const query = parseQuery(RoomsQuery, request.query);
  if (!query.ok) return answer(query.problem);
  const { phase = 'running', before } = query.value;
  return phase === 'running' ? runningRooms(host, ports) : finishedRooms(host, before, ports);
}

async function finishedRooms(
  host: HostKey,
  before: string | undefined,
  { archive, now }: HostRoomPorts,
): Promise<HttpResponse> {
  const instant = before === undefined ? now() + clockBlurMs : Date.parse(before);
  if (Number.isNaN(instant)) return refuse('invalid_query', '`before` is no day of the calendar');
  const found = await archive.finished(host.id, { before: instant, limit: finishedAtOnce });
  const rooms = found.map(({ players_total, ...room }) => ({ ...room, phase: 'finished', players: players_total }));
  return reply(200, { rooms });
}

/** The archive knows what was opened and has not ended; whether it still runs the live store alone. */
async function runningRooms(host: HostKey, { archive, read }: HostRoomPorts): Promise<HttpResponse> {
  const opened = await archive.running(host.id, listedRooms);
  const found = await Promise.all(opened.map(read));
  const running = found.filter((snapshot) => snapshot !== null).filter(({ phase }) => phase !== 'finished');
  const rooms = running.map(({ party_id, door: { room_code, title }, phase, players_total }) => ({
    ...{ party_id, room_code, title, phase: shownPhase({ name: phase }), players: players_total },
  }));
  return reply(200, { rooms });
}

/** No token without its line in the audit. The old ones are good until they expire; the newest screen has control. */
async function takeRoom(
  { party_id, door: { game_id, room_code, title } }: Snapshot,
  host: HostKey,
  { audit, tokens, now }: HostRoomPorts,
): Promise<HttpResponse> {
  await audit.record({ at: Math.round(now()), actor: host.id, action: 'take_room', party_id, subject: null });
  const host_token = tokens.issue({ party_id, role: 'host', user_id: null, may_command: true });
  return reply(201, { party_id, game_id, room_code, title, host_token });
}

/** A quick party names its owner itself, so its word is not taken for a key's id. */
function ownRoom(snapshot: Snapshot | null, host: HostKey): Snapshot | null {
  return snapshot?.door.kind === 'room' && snapshot.door.owner_id === host.id ? snapshot : null;
}
