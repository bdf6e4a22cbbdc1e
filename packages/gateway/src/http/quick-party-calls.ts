/** The calls of a quick party: start one from the pool, join it, look at the running round. */
import {
  applyNicknamePolicy,
  type Hold,
  type PartyDesk,
  type Player,
  poolQuiz,
  type QuestionPool,
  quickPartyDefaults,
  type Settings,
  type Snapshot,
} from '@partyline/core';
import { InitPartyRequest, JoinPartyRequest, parseBody, quickPartyTimeoutSeconds } from '@partyline/protocol';
import { type JoinPorts, joinParty, nicknameOf } from '../join-party.ts';
import { type OpeningPorts, openNewParty } from '../open-party.ts';
import { isReservedId } from '../person.ts';
import type { Tokens } from '../tokens.ts';
import type { HttpResponse } from '../transport/transport.ts';
import { answer, type Call, type Handler, refuse, reply } from './call.ts';
import { callerOf, isPartyId, isSeated, seatedPlayer } from './caller-of.ts';
import { questionData } from './question-data.ts';
import { idempotencyKey } from './request-form.ts';

const points = 1_000;

export interface QuickPartyPorts extends JoinPorts, OpeningPorts {
  desk: PartyDesk;
  pool: QuestionPool;
  tokens: Tokens;
  read: (party_id: string) => Promise<Snapshot | null>;
  look: (party_id: string) => Promise<Snapshot | null>;
  disconnect_grace_seconds: number;
  mayInit: (address: string) => boolean;
  mayJoin: (address: string) => boolean;
}

export function quickPartyCalls(
  ports: QuickPartyPorts,
): Record<'initParty' | 'joinParty' | 'getQuestionData', Handler> {
  return {
    initParty: (call) => init(call, ports),
    joinParty: (call) => join(call, ports),
    getQuestionData: (call) => lookAtQuestion(call, ports),
  };
}

async function init({ request }: Call, ports: QuickPartyPorts): ReturnType<Handler> {
  if (!ports.mayInit(request.address)) return refuse('rate_limited', undefined, { retry_after_seconds: 10 });
  const parsed = parseBody(InitPartyRequest, request.body);
  if (!parsed.ok) return answer(parsed.problem);
  const body = parsed.value;
  if (isReservedId(body.player_id)) return reservedId('player_id');
  const drawn = await ports.pool.draw(body.category, body.rounds);
  if (drawn.result === 'category_not_found') return refuse('category_not_found');
  if (drawn.result === 'not_enough_questions') {
    const { available } = drawn;
    return refuse(
      'not_enough_questions',
      `the category has ${available} questions, ${body.rounds} rounds were asked for`,
      { available },
    );
  }
  const settings = quickSettings(body, ports);
  const named = applyNicknamePolicy(
    nicknameOf({ ...body, user_id: body.player_id }, settings, { random: ports.random, attempt: 0 }),
    settings.nickname_policy,
    {
      roster: null,
      random: ports.random,
    },
  );
  if (!named.ok) return refuse('nickname_refused', named.detail, { reason: named.reason });
  const host: Player = {
    user_id: body.player_id,
    nickname: named.nickname,
    joined_at: Math.round(ports.now()),
    status: 'playing',
    team: null,
    extra_time_percent: 0,
  };
  // Else another player could come in under the host's name.
  const hold: [string, Hold] = [
    host.user_id,
    { nickname_key: named.key, roster_key: null, idempotency_key: null, identity_keys: [] },
  ];
  const quiz = poolQuiz(drawn.questions, {
    title: body.category,
    time_limit_ms: (body.timeout ?? quickPartyTimeoutSeconds) * 1000,
    points,
    randomInt: ports.randomInt,
  });
  const party = await openNewParty(
    { kind: 'quick', title: quiz.title, owner_id: body.player_id, settings, quiz, players: [host], holds: [hold] },
    ports,
  );
  const token = ports.tokens.issue({
    party_id: party.party_id,
    role: 'player',
    user_id: body.player_id,
    may_command: true,
  });
  return reply(201, { party_id: party.party_id, game_id: party.game_id, room_code: party.room_code, token });
}

function reservedId(field: 'player_id' | 'user_id'): HttpResponse {
  const message = 'is reserved: ids of this form are given by rooms';
  return refuse('invalid_body', `${field} ${message}`, { errors: [{ path: `/${field}`, message }] });
}

function quickSettings(body: InitPartyRequest, { disconnect_grace_seconds }: QuickPartyPorts): Settings {
  const { start, feedback, scoring, reveal_seconds, advance_when_all_answered, spectators } = body;
  const given = { start, feedback, scoring, reveal_seconds, advance_when_all_answered, spectators };
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return { ...quickPartyDefaults, disconnect_grace_seconds, ...(set as Partial<Settings>) };
}

async function join({ request, params }: Call, ports: QuickPartyPorts): ReturnType<Handler> {
  const { party_id = '' } = params;
  if (!ports.mayJoin(request.address)) return refuse('rate_limited', undefined, { retry_after_seconds: 2 });
  const parsed = parseBody(JoinPartyRequest, request.body);
  if (!parsed.ok) return answer(parsed.problem);
  const body = parsed.value;
  const snapshot = isPartyId(party_id) ? await ports.look(party_id) : null;
  if (snapshot === null) return refuse('party_not_found');
  const caller = callerOf(request.headers, party_id, ports);
  const known = caller?.user_id === body.user_id ? await seatedPlayer(caller, ports.desk) : null;
  if (known !== null) return reply(200, joined(snapshot, known, ports));
  if (isReservedId(body.user_id)) return reservedId('user_id');
  const idempotency_key = idempotencyKey(request.headers, body.user_id);
  const { address } = request;
  const former_user_id = caller?.user_id ?? undefined;
  const outcome = await joinParty(snapshot, { ...body, idempotency_key, address, former_user_id }, ports);
  if (!outcome.ok)
    return refuse(outcome.code, outcome.detail, outcome.reason === undefined ? {} : { reason: outcome.reason });
  return reply(200, joined(snapshot, outcome.player, ports));
}

function joined({ party_id, door }: Snapshot, player: Player, { tokens }: QuickPartyPorts): object {
  const { user_id, nickname, team, status } = player;
  const may_command = door.kind === 'quick' && door.owner_id === user_id;
  const token = tokens.issue({ party_id, role: 'player', user_id, may_command });
  return {
    message: 'Joined party successfully',
    game_id: door.game_id,
    token,
    ...{ party_id, user_id, nickname, status },
    ...(team === null ? {} : { team }),
  };
}

async function lookAtQuestion({ request, params }: Call, ports: QuickPartyPorts): ReturnType<Handler> {
  const { party_id = '' } = params;
  const snapshot = isPartyId(party_id) ? await ports.read(party_id) : null;
  if (snapshot === null) return refuse('party_not_found');
  const caller = callerOf(request.headers, party_id, ports);
  if (!snapshot.door.settings.spectators && !(await isSeated(caller, ports.desk))) return refuse('unauthorized');
  return reply(200, await questionData(snapshot, caller, ports));
}
