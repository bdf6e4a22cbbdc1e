/** The results as files. They are fetched with the token, so no link could do it. */
import type { ComponentChildren } from 'preact';
import type { Api } from '../party-client.ts';
import { fileName, saveFile } from '../ui/download.ts';
import { Fault } from '../ui/field.tsx';
import { useTask } from '../ui/use-task.ts';

interface DownloadsProps {
  api: Api;
  party_id: string;
  title: string;
  isSaved: boolean;
  /** What else can be done with them. */
  children?: ComponentChildren;
}

export function Downloads({ api, party_id, title, isSaved, children }: DownloadsProps) {
  const task = useTask();
  const files: { label: string; fetch: () => Promise<Blob>; name: string }[] = [
    {
      label: 'Excel (.xlsx)',
      fetch: () => api.resultsFile(party_id, { format: 'xlsx' }),
      name: fileName(title, 'xlsx'),
    },
    {
      label: 'Answers (.csv)',
      fetch: () => api.resultsFile(party_id, { format: 'csv', table: 'answers' }),
      name: fileName(`${title} answers`, 'csv'),
    },
    {
      label: 'Leaderboard (.csv)',
      fetch: () => api.resultsFile(party_id, { format: 'csv', table: 'leaderboard' }),
      name: fileName(`${title} leaderboard`, 'csv'),
    },
    {
      label: 'Everything (.json)',
      fetch: async () => asJson(await api.results(party_id)),
      name: fileName(title, 'json'),
    },
  ];
  return (
    <div class="downloads">
      <p class="muted" role="status">
        {isSaved ? 'The results are saved.' : 'Saving the results…'}
      </p>
      <div class="row">
        {files.map(({ label, fetch, name }) => (
          <button
            key={name}
            type="button"
            class="button"
            aria-disabled={!isSaved || task.isBusy}
            onClick={() => {
              if (isSaved) task.run(async () => saveFile(await fetch(), name));
            }}
          >
            {label}
          </button>
        ))}
        {children}
      </div>
      <Fault text={task.fault} />
    </div>
  );
}

function asJson(results: unknown): Blob {
  return new Blob([JSON.stringify(results, null, 2)], { type: 'application/json' });
}
