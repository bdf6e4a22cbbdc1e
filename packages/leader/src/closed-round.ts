/** A round that is over and scored, with every answer and account: what the archive keeps of it. */
import type { Answer, PartyStore, Standing } from '@partyline/core';

export interface ClosedRound {
  round: number;
  answers: Map<string, Answer>;
  counts: Record<string, number>;
  /** Accounts after it. */
  standings: Map<string, Standing>;
}

/** A closed and scored round as the store holds it: for a leader that has not scored it itself. */
export async function closedRound(store: PartyStore, party_id: string, round: number): Promise<ClosedRound> {
  const standings = await standingsOf(store, party_id, round);
  const answers = await answersOf(store, party_id, round);
  return { round, answers, counts: await store.tally(party_id, round), standings };
}

export async function standingsOf(store: PartyStore, party_id: string, round: number): Promise<Map<string, Standing>> {
  const standings = new Map<string, Standing>();
  for await (const some of store.standings(party_id, round)) {
    for (const [user_id, standing] of some) standings.set(user_id, standing);
  }
  return standings;
}

export async function answersOf(store: PartyStore, party_id: string, round: number): Promise<Map<string, Answer>> {
  const answers = new Map<string, Answer>();
  for await (const some of store.answers(party_id, round)) {
    for (const answer of some) answers.set(answer.user_id, answer);
  }
  return answers;
}
