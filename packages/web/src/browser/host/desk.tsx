/** The host's quizzes and what can be done with them. */
import type { ExportFormat, QuizList } from '@partyline/protocol';
import { useEffect, useState } from 'preact/hooks';
import { type Api, problemOf } from '../party-client.ts';
import { Confirm } from '../ui/dialog.tsx';
import { fileName, saveFile } from '../ui/download.ts';
import { Fault } from '../ui/field.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { type Task, useTask } from '../ui/use-task.ts';
import { adviceOn } from '../words/advice.ts';
import { counted, shortDate } from '../words/format.ts';
import { FinishedRooms } from './finished-rooms.tsx';
import { OpenedRooms } from './opened-rooms.tsx';
import type { HostRoute } from './route.ts';
import { type ListedRoom, RunningRooms } from './running-rooms.tsx';

type Quiz = QuizList['quizzes'][number];
type Go = (route: HostRoute) => void;

interface Rooms {
  running: readonly ListedRoom[];
  finished: readonly ListedRoom[];
}

type Loaded = { name: 'loading' } | { name: 'failed'; advice: string } | { name: 'there'; quizzes: readonly Quiz[] };

export function Desk({ api, go }: { api: Api; go: Go }) {
  const [loaded, setLoaded] = useState<Loaded>({ name: 'loading' });
  const [rooms, setRooms] = useState<Rooms | null>(null);
  const [deleting, setDeleting] = useState<Quiz | null>(null);
  const task = useTask();

  async function load(): Promise<void> {
    try {
      setLoaded({ name: 'there', quizzes: newestFirst((await api.quizzes()).quizzes) });
    } catch (error) {
      setLoaded({ name: 'failed', advice: adviceOn(problemOf(error)) });
    }
  }

  useEffect(() => {
    void load();
    // What is wrong the quizzes below say.
    const none = { rooms: [] };
    void Promise.all([api.rooms().catch(() => none), api.finishedRooms().catch(() => none)]).then(([now, before]) =>
      setRooms({ running: now.rooms, finished: before.rooms }),
    );
  }, [api]);

  return (
    <>
      {rooms === null ? null : (
        <>
          <RunningRooms api={api} rooms={rooms.running} go={go} />
          <OpenedRooms listed={[...rooms.running, ...rooms.finished]} go={go} />
        </>
      )}
      <section class="stack" aria-labelledby="quizzes">
        <div class="desk-title">
          <h1 id="quizzes">Your quizzes</h1>
          <div class="row">
            <button type="button" class="button button-primary" onClick={() => go({ name: 'new' })}>
              New quiz
            </button>
            <button type="button" class="button" onClick={() => go({ name: 'ask' })}>
              Ask one question
            </button>
            <button type="button" class="button" onClick={() => go({ name: 'import' })}>
              Import a file
            </button>
          </div>
        </div>
        <Fault text={loaded.name === 'failed' ? loaded.advice : task.fault} />
        {loaded.name === 'loading' ? <p role="status">Loading…</p> : null}
        {loaded.name === 'failed' ? (
          <button type="button" class="button" onClick={() => void load()}>
            Try again
          </button>
        ) : null}
        {loaded.name !== 'there' ? null : loaded.quizzes.length === 0 ? (
          <p class="lead">You have no quiz yet. Make a new one, import a file, or just ask one question.</p>
        ) : (
          <ul class="quizzes">
            {loaded.quizzes.map((quiz) => (
              <QuizRow key={quiz.quiz_id} {...{ quiz, api, go, task }} onChanged={load} onDelete={setDeleting} />
            ))}
          </ul>
        )}
      </section>
      {rooms === null ? null : (
        <FinishedRooms
          api={api}
          rooms={rooms.finished}
          onMore={(older) => setRooms({ ...rooms, finished: [...rooms.finished, ...older] })}
          go={go}
        />
      )}
      {deleting === null ? null : (
        <Confirm
          title="Delete this quiz?"
          text={`“${deleting.title}” will be gone. Results of its parties stay.`}
          action="Delete it"
          onConfirm={() =>
            task.run(async () => {
              await api.deleteQuiz(deleting.quiz_id);
              await load();
            })
          }
          onClose={() => setDeleting(null)}
        />
      )}
    </>
  );
}

interface QuizRowProps {
  quiz: Quiz;
  api: Api;
  go: Go;
  task: Task;
  onChanged: () => Promise<void>;
  onDelete: (quiz: Quiz) => void;
}

const exports: readonly { format: ExportFormat; label: string; ending: string }[] = [
  { format: 'json', label: 'Save as JSON', ending: 'json' },
  { format: 'csv', label: 'Save as CSV', ending: 'csv' },
  { format: 'gift', label: 'Save as GIFT', ending: 'gift.txt' },
];

function QuizRow({ quiz, api, go, task, onChanged, onDelete }: QuizRowProps) {
  const { quiz_id, title, questions, updated_at } = quiz;
  return (
    <li class="quiz-row">
      <div class="quiz-name">
        <h2 dir="auto">{title}</h2>
        <p class="muted">
          {counted(questions, 'question')} · changed {shortDate(updated_at)}
        </p>
      </div>
      <div class="row">
        <button type="button" class="button button-primary" onClick={() => go({ name: 'open', quiz_id })}>
          Host
        </button>
        <button type="button" class="button" onClick={() => go({ name: 'edit', quiz_id })}>
          Edit
        </button>
        <Menu label={`More for ${title}`}>
          <MenuItem
            onPick={() =>
              task.run(async () => {
                await api.duplicateQuiz(quiz_id);
                await onChanged();
              })
            }
          >
            Duplicate
          </MenuItem>
          {exports.map(({ format, label, ending }) => (
            <MenuItem
              key={format}
              onPick={() =>
                task.run(async () => saveFile(await api.exportQuiz(quiz_id, format), fileName(title, ending)))
              }
            >
              {label}
            </MenuItem>
          ))}
          <MenuItem look="danger" onPick={() => onDelete(quiz)}>
            Delete
          </MenuItem>
        </Menu>
      </div>
    </li>
  );
}

function newestFirst(quizzes: readonly Quiz[]): Quiz[] {
  return [...quizzes].sort((a, b) => (a.updated_at < b.updated_at ? 1 : -1));
}
