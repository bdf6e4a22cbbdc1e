/** What a party has left behind: who won, how each question went, files to take home, and the means to erase it. */
import type { ResultsResponse, RoundStats, StatsResponse } from '@partyline/protocol';
import { useEffect, useState } from 'preact/hooks';
import { pageApi, problemOf } from '../party-client.ts';
import { isScoredKind } from '../play/playing.ts';
import { kindLabel } from '../quiz/question-kinds.ts';
import { kept } from '../seat/kept.ts';
import { Downloads } from '../stage/downloads.tsx';
import { Asked } from '../ui/asked.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { Fault } from '../ui/field.tsx';
import { useTask } from '../ui/use-task.ts';
import { adviceOn } from '../words/advice.ts';
import { answerTime, counted, grouped, percent } from '../words/format.ts';
import { extremes } from './extremes.ts';

interface ResultsPageProps {
  party_id: string;
  hostKey: string;
  onBack: () => void;
}

type Loaded =
  | { name: 'loading' }
  | { name: 'failed'; advice: string }
  | { name: 'there'; results: ResultsResponse; stats: StatsResponse };

const shownPlayers = 200;

export function ResultsPage({ party_id, hostKey, onBack }: ResultsPageProps) {
  const [loaded, setLoaded] = useState<Loaded>({ name: 'loading' });
  const [isErasing, setErasing] = useState(false);
  const erasing = useTask();
  const [api] = useState(() => pageApi(tokenFor(party_id) ?? hostKey));

  async function load(): Promise<void> {
    setLoaded({ name: 'loading' });
    try {
      const [results, stats] = await Promise.all([api.results(party_id), api.stats(party_id)]);
      setLoaded({ name: 'there', results, stats });
    } catch (error) {
      setLoaded({ name: 'failed', advice: adviceOn(problemOf(error)) });
    }
  }

  useEffect(() => {
    void load();
  }, [party_id]);

  if (loaded.name !== 'there') {
    return (
      <section class="stack">
        <h1>Results</h1>
        {loaded.name === 'loading' ? <p role="status">Loading…</p> : <Fault text={loaded.advice} />}
        <div class="row">
          <button type="button" class="button" onClick={() => void load()}>
            Try again
          </button>
          <button type="button" class="button" onClick={onBack}>
            Back to the quizzes
          </button>
        </div>
      </section>
    );
  }
  const { results, stats } = loaded;
  const { title, ended_at } = results.party;
  return (
    <section class="stack" aria-labelledby="results-title">
      <div>
        <h1 id="results-title" dir="auto">
          {title}
        </h1>
        <p class="muted">
          {new Date(ended_at).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' })} ·{' '}
          {counted(results.players_total, 'player')} · {counted(stats.answered, 'answer')}
        </p>
      </div>
      <Downloads api={api} party_id={party_id} title={title} isSaved />
      <Figures stats={stats} />
      <Rounds stats={stats} />
      <Players results={results} />
      <Fault text={erasing.fault} />
      <div class="row">
        <button type="button" class="button" onClick={onBack}>
          Back to the quizzes
        </button>
        <button type="button" class="button button-danger" onClick={() => setErasing(true)}>
          Erase these results
        </button>
      </div>
      {isErasing ? (
        <Confirm
          title="Erase these results?"
          text="Names, answers and scores of this party are gone for good. Save the files first."
          action="Erase them"
          onConfirm={() =>
            erasing.run(async () => {
              await api.eraseResults(party_id);
              onBack();
            })
          }
          onClose={() => setErasing(false)}
        />
      ) : null}
    </section>
  );
}

/** The room's own token where this tab still holds it; the host's key otherwise. */
function tokenFor(party_id: string): string | null {
  const room = kept.openedRooms().find((opened) => opened.party_id === party_id);
  return room === undefined ? null : (kept.seat(room.room_code)?.token ?? null);
}

function Figures({ stats }: { stats: StatsResponse }) {
  const { hardest, easiest } = extremes(stats.by_round);
  return (
    <ul class="figures">
      <li>
        <strong>{percent(stats.accuracy)}</strong> right
      </li>
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
    </ul>
  );
}

function Rounds({ stats }: { stats: StatsResponse }) {
  return (
    <div class="table-wide">
      <table class="table">
        <caption>Questions</caption>
        <thead>
          <tr>
            <th scope="col">Question</th>
            <th scope="col">Kind</th>
            <th scope="col">Answers</th>
            <th scope="col">Right</th>
            <th scope="col">Mean time</th>
          </tr>
        </thead>
        <tbody>
          {stats.by_round.map(({ round, kind, prompt, answered, correct, accuracy, mean_ms }) => (
            <tr key={round}>
              <th scope="row">
                <Asked {...{ round, prompt }} />
              </th>
              <td>{kindLabel(kind)}</td>
              <td>{grouped(answered)}</td>
              <td>{isScoredKind(kind) ? rightOf({ answered, correct, accuracy }) : 'Vote'}</td>
              <td>{answered === 0 ? '–' : answerTime(mean_ms)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function rightOf({ answered, correct, accuracy }: Pick<RoundStats, 'answered' | 'correct' | 'accuracy'>): string {
  return answered === 0 ? '–' : `${grouped(correct)} (${percent(accuracy)})`;
}

function Players({ results }: { results: ResultsResponse }) {
  const { leaderboard } = results;
  return (
    <div class="table-wide">
      <table class="table">
        <caption>Players</caption>
        <thead>
          <tr>
            <th scope="col">Place</th>
            <th scope="col">Name</th>
            <th scope="col">Points</th>
            <th scope="col">Right</th>
            <th scope="col">Answers</th>
            <th scope="col">Mean time</th>
          </tr>
        </thead>
        <tbody>
          {leaderboard.slice(0, shownPlayers).map(({ user_id, rank, nickname, score, correct, answered, mean_ms }) => (
            <tr key={user_id}>
              <td>{rank}</td>
              <th scope="row" dir="auto">
                {nickname}
              </th>
              <td>{grouped(score)}</td>
              <td>{grouped(correct)}</td>
              <td>{grouped(answered)}</td>
              <td>{answered === 0 ? '–' : answerTime(mean_ms)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {leaderboard.length > shownPlayers ? (
        <p class="muted">
          The first {shownPlayers} are listed. The files hold all {grouped(leaderboard.length)}.
        </p>
      ) : null}
    </div>
  );
}
