/** Before a room is opened: how is it to be played, and who may come in? */
import type { StoredQuiz } from '@partyline/protocol';
import { useEffect, useState } from 'preact/hooks';
import { type Api, problemOf } from '../party-client.ts';
import { Fault } from '../ui/field.tsx';
import { useTask } from '../ui/use-task.ts';
import { adviceOn } from '../words/advice.ts';
import { counted } from '../words/format.ts';
import { openRoom } from './opened.ts';
import { defaultRoomForm, type RoomFaults, roomFaults, roomSettings } from './room-form.ts';
import { RoomFormFields } from './room-form-fields.tsx';
import type { HostRoute } from './route.ts';

interface OpenRoomPageProps {
  api: Api;
  quiz_id: string;
  go: (route: HostRoute) => void;
}

export function OpenRoomPage({ api, quiz_id, go }: OpenRoomPageProps) {
  const [quiz, setQuiz] = useState<StoredQuiz | null>(null);
  const [missing, setMissing] = useState<string | null>(null);
  const [form, setForm] = useState(defaultRoomForm);
  const [faults, setFaults] = useState<RoomFaults>({});
  const task = useTask();
  useEffect(() => {
    api.quiz(quiz_id).then(setQuiz, (error: unknown) => setMissing(adviceOn(problemOf(error))));
  }, [api, quiz_id]);

  function open(title: string): void {
    const found = roomFaults(form);
    setFaults(found);
    if (Object.keys(found).length > 0) return;
    task.run(async () => {
      const room_code = await openRoom(api, { quiz_id, settings: roomSettings(form) }, title);
      go({ name: 'room', room_code });
    });
  }

  const hasFaults = Object.keys(faults).length > 0;
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        open(quiz?.title ?? '');
      }}
    >
      <div>
        <p class="muted">Open a room for</p>
        <h1 dir="auto">{quiz?.title ?? '…'}</h1>
        <p class="muted">{quiz === null ? '' : counted(quiz.questions.length, 'question')}</p>
      </div>
      <Fault text={missing} />
      <RoomFormFields
        form={form}
        faults={faults}
        onChange={(change) => setForm((before) => ({ ...before, ...change }))}
      />
      <div class="editor-bar">
        <Fault text={hasFaults ? 'Some settings need another look. They are marked above.' : task.fault} />
        <div class="row row-end">
          <button type="button" class="button" onClick={() => go({ name: 'desk' })}>
            Back
          </button>
          <button type="submit" class="button button-primary" aria-disabled={task.isBusy || quiz === null}>
            {task.isBusy ? 'Opening…' : 'Open the room'}
          </button>
        </div>
      </div>
    </form>
  );
}
