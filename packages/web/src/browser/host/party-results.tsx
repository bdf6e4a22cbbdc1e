/** What a party has left behind, to be read: figures, each question, categories, teams and players. */
import type { ResultsResponse, StatsResponse } from '@partyline/protocol';
import { TeamBoard } from '../ui/leaderboard.tsx';
import { answerTime, grouped, percent } from '../words/format.ts';
import { categorySums } from '../words/outcome.ts';
import { extremes } from './extremes.ts';
import { type PlayerLine, PlayerLines } from './player-lines.tsx';
import { QuestionOutcome } from './question-outcome.tsx';

interface PartyResultsProps {
  results: ResultsResponse;
  stats: StatsResponse;
  isBusy: boolean;
  onErase: (line: PlayerLine) => void;
}

export function PartyResults({ results, stats, isBusy, onErase }: PartyResultsProps) {
  const { answers, categories, leaderboard, teams = [] } = results;
  return (
    <>
      <Figures stats={stats} />
      <section class="stack" aria-labelledby="outcomes">
        <h2 id="outcomes">Questions</h2>
        {stats.by_round.length === 0 ? <p class="muted">No question was played to its end.</p> : null}
        <ol class="outcomes">
          {stats.by_round.map((round) => (
            <QuestionOutcome key={round.round} stats={round} answers={answers} />
          ))}
        </ol>
      </section>
      <Categories categories={categories} />
      {teams.length === 0 ? null : (
        <section class="stack team-results" aria-labelledby="teams">
          <h2 id="teams">Teams</h2>
          <TeamBoard teams={teams} />
        </section>
      )}
      <section class="stack" aria-labelledby="players">
        <h2 id="players">Players</h2>
        {leaderboard.length === 0 ? <p class="muted">Nobody is listed.</p> : null}
        <PlayerLines lines={leaderboard} {...{ isBusy, onErase }} />
      </section>
    </>
  );
}

function Figures({ stats }: { stats: StatsResponse }) {
  const { hardest, easiest } = extremes(stats.by_round);
  return (
    <ul class="figures">
      {stats.accuracy === null ? null : (
        <li>
          <strong>{percent(stats.accuracy)}</strong> right
        </li>
      )}
      <li>
        <strong>{answerTime(stats.mean_ms)}</strong> to answer, on average
      </li>
      {hardest === null ? null : (
        <li>
          <strong>Question {hardest.round}</strong> was the hardest ({percent(hardest.accuracy)} right)
        </li>
      )}
      {easiest === null ? null : (
        <li>
          <strong>Question {easiest.round}</strong> was the easiest ({percent(easiest.accuracy)} right)
        </li>
      )}
      <li>
        <strong>{grouped(stats.drop_outs)}</strong> dropped out before the last two questions
      </li>
    </ul>
  );
}

function Categories({ categories }: Pick<ResultsResponse, 'categories'>) {
  const sums = categorySums(categories);
  if (sums.length === 0) return null;
  return (
    <section class="stack" aria-labelledby="categories">
      <h2 id="categories">Categories</h2>
      <table class="table" aria-labelledby="categories">
        <thead>
          <tr>
            <th scope="col">Category</th>
            <th scope="col">Answers</th>
            <th scope="col">Right</th>
          </tr>
        </thead>
        <tbody>
          {sums.map(({ category, answered, correct, accuracy }) => (
            <tr key={category}>
              <th scope="row" dir="auto">
                {category}
              </th>
              <td>{grouped(answered)}</td>
              <td>
                {grouped(correct)} ({percent(accuracy)})
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
