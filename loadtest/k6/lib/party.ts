/** Opening a party and letting people in, over HTTP. For `setup()`: what it returns is handed to every virtual user. */
import { fail } from 'k6';
import http, { type RefinedResponse } from 'k6/http';
import { hostKey, urlOf } from './settings.ts';

export interface Seat {
  user_id: string;
  token: string;
}

export interface Party {
  party_id: string;
  /** The initiator of a quick party, or the host of a room. */
  host: Seat;
  players: Seat[];
}

export interface QuickParty {
  players: number;
  rounds: number;
  /** Seconds, 5-300. */
  timeout: number;
  reveal_seconds?: number;
  advance_when_all_answered?: boolean;
}

const json = { headers: { 'content-type': 'application/json' } };
const joinsAtOnce = 50;

/** A quick party that waits for its host's `start`. The host plays, too, in everybody's eyes; nobody answers for it. */
export function openQuickParty(plan: QuickParty): Party {
  const body = {
    player_id: 'host',
    category: 'Science',
    rounds: plan.rounds,
    timeout: plan.timeout,
    start: 'manual',
    feedback: 'reveal',
    reveal_seconds: plan.reveal_seconds ?? 1,
    advance_when_all_answered: plan.advance_when_all_answered ?? true,
  };
  const opened = http.post(`${urlOf(0)}/api/party/init`, JSON.stringify(body), json);
  const { party_id, token } = expecting<{ party_id: string; token: string }>(opened, 201);
  const players = join(plan.players, (index) => ({
    path: `/api/party/${party_id}/join`,
    body: { user_id: `k${index}`, nickname: `k${index}` },
  }));
  return { party_id, host: { user_id: 'host', token }, players };
}

export interface Room {
  party_id: string;
  room_code: string;
  host: Seat;
}

export function quiz(questions: number): object {
  return {
    title: 'A quiz under load',
    questions: Array.from({ length: questions }, (_, index) => ({
      kind: 'single',
      prompt: `Question ${index + 1}: which one is right?`,
      time_limit_seconds: 20,
      choices: [{ text: 'this one', correct: true }, { text: 'not this one' }, { text: 'nor this one' }],
    })),
  };
}

/** Needs HOST_KEY. */
export function openRoom(questions: number, settings: object = {}): Room {
  const opened = http.post(`${urlOf(0)}/api/rooms`, JSON.stringify({ quiz: quiz(questions), settings }), asHost());
  const { party_id, room_code, host_token } = expecting<{ party_id: string; room_code: string; host_token: string }>(
    opened,
    201,
  );
  return { party_id, room_code, host: { user_id: '', token: host_token } };
}

export function joinRoom({ room_code }: Room, players: number): Seat[] {
  return join(players, (index) => ({ path: `/api/rooms/${room_code}/join`, body: { nickname: `k${index}` } }));
}

export function asHost(): { headers: Record<string, string> } {
  return { headers: { ...json.headers, authorization: `Bearer ${hostKey}` } };
}

function join(players: number, call: (index: number) => { path: string; body: object }): Seat[] {
  const seats: Seat[] = [];
  for (let from = 0; from < players; from += joinsAtOnce) {
    const requests = Array.from({ length: Math.min(joinsAtOnce, players - from) }, (_, at) => {
      const { path, body } = call(from + at);
      return { method: 'POST', url: `${urlOf(from + at)}${path}`, body: JSON.stringify(body), params: json };
    });
    for (const response of http.batch(requests)) {
      const { user_id, token } = expecting<Seat>(response as RefinedResponse<'text'>, 200, 201);
      seats.push({ user_id, token });
    }
  }
  return seats;
}

export function expecting<Body>(response: RefinedResponse<'text'>, ...statuses: number[]): Body {
  if (!statuses.includes(response.status)) fail(`${response.request.url}: ${response.status} ${response.body}`);
  return JSON.parse(String(response.body)) as Body;
}
