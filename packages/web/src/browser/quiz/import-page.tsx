/** A quiz from a file: first looked at, then kept. What could not be read is told row by row. */
import type { ImportFormat, ImportReport } from '@partyline/protocol';
import { useId, useState } from 'preact/hooks';
import { type Api, problemOf } from '../party-client.ts';
import { Fault } from '../ui/field.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { adviceOn } from '../words/advice.ts';
import { counted } from '../words/format.ts';
import { guessedFormat, importOptions } from './import-format.ts';

interface ImportPageProps {
  api: Api;
  onKept: (quiz_id: string) => void;
  onCancel: () => void;
}

const shownRows = 200;

export function ImportPage({ api, onKept, onCancel }: ImportPageProps) {
  const [file, setFile] = useState<File | null>(null);
  const [format, setFormat] = useState<ImportFormat>('csv');
  const [report, setReport] = useState<ImportReport | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const id = useId();

  async function read(chosen: File, as: ImportFormat, intent: 'look' | 'keep'): Promise<void> {
    setBusy(true);
    setFault(null);
    try {
      const title = chosen.name.replace(/\.[^.]*$/, '').slice(0, 200) || 'Imported quiz';
      const answer = await api.importQuiz(asBytes(chosen), { format: as, dryRun: intent === 'look', title });
      setReport(answer);
      if (answer.quiz_id !== null) onKept(answer.quiz_id);
    } catch (error) {
      setReport(null);
      setFault(adviceOn(problemOf(error)));
    }
    setBusy(false);
  }

  function choose(chosen: File | null, as: ImportFormat): void {
    setFile(chosen);
    setFormat(as);
    setReport(null);
    if (chosen !== null) void read(chosen, as, 'look');
  }

  return (
    <section class="stack">
      <h1>Import a quiz</h1>
      <div class="field">
        <label for={id}>File</label>
        <input
          id={id}
          type="file"
          accept=".csv,.tsv,.json,.xlsx,.xml,.txt,.gift"
          onChange={(event) => {
            const chosen = event.currentTarget.files?.[0] ?? null;
            choose(chosen, chosen === null ? format : guessedFormat(chosen.name));
          }}
        />
      </div>
      <SelectField label="Format" value={format} options={importOptions} onValue={(value) => choose(file, value)} />
      <Fault text={fault} />
      <p role="status">{isBusy ? 'Reading…' : ''}</p>
      {report === null ? null : <Report report={report} />}
      <div class="row">
        <button
          type="button"
          class="button button-primary"
          aria-disabled={isBusy || report === null || report.imported === 0}
          onClick={() => {
            if (!isBusy && file !== null && report !== null && report.imported > 0) void read(file, format, 'keep');
          }}
        >
          {report === null ? 'Keep' : `Keep ${counted(report.imported, 'question')}`}
        </button>
        <button type="button" class="button" onClick={onCancel}>
          Back to the quizzes
        </button>
      </div>
    </section>
  );
}

export function Report({ report }: { report: ImportReport }) {
  const { title, imported, skipped, rows } = report;
  return (
    <div class="stack">
      <p class="lead" role="status">
        <strong dir="auto">{title}</strong>: {counted(imported, 'question')} can be kept
        {skipped === 0 ? '.' : `, ${counted(skipped, 'row')} left out.`}
      </p>
      {rows.length === 0 ? null : (
        <table class="table">
          <caption>What to look at</caption>
          <thead>
            <tr>
              <th scope="col">Row</th>
              <th scope="col">Column</th>
              <th scope="col">What it says</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, shownRows).map((row, at) => (
              <tr key={at}>
                <td>{row.row === 0 ? 'File' : row.row}</td>
                <td>{row.column ?? ''}</td>
                <td>
                  <strong>{row.left_out ? 'Left out' : row.row === 0 ? 'Note' : 'Kept'}</strong>:{' '}
                  <span dir="auto">{row.message}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {rows.length > shownRows ? <p class="muted">and {rows.length - shownRows} more.</p> : null}
    </div>
  );
}

/** Systems name media types of files as they like; the format is told apart from them. */
function asBytes(file: File): Blob {
  return new Blob([file], { type: 'application/octet-stream' });
}
