/** Forgets parties and players. What there is to forget is listed in sql/queries/erase, table by table. */
import type { Database, Session } from './database.ts';
import { fateOf, lockParties } from './party-lock.ts';
import { statement } from './statement.ts';

const eraseParties = statement('erase/erase-parties');
const erasePlayerRows = statement('erase/erase-player');
const listEndedBefore = statement('erase/list-ended-before');
const findGame = statement('archive/find-game');

/** Parties per transaction of the retention: their locks are held until it ends. */
const BATCH = 100;

const LANE = 'retention';

async function eraseThem(session: Session, party_ids: readonly string[]): Promise<number> {
  await lockParties(session, party_ids);
  return (await session.rows(eraseParties, [party_ids])).length;
}

export async function eraseParty(database: Database, party_id: string): Promise<boolean> {
  return database.transaction(party_id, async (session) => (await eraseThem(session, [party_id])) > 0);
}

export function erasePlayer(
  database: Database,
  { party_id, user_id }: { party_id: string; user_id: string },
): Promise<'erased' | 'not_found' | 'still_running'> {
  return database.transaction(party_id, async (session) => {
    await lockParties(session, [party_id]);
    if ((await fateOf(session, party_id)) === 'running') return 'still_running';
    const [game] = await session.rows<{ game_id: string }>(findGame, [party_id]);
    if (game === undefined) return 'not_found';
    const [count] = await session.rows<{ erased: number }>(erasePlayerRows, [party_id, game.game_id, user_id]);
    return count !== undefined && count.erased > 0 ? 'erased' : 'not_found';
  });
}

export async function eraseEndedBefore(database: Database, instant: number): Promise<number> {
  let erased = 0;
  for (;;) {
    const count = await database.transaction(LANE, async (session) => {
      const rows = await session.rows<{ party_id: string }>(listEndedBefore, [new Date(instant), BATCH]);
      return eraseThem(
        session,
        rows.map((row) => row.party_id),
      );
    });
    erased += count;
    if (count < BATCH) return erased;
  }
}
