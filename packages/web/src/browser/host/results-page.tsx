/** The results of a party as its host sees them: fetched, with files to take home, and the means to erase all or one player. */
import type { ResultsResponse, StatsResponse } from '@partyline/protocol';
import { useEffect, useState } from 'preact/hooks';
import { pageApi, problemOf } from '../party-client.ts';
import { kept } from '../seat/kept.ts';
import { Downloads } from '../stage/downloads.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { Fault } from '../ui/field.tsx';
import { useTask } from '../ui/use-task.ts';
import { adviceOn } from '../words/advice.ts';
import { counted } from '../words/format.ts';
import { PartyResults } from './party-results.tsx';
import type { PlayerLine } from './player-lines.tsx';

interface ResultsPageProps {
  party_id: string;
  hostKey: string;
  onBack: () => void;
}

type Loaded =
  | { name: 'loading' }
  | { name: 'failed'; advice: string }
  | { name: 'there'; results: ResultsResponse; stats: StatsResponse };

/** What is about to be erased: one player, or everything. */
type Erasing = { what: 'player'; line: PlayerLine } | { what: 'everything' } | null;

export function ResultsPage({ party_id, hostKey, onBack }: ResultsPageProps) {
  const [loaded, setLoaded] = useState<Loaded>({ name: 'loading' });
  const [toErase, setToErase] = useState<Erasing>(null);
  const erasing = useTask();
  const [api] = useState(() => pageApi(tokenFor(party_id) ?? hostKey));

  async function load(): Promise<void> {
    try {
      const [results, stats] = await Promise.all([api.results(party_id), api.stats(party_id)]);
      setLoaded({ name: 'there', results, stats });
    } catch (error) {
      setLoaded({ name: 'failed', advice: adviceOn(problemOf(error)) });
    }
  }

  function again(): void {
    setLoaded({ name: 'loading' });
    void load();
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
          <button type="button" class="button" onClick={again}>
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
      <PartyResults
        {...{ results, stats, isBusy: erasing.isBusy }}
        onErase={(line) => setToErase({ what: 'player', line })}
      />
      <Fault text={erasing.fault} />
      <p class="muted" role="status">
        {erasing.isBusy ? 'Erasing… Right after the end this takes some seconds.' : ''}
      </p>
      <div class="row">
        <button type="button" class="button" onClick={onBack}>
          Back to the quizzes
        </button>
        <button
          type="button"
          class="button button-danger"
          aria-disabled={erasing.isBusy}
          onClick={() => {
            if (!erasing.isBusy) setToErase({ what: 'everything' });
          }}
        >
          Erase these results
        </button>
      </div>
      {toErase?.what === 'everything' ? (
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
          onClose={() => setToErase(null)}
        />
      ) : null}
      {toErase?.what === 'player' ? (
        <Confirm
          title={`Erase ${toErase.line.nickname}?`}
          text="Their name, answers and points are gone for good, and out of the counts. Anonymous votes stay counted: nobody knows whose they are. The places of the others stay."
          action="Erase this player"
          onConfirm={() =>
            erasing.run(async () => {
              await api.eraseResults(party_id, { user_id: toErase.line.user_id });
              await load();
            })
          }
          onClose={() => setToErase(null)}
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
