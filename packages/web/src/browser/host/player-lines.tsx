/** The players of a party that is over, each with what they did and the means to forget them. */
import type { ResultsResponse } from '@partyline/protocol';
import { answerTime, counted, grouped } from '../words/format.ts';

export type PlayerLine = ResultsResponse['leaderboard'][number];

const shownPlayers = 200;

interface PlayerLinesProps {
  lines: readonly PlayerLine[];
  isBusy: boolean;
  onErase: (line: PlayerLine) => void;
}

export function PlayerLines({ lines, isBusy, onErase }: PlayerLinesProps) {
  return (
    <>
      <ol class="player-lines">
        {lines.slice(0, shownPlayers).map((line) => (
          <li key={line.user_id}>
            <span class={`rank rank-${Math.min(line.rank ?? 4, 4)}`}>{line.rank}</span>
            <span class="player-name">
              <strong dir="auto">{line.nickname}</strong>
              {line.team === undefined ? null : (
                <span class="team" dir="auto">
                  {line.team}
                </span>
              )}
            </span>
            <strong class="player-score">{counted(line.score, 'point')}</strong>
            <span class="muted player-facts">
              <Facts {...line} />
            </span>
            <button
              type="button"
              class="button button-small button-danger"
              aria-label={`Erase ${line.nickname}`}
              aria-disabled={isBusy}
              onClick={() => {
                if (!isBusy) onErase(line);
              }}
            >
              Erase
            </button>
          </li>
        ))}
      </ol>
      {lines.length > shownPlayers ? (
        <p class="muted">
          The first {shownPlayers} are listed. The files hold all {grouped(lines.length)}.
        </p>
      ) : null}
    </>
  );
}

function Facts({ correct, answered, mean_ms }: PlayerLine) {
  if (answered === 0) return <span>No answer</span>;
  return (
    <>
      <span>
        {counted(answered, 'answer')}, {grouped(correct)} right
      </span>{' '}
      · <span>{answerTime(mean_ms)} on average</span>
    </>
  );
}
