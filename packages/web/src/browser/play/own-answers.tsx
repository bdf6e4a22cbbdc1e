/** What a player answered, round by round, fetched when it is asked for. */
import type { AnswerRow, RoundStats } from '@partyline/protocol';
import { useState } from 'preact/hooks';
import { pageApi, problemOf } from '../party-client.ts';
import type { Seat } from '../seat/kept.ts';
import { Asked } from '../ui/asked.tsx';
import { adviceOn } from '../words/advice.ts';
import { answerTime, grouped } from '../words/format.ts';

type Fetching =
  | { name: 'not_yet' }
  | { name: 'asking' }
  | { name: 'refused'; advice: string }
  | { name: 'there'; rows: readonly AnswerRow[]; rounds: readonly RoundStats[] };

export function OwnAnswers({ seat, isSaved }: { seat: Seat; isSaved: boolean }) {
  const [asked, setAsked] = useState<Fetching>({ name: 'not_yet' });

  async function ask(): Promise<void> {
    setAsked({ name: 'asking' });
    try {
      const api = pageApi(seat.token);
      const [{ answers }, { by_round }] = await Promise.all([api.results(seat.party_id), api.stats(seat.party_id)]);
      setAsked({ name: 'there', rows: ownRows(answers, seat.user_id), rounds: by_round });
    } catch (error) {
      setAsked({ name: 'refused', advice: adviceOn(problemOf(error)) });
    }
  }

  if (asked.name === 'there') return <AnswerTable {...asked} />;
  return (
    <div class="stack">
      <button
        type="button"
        class="button"
        aria-disabled={!isSaved || asked.name === 'asking'}
        onClick={() => {
          if (isSaved && asked.name !== 'asking') void ask();
        }}
      >
        {asked.name === 'asking' ? 'Fetching…' : 'Show my answers'}
      </button>
      {asked.name === 'refused' ? (
        <p class="fault" role="alert">
          {asked.advice}
        </p>
      ) : null}
    </div>
  );
}

/** The host of a quick party may see everybody's; here only one's own are meant. */
function ownRows(rows: readonly AnswerRow[], user_id: string | null): AnswerRow[] {
  return rows.filter((row) => user_id === null || row.user_id === user_id).sort((a, b) => a.round - b.round);
}

interface AnswerTableProps {
  rows: readonly AnswerRow[];
  rounds: readonly RoundStats[];
}

export function AnswerTable({ rows, rounds }: AnswerTableProps) {
  const prompts = new Map(rounds.map(({ round, prompt }) => [round, prompt]));
  if (rows.length === 0) return <p class="muted">You have not answered any question.</p>;
  return (
    <table class="table">
      <caption>Your answers</caption>
      <thead>
        <tr>
          <th scope="col">Question</th>
          <th scope="col">Result</th>
          <th scope="col">Points</th>
          <th scope="col">Time</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ round, correct, points, elapsed_ms }) => (
          <tr key={round}>
            <th scope="row">
              <Asked round={round} prompt={prompts.get(round)} />
            </th>
            <td>{correct === null ? 'Vote' : correct ? '✓ Right' : points > 0 ? 'Partly' : '✗ Wrong'}</td>
            <td>{correct === null ? '–' : grouped(points)}</td>
            <td>{answerTime(elapsed_ms)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
