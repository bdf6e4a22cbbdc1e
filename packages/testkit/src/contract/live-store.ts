/** Every suite of the live store's ports, to be run against each of its implementations. */
import { type AnswersContractOptions, answersContract } from './answers.ts';
import { electionContract } from './election.ts';
import { partyDeskContract } from './party-desk.ts';
import { partyStoreContract } from './party-store.ts';
import type { StoreWorldFor } from './store-world.ts';

export function liveStoreContract(worldFor: StoreWorldFor, options: AnswersContractOptions): void {
  partyDeskContract(worldFor);
  answersContract(worldFor, options);
  partyStoreContract(worldFor);
  electionContract(worldFor);
}
