/** What gateways are given of a party with each commit: views to show, a door to guard, a gate to judge answers' form by. */
import { answerGate } from './gate.ts';
import type { Party } from './party.ts';
import type { Projection } from './ports/party-store.ts';
import { scoredRound } from './scored-round.ts';
import { partyView, type ViewSource } from './view.ts';

export function projection(source: ViewSource): Projection {
  const { party, quiz } = source;
  const { settings, kind, locked, owner_id, title, room_code, game_id, rounds, current_round: round } = party;
  const { person_key } = party;
  const question = party.phase.name === 'question' ? quiz.questions[round - 1] : undefined;
  return {
    view: JSON.stringify(partyView(source, 'all')),
    host_view: JSON.stringify(partyView(source, 'host')),
    door: {
      ...{ kind, phase: party.phase.name, locked, settings, owner_id, title, room_code, game_id, rounds },
      ...(person_key === undefined ? {} : { person_key }),
      let_in: party.players_total,
      scored_round: scoredRound(party),
      ...timing(party),
    },
    gate: question === undefined ? null : answerGate(question, { round, anonymous_votes: settings.anonymous_votes }),
    instant_key: question !== undefined && settings.feedback === 'instant' ? JSON.stringify(question) : null,
  };
}

function timing({ phase }: Party): Pick<Projection['door'], 'question_left_ms' | 'next_at'> {
  if (phase.name === 'paused' && phase.was.name === 'question')
    return { question_left_ms: phase.was.closes_at - phase.paused_at };
  return phase.name === 'reveal' && phase.next_at !== null ? { next_at: phase.next_at } : {};
}
