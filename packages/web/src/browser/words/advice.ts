/**
 * What went wrong, and what to do about it, in a sentence or two: every refusal that a person can meet. The tables are
 * complete by their types, so a new code cannot be forgotten.
 */
import type { CloseReason, ProblemCode, ProblemDocument, WsErrorCode } from '@partyline/protocol';

/** What the network says when nothing came back at all. */
export const offlineAdvice = 'We cannot reach the server. Check your connection, then try again.';

const problemAdvice: Readonly<Record<ProblemCode, string>> = {
  invalid_body: 'Something here is not filled in right. Check the marked fields.',
  invalid_query: 'This page asked for something the server does not know. Reload the page.',
  already_joined: 'Somebody has joined under this name already. Choose another one.',
  unauthorized: 'You are signed out here. Sign in or join again.',
  forbidden: 'You may not do this here. Ask the host.',
  origin_refused: 'This page may not talk to this server. Open it from its own address.',
  party_locked: 'The host has locked the room. Ask the host to let you in.',
  party_full: 'The room is full. Ask the host for more places.',
  party_started: 'The game has started and takes nobody else. Wait for the next one.',
  party_over: 'This party is over. Ask the host for a new code.',
  banned: 'The host has banned you from this room. If this was a mistake, talk to the host.',
  wrong_passcode: 'That passcode is not right. Ask the host for it.',
  second_step_required: 'That code is not the one on the big screen. It changes every 30 seconds: type the newest.',
  not_on_roster: 'You are not on the list for this room. Check the spelling, or ask the host.',
  roster_taken: 'Somebody has joined in your place already. Tell the host.',
  not_found: 'There is nothing here. Reload the page.',
  category_not_found: 'This category is gone. Choose another one.',
  party_not_found: 'This party is over, or it never was. Ask for a new code.',
  room_not_found: 'No room has this code. Check it on the big screen and try again.',
  quiz_not_found: 'This quiz is gone. Reload the list.',
  results_not_found: 'There are no results of this party. They may have been erased.',
  player_not_found: 'Nothing is known of this player yet.',
  method_not_allowed: 'This page is older than the server. Reload the page.',
  results_not_ready: 'The results are still being stored. Try again in a few seconds.',
  body_too_large: 'This is too large. Make it smaller and try again.',
  unsupported_media_type: 'The server does not read this kind of file. Choose another format.',
  not_enough_questions: 'This category has fewer questions than that. Choose fewer rounds.',
  nickname_refused: 'This name cannot be used here. Choose another one.',
  team_refused: 'This team does not exist. Choose one from the list.',
  quiz_invalid: 'Some questions cannot be played yet. They are marked below.',
  settings_invalid: 'These settings do not go together. Change one of them.',
  import_unreadable: 'This file is not of the chosen format. Choose the format it was saved in.',
  upgrade_required: 'This address is for the game itself. Open the start page.',
  rate_limited: 'That was too often. Wait a moment, then try again.',
  internal: 'Something broke on our side. Try again; if it stays, tell the host.',
  store_unavailable: 'The server cannot reach its memory right now. Try again in a few seconds.',
  not_ready: 'The server is just starting. Try again in a few seconds.',
};

/** Codes whose `detail` from the server is about what was typed, and so says more than we can. */
const telling: ReadonlySet<ProblemCode> = new Set([
  'nickname_refused',
  'not_enough_questions',
  'settings_invalid',
  'import_unreadable',
]);

export function adviceOn(problem: Pick<ProblemDocument, 'code' | 'detail'> | null): string {
  if (problem === null) return offlineAdvice;
  const advice = Object.hasOwn(problemAdvice, problem.code) ? problemAdvice[problem.code] : problemAdvice.internal;
  return telling.has(problem.code) && problem.detail !== '' ? sentence(problem.detail) : advice;
}

/** Some of what can be typed as a room code is no part of an address, and so leads to none: no room has it either. */
export function adviceOnRoomCode(problem: Pick<ProblemDocument, 'code' | 'detail'> | null): string {
  return adviceOn(problem?.code === 'not_found' ? { code: 'room_not_found', detail: '' } : problem);
}

const refusalAdvice: Readonly<Record<WsErrorCode, string>> = {
  late: 'Too late: time was up when your answer arrived.',
  duplicate: 'You had answered already. Your first answer counts.',
  wrong_round: 'That question is over. The next one comes by itself.',
  not_allowed: 'This cannot be done right now.',
  invalid: 'This answer does not fit the question. Change it and send it again.',
  rate_limited: 'That was too fast. Try again in a moment.',
  retry: 'We are not sure this arrived. Send it again: it counts only once.',
};

export function adviceOnRefusal(code: WsErrorCode, detail = ''): string {
  if (code === 'not_allowed' && detail.includes('another screen')) {
    return 'Another screen of yours leads now. Take control back first.';
  }
  return code === 'not_allowed' && detail !== '' ? sentence(detail) : refusalAdvice[code];
}

export interface Farewell {
  title: string;
  advice: string;
}

/** A socket that will not come back, in words; null for reasons that mean to reconnect. */
export function farewell(reason: CloseReason | null): Farewell {
  switch (reason) {
    case 'party_over':
    case 'party_not_found':
      return { title: 'This party is over', advice: 'Thanks for playing. For another one, type its code.' };
    case 'removed':
      return { title: 'The host removed you', advice: 'If this was a mistake, talk to the host and join again.' };
    case 'banned':
      return { title: 'The host banned you', advice: 'You cannot come back into this room. Talk to the host.' };
    case 'seat_lost':
      return { title: 'We lost your seat', advice: 'Something broke on our side. Join again: the game goes on.' };
    case 'unauthorized':
      return { title: 'Your seat is gone', advice: 'It has expired or was given back. Join again with the code.' };
    case 'replaced':
      return { title: 'You are playing on another screen', advice: 'Go on there, or reload this page to play here.' };
    case 'party_full':
      return { title: 'The room is full', advice: 'Ask the host for more places, then reload this page.' };
    default:
      return { title: 'The connection has ended', advice: 'Reload this page to come back.' };
  }
}

/** `the party is paused` → `The party is paused.` */
export function sentence(detail: string): string {
  const text = detail.trim();
  const first = text.slice(0, 1).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(first) ? first : `${first}.`;
}
