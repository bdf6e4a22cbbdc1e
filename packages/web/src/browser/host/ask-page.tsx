/** One question, asked at once: no quiz is kept, a room is opened for it. */
import type { SettingsPatch } from '@partyline/protocol';
import { useState } from 'preact/hooks';
import { type Api, problemOf } from '../party-client.ts';
import { isScoredKind } from '../play/playing.ts';
import { QuestionEditor } from '../quiz/question-editor.tsx';
import { emptyQuestion, type QuestionDraft, quizOf } from '../quiz/quiz-draft.ts';
import { noFaults, type QuizFaults, quizFaults } from '../quiz/quiz-faults.ts';
import { Fault } from '../ui/field.tsx';
import { Switch } from '../ui/select-field.tsx';
import { openRoom } from './opened.ts';
import type { HostRoute } from './route.ts';

interface AskPageProps {
  api: Api;
  go: (route: HostRoute) => void;
}

const longestTitle = 100;

/** Where nothing can be won, nobody is ranked. */
function askSettings({ kind }: Pick<QuestionDraft, 'kind'>, show_vote_results: 'live' | 'reveal'): SettingsPatch {
  return isScoredKind(kind) ? {} : { show_vote_results, scoring: 'none', leaderboard: 'hidden' };
}

export function AskPage({ api, go }: AskPageProps) {
  const [question, setQuestion] = useState<QuestionDraft>(() => ({ ...emptyQuestion(1), kind: 'poll', seconds: '60' }));
  const [isLive, setLive] = useState(true);
  const [faults, setFaults] = useState<QuizFaults>(noFaults);
  const [isBusy, setBusy] = useState(false);

  async function ask(): Promise<void> {
    setBusy(true);
    setFaults(noFaults);
    const title = [...question.prompt.trim().replace(/\s+/gu, ' ')].slice(0, longestTitle).join('');
    const quiz = quizOf({ title: title || 'A question', description: '', language: '', questions: [question] });
    try {
      const settings = askSettings(question, isLive ? 'live' : 'reveal');
      go({ name: 'room', room_code: await openRoom(api, { quiz, settings }, quiz.title) });
    } catch (error) {
      setFaults(quizFaults(problemOf(error)));
      setBusy(false);
    }
  }

  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) void ask();
      }}
    >
      <h1>Ask one question</h1>
      <QuestionEditor
        place={0}
        count={1}
        question={question}
        faults={faults.questions.get(0) ?? []}
        onChange={(change) => setQuestion((before) => ({ ...before, ...change }))}
      />
      {isScoredKind(question.kind) ? null : (
        <Switch label="Show votes while they come in" checked={isLive} onChecked={setLive} />
      )}
      <Fault text={faults.whole} />
      <div class="row row-end">
        <button type="button" class="button" onClick={() => go({ name: 'desk' })}>
          Back
        </button>
        <button type="submit" class="button button-primary" aria-disabled={isBusy}>
          {isBusy ? 'Opening…' : 'Open the room'}
        </button>
      </div>
    </form>
  );
}
