/** What a commit writes of a party: the document, what gateways are shown of it, and the few facts scripts decide by. */
import type { Party, Projection } from '@partyline/core';

/** Names and values in turn, for HSET. */
export function partyFields(party: Party, projection: Projection): string[] {
  const { phase } = party;
  const window = phase.name === 'question' ? phase : { opens_at: 0, closes_at: 0 };
  const { settings } = projection.door;
  return Object.entries({
    doc: JSON.stringify(party),
    view: projection.view,
    host_view: projection.host_view,
    door: JSON.stringify(projection.door),
    gate: projection.gate === null ? '' : JSON.stringify(projection.gate),
    instant_key: projection.instant_key ?? '',
    instant: projection.instant_key === null ? '0' : '1',
    phase: phase.name,
    round: `${party.current_round}`,
    rounds: `${party.rounds}`,
    room_code: party.room_code,
    // Of a question that stands still; a paused reveal is over for its answers.
    holds_question: phase.name === 'paused' && phase.was.name === 'question' ? '1' : '0',
    opens_at: `${window.opens_at}`,
    closes_at: `${window.closes_at}`,
    locked: projection.door.locked ? '1' : '0',
    max_players: `${settings.max_players}`,
    late_join: settings.late_join ? '1' : '0',
  }).flat();
}
