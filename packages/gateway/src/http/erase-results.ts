/**
 * Erasing what a party leaves behind, or one player of it. A party that has just ended is still shown from the live
 * store for some seconds, names and all: the call waits until it has left, so that nothing answers once it has.
 */
import type { Snapshot, Timers } from '@partyline/core';
import { EraseQuery, parseQuery } from '@partyline/protocol';
import { answer, type Call, type Handler, refuse } from './call.ts';
import { isPartyId } from './caller-of.ts';
import { leaderRight, type RightPorts } from './result-rights.ts';

const lookMs = 250;
/** A party leaves 5 s after its end, or as soon as its results are stored; a leader that dies meanwhile costs some more. */
const patienceMs = 12_000;

export interface ErasePorts extends RightPorts {
  timers: Timers;
}

export async function eraseResults({ request, params }: Call, ports: ErasePorts): ReturnType<Handler> {
  const { party_id = '' } = params;
  if (!isPartyId(party_id)) return refuse('party_not_found');
  const query = parseQuery(EraseQuery, request.query);
  if (!query.ok) return answer(query.problem);
  const right = await leaderRight(request.headers, party_id, ports);
  if ('refused' in right) return refuse(right.refused);
  const snapshot = await ports.read(party_id);
  if (snapshot !== null) {
    if (!(await isStored(snapshot, ports))) return refuse('results_not_ready', 'the party is not over yet');
    if (!(await hasLeft(party_id, ports)))
      return refuse('results_not_ready', 'the party is still shown on its screens: try again in some seconds');
  }
  const { user_id } = query.value;
  if (user_id === undefined) return (await ports.archive.eraseParty(party_id)) ? erased : refuse('results_not_found');
  switch (await ports.archive.erasePlayer(party_id, user_id)) {
    case 'erased':
      return erased;
    case 'still_running':
      return refuse('results_not_ready', 'the party is not over yet');
    case 'not_found':
      return refuse('player_not_found');
  }
}

const erased = { status: 204, headers: {}, body: '' };

async function isStored({ party_id, phase }: Snapshot, { archive }: RightPorts): Promise<boolean> {
  return phase === 'finished' && (await archive.results(party_id, '')) !== null;
}

async function hasLeft(party_id: string, { read, timers }: ErasePorts): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += lookMs) {
    if ((await read(party_id)) === null) return true;
    await new Promise<void>((resume) => timers.after(lookMs, resume));
  }
  return false;
}
