/** Fetches the quiz that is to be edited. */
import type { StoredQuiz } from '@partyline/protocol';
import { useEffect, useState } from 'preact/hooks';
import { type Api, problemOf } from '../party-client.ts';
import { Editor } from '../quiz/editor.tsx';
import { draftOf } from '../quiz/quiz-draft.ts';
import { Fault } from '../ui/field.tsx';
import { adviceOn } from '../words/advice.ts';

interface EditPageProps {
  api: Api;
  quiz_id: string;
  onDone: () => void;
}

export function EditPage({ api, quiz_id, onDone }: EditPageProps) {
  const [quiz, setQuiz] = useState<StoredQuiz | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => {
    api.quiz(quiz_id).then(setQuiz, (error: unknown) => setFault(adviceOn(problemOf(error))));
  }, [api, quiz_id]);
  if (quiz === null) {
    return (
      <div class="stack">
        {fault === null ? <p role="status">Loading…</p> : <Fault text={fault} />}
        <button type="button" class="button" onClick={onDone}>
          Back to the quizzes
        </button>
      </div>
    );
  }
  return <Editor api={api} quiz_id={quiz_id} draft={draftOf(quiz)} onSaved={onDone} onCancel={onDone} />;
}
