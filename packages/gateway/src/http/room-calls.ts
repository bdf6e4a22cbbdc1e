/** The calls of a room: a host opens it, others look at its door and join. */
import {
  type AuthoredQuiz,
  normaliseRoomCode,
  type PartyDesk,
  playableQuiz,
  type Quizzes,
  roomDefaults,
  type Settings,
  type Snapshot,
  settingsFault,
  shownPhase,
} from '@partyline/core';
import { CreateRoomRequest, JoinRoomRequest, parseBody, type SettingsPatch } from '@partyline/protocol';
import { type JoinPorts, joinParty } from '../join-party.ts';
import { type OpeningPorts, openNewParty } from '../open-party.ts';
import { personKey } from '../person.ts';
import type { Tokens } from '../tokens.ts';
import type { HttpResponse } from '../transport/transport.ts';
import { answer, type Call, type Handler, refuse, reply } from './call.ts';
import { callerOf, seatedPlayer } from './caller-of.ts';
import type { Hosts } from './host.ts';
import { quizRefusal } from './quiz-calls.ts';
import { idempotencyKey } from './request-form.ts';

export interface DoorPorts {
  desk: PartyDesk;
  /** Budget of room codes that turned out to be nobody's: by address, and over all. */
  guesses: { isSpent(address: string): boolean; failed(address: string): void };
}

export interface RoomPorts extends JoinPorts, OpeningPorts, DoorPorts {
  desk: PartyDesk;
  quizzes: Quizzes;
  hosts: Hosts;
  tokens: Tokens;
  disconnect_grace_seconds: number;
  read: (party_id: string) => Promise<Snapshot | null>;
  look: (party_id: string) => Promise<Snapshot | null>;
  mayJoin: (address: string) => boolean;
}

export function roomCalls(ports: RoomPorts): Record<'createRoom' | 'getRoom' | 'joinRoom', Handler> {
  return {
    createRoom: (call) => ports.hosts.asHost(call, (host, key) => createRoom(call, { id: host.id, key }, ports)),
    getRoom: (call) => atRoom(call, ports, { see: ports.read, serve: async (snapshot) => reply(200, door(snapshot)) }),
    joinRoom: (call) => {
      if (!ports.mayJoin(call.request.address)) return Promise.resolve(tooMany(2));
      return atRoom(call, ports, { see: ports.look, serve: (snapshot) => joinRoom(call, snapshot, ports) });
    },
  };
}

interface PresentedKey {
  id: string;
  key: string;
}

async function createRoom({ request }: Call, host: PresentedKey, ports: RoomPorts): Promise<HttpResponse> {
  const parsed = parseBody(CreateRoomRequest, request.body);
  if (!parsed.ok) return answer(parsed.problem);
  const { quiz_id, quiz: inline, settings: patch = {} } = parsed.value;
  const settings = roomSettings(patch, ports);
  const fault = settingsFault(settings);
  if (fault !== null) return refuse('settings_invalid', fault);
  const stored = quiz_id === undefined ? null : await ports.quizzes.get(host.id, quiz_id);
  const authored = inline ?? (stored?.document as AuthoredQuiz | undefined);
  if (authored === undefined) return refuse('quiz_not_found');
  const refusal = quizRefusal(authored);
  if (refusal !== null) return refusal;
  const quiz = playableQuiz(authored, { quiz_id: quiz_id ?? null, randomInt: ports.randomInt });
  const party = await openNewParty(
    {
      ...{ kind: 'room', title: quiz.title, owner_id: host.id, person_key: personKey(host.key) },
      ...{ settings, quiz, players: [], holds: [] },
    },
    ports,
  );
  const { party_id, game_id, room_code } = party;
  const host_token = ports.tokens.issue({ party_id, role: 'host', user_id: null, may_command: true });
  return reply(201, { party_id, game_id, room_code, host_token });
}

function roomSettings(patch: SettingsPatch, { disconnect_grace_seconds }: RoomPorts): Settings {
  const nickname_policy = { ...roomDefaults.nickname_policy, ...patch.nickname_policy };
  return { ...roomDefaults, disconnect_grace_seconds, ...(patch as Partial<Settings>), nickname_policy };
}

/** Finds the room of a code. Every miss looks the same, and an address that misses too often waits. */
export async function atRoom(
  { request, params }: Call,
  { guesses, desk }: DoorPorts,
  { see, serve }: { see: RoomPorts['read']; serve: (snapshot: Snapshot) => Promise<HttpResponse> },
): Promise<HttpResponse> {
  if (guesses.isSpent(request.address)) return tooMany(30);
  const code = normaliseRoomCode(params.room_code ?? '');
  const party_id = code === null ? null : await desk.partyOfRoomCode(code);
  const snapshot = party_id === null ? null : await see(party_id);
  if (snapshot === null) {
    guesses.failed(request.address);
    return refuse('room_not_found');
  }
  return serve(snapshot);
}

function door(snapshot: Snapshot): object {
  const { phase, players_total, waiting_total } = snapshot;
  const { settings, title, room_code, locked } = snapshot.door;
  const { blocked_words: _, ...nickname_policy } = settings.nickname_policy;
  return {
    room_code,
    title,
    phase: shownPhase({ name: phase }),
    locked,
    players: players_total,
    waiting: waiting_total,
    nickname_policy,
    passcode_required: settings.passcode !== null,
    second_step_required: settings.second_step,
    roster_required: settings.roster !== null,
    approval_required: settings.approve_joins,
    late_join: settings.late_join,
    teams: settings.teams,
  };
}

async function joinRoom({ request }: Call, snapshot: Snapshot, ports: RoomPorts): Promise<HttpResponse> {
  const parsed = parseBody(JoinRoomRequest, request.body);
  if (!parsed.ok) return answer(parsed.problem);
  const { party_id, door: at } = snapshot;
  const caller = callerOf(request.headers, party_id, ports);
  const known = await seatedPlayer(caller, ports.desk);
  if (known !== null) return reply(201, admitted(snapshot, known, ports.tokens));
  const outcome = await joinParty(
    snapshot,
    {
      ...parsed.value,
      user_id: null,
      idempotency_key: idempotencyKey(request.headers),
      address: request.address,
      former_user_id: caller?.user_id ?? undefined,
    },
    ports,
  );
  if (outcome.ok) return reply(201, admitted(snapshot, outcome.player, ports.tokens));
  const { code, detail, reason } = outcome;
  return refuse(
    at.kind === 'room' && code === 'party_not_found' ? 'room_not_found' : code,
    detail,
    reason === undefined ? {} : { reason },
  );
}

function admitted(
  { party_id, door: { game_id } }: Snapshot,
  player: { user_id: string; nickname: string; team: string | null; status: 'playing' | 'waiting' },
  tokens: Tokens,
): object {
  const { user_id, nickname, team, status } = player;
  const token = tokens.issue({ party_id, role: 'player', user_id, may_command: false });
  return { party_id, game_id, user_id, nickname, token, status, ...(team === null ? {} : { team }) };
}

function tooMany(retry_after_seconds: number): HttpResponse {
  return refuse('rate_limited', undefined, { retry_after_seconds });
}
