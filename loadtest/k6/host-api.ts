/** What hosts do before and after a game: write a quiz, look it up, change it, carry it in and out, open a room. Needs HOST_KEY. */
import { check, fail } from 'k6';
import http from 'k6/http';
import type { Options } from 'k6/options';
import { asHost, quiz } from './lib/party.ts';
import { hostKey, numberOf, urlOf } from './lib/settings.ts';

export const options: Options = {
  scenarios: {
    hosts: {
      executor: 'constant-vus',
      vus: numberOf('HOSTS', 10),
      duration: `${numberOf('SECONDS', 15)}s`,
    },
  },
  thresholds: {
    checks: ['rate==1'],
    http_req_failed: ['rate==0'],
    'http_req_duration{name:write a quiz}': ['p(95)<300'],
    'http_req_duration{name:open a room}': ['p(95)<300'],
    'http_req_duration{name:the quizzes}': ['p(95)<300'],
  },
};

export function setup(): void {
  if (hostKey === '') fail('host-api needs HOST_KEY: the key that `make run` printed, or one of `make host-key`');
}

export default function hostApi(): void {
  const url = urlOf(__VU);
  const named = (name: string) => ({ ...asHost(), tags: { name } });
  const quizzes = `${url}/api/quizzes`;
  const written = http.post(quizzes, JSON.stringify(quiz(10)), named('write a quiz'));
  if (!check(written, { 'quiz written': ({ status }) => status === 201 })) return;
  const { quiz_id } = written.json() as unknown as { quiz_id: string };
  const one = `${quizzes}/${quiz_id}`;
  const read = http.get(one, named('read a quiz'));
  const changed = http.put(one, JSON.stringify(quiz(12)), named('change a quiz'));
  const listed = http.get(quizzes, named('the quizzes'));
  const carried = http.get(`${one}/export?format=csv`, named('export a quiz'));
  const room = http.post(`${url}/api/rooms`, JSON.stringify({ quiz_id }), named('open a room'));
  const isOk = ({ status }: { status: number }): boolean => status >= 200 && status < 300;
  check(read, { 'quiz read': isOk });
  check(changed, { 'quiz changed': isOk });
  check(listed, { 'quizzes listed': isOk });
  check(carried, { 'quiz exported': isOk });
  if (check(room, { 'room opened': isOk })) {
    const { room_code } = room.json() as unknown as { room_code: string };
    const door = http.get(`${url}/api/rooms/${room_code}`, { tags: { name: 'look at a room' } });
    check(door, { 'room found': isOk });
  }
  const removed = http.del(one, null, named('remove a quiz'));
  check(removed, { 'quiz removed': isOk });
}
