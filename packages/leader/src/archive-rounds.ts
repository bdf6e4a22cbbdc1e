/**
 * What is final, into the archive: each scored round as a checkpoint, in order, and after the last one the results; bans
 * between two rounds at once. Null where there is nothing to store. Every write may be repeated, so a leader that dies
 * half-way costs nothing.
 */
import { type Archive, type Command, type Crowd, type PartyStore, scoredRound } from '@partyline/core';
import { closedRound } from './closed-round.ts';
import type { LedParty } from './led-party.ts';

export function archiveRounds(
  led: LedParty,
  ports: { store: PartyStore; archive: Archive },
): Promise<Command[]> | null {
  const { party } = led;
  if (party.archived_through < scoredRound(party)) return archiveRound(led, party.archived_through + 1, ports);
  if (party.phase.name === 'finished') return party.phase.results === 'pending' ? saveResults(led, ports) : null;
  return led.bans === 'untold' ? keepBans(led, ports) : null;
}

async function archiveRound(
  led: LedParty,
  round: number,
  ports: { store: PartyStore; archive: Archive },
): Promise<Command[]> {
  const state = { ...led };
  const { party, quiz } = state;
  const { party_id } = party;
  const kept = state.closed?.round === round ? state.closed : null;
  const { answers, counts, standings } = kept ?? (await closedRound(ports.store, party_id, round));
  const window = party.windows[round - 1] ?? { opened_at: 0, closed_at: 0 };
  const isSkipped = party.skipped_rounds.includes(round);
  await ports.archive.checkpoint({
    epoch: state.epoch,
    seq: state.seq,
    party: { ...party, archived_through: round },
    quiz,
    crowd: state.players === state.archivedCrowd ? 'as_before' : await crowdOf(state, ports.store),
    standings: [...standings],
    bans: await ports.store.bans(party_id),
    played: { round, skipped: isSkipped, counts, ...window },
    answers: [...answers.values()].map((answer) => {
      const last = isSkipped ? undefined : standings.get(answer.user_id)?.last;
      return { ...answer, correct: last?.correct ?? null, points: last?.points ?? 0 };
    }),
  });
  led.archivedCrowd = state.players;
  return [{ type: 'archived', round }];
}

async function crowdOf({ party, players }: LedParty, store: PartyStore): Promise<Crowd> {
  const holds: Crowd['holds'] = [];
  for await (const some of store.holds(party.party_id)) {
    // Who came in meanwhile is not among these players: a name held for nobody would never be free again.
    holds.push(...some.filter(([user_id]) => players.has(user_id)));
  }
  return { players: [...players.values()], holds };
}

/** A leader that has just taken over does not know what the one before has told. */
async function keepBans(led: LedParty, ports: { store: PartyStore; archive: Archive }): Promise<Command[]> {
  const { party_id } = led.party;
  led.bans = 'told';
  try {
    const bans = await ports.store.bans(party_id);
    if (bans.length > 0) await ports.archive.keepBans(party_id, bans);
  } catch (error) {
    led.bans = 'untold';
    throw error;
  }
  return [];
}

async function saveResults(led: LedParty, ports: { archive: Archive }): Promise<Command[]> {
  const { party, quiz, players, standings } = led;
  await ports.archive.saveResults({ party, quiz, players: [...players.values()], standings: [...standings] });
  return [{ type: 'results_saved' }];
}
