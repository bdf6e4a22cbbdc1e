/** Writing a quiz. Everything is kept here until it is saved; what the server objects to is shown where it belongs. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Api, problemOf } from '../party-client.ts';
import { Confirm } from '../ui/dialog.tsx';
import { Fault, Field } from '../ui/field.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { counted } from '../words/format.ts';
import { QuestionEditor } from './question-editor.tsx';
import { emptyQuestion, moved, type QuestionDraft, type QuizDraft, quizOf } from './quiz-draft.ts';
import { noFaults, type QuizFaults, quizFaults } from './quiz-faults.ts';
import { useUnsaved } from './use-unsaved.ts';

interface EditorProps {
  api: Api;
  /** null for a new quiz. */
  quiz_id: string | null;
  draft: QuizDraft;
  onSaved: () => void;
  onCancel: () => void;
}

const mostQuestions = 200;

export function Editor({ api, quiz_id, draft, onSaved, onCancel }: EditorProps) {
  const [opened] = useState(draft);
  const [quiz, setQuiz] = useState(opened);
  const [faults, setFaults] = useState<QuizFaults>(noFaults);
  const [isSaving, setSaving] = useState(false);
  const [isLeaving, setLeaving] = useState(false);
  const [removing, setRemoving] = useState<number | null>(null);
  const nextKey = useRef(draft.questions.length + 1);
  const { questions } = quiz;
  const isChanged = quiz !== opened;
  useUnsaved(isChanged);
  useFaultInSight(isSaving);

  async function save(): Promise<void> {
    setSaving(true);
    setFaults(noFaults);
    try {
      const body = quizOf(quiz);
      await (quiz_id === null ? api.createQuiz(body) : api.replaceQuiz(quiz_id, body));
      onSaved();
    } catch (error) {
      setFaults(quizFaults(problemOf(error)));
      setSaving(false);
    }
  }

  /** What was objected to belongs to what was there then. */
  function setQuestions(change: (before: readonly QuestionDraft[]) => QuestionDraft[]): void {
    setQuiz((before) => ({ ...before, questions: change(before.questions) }));
    setFaults((before) => ({ ...before, whole: null, questions: new Map() }));
  }

  function edit(at: number, change: Partial<QuestionDraft>): void {
    setQuiz((before) => ({
      ...before,
      questions: before.questions.map((other, place) => (place === at ? { ...other, ...change } : other)),
    }));
    setFaults((before) => ({ ...before, questions: new Map([...before.questions].filter(([place]) => place !== at)) }));
  }

  function add(question: QuestionDraft, at: number): void {
    const key = nextKey.current;
    nextKey.current += 1;
    setQuestions((before) => before.toSpliced(at, 0, { ...question, key }));
  }

  const remove = (at: number): void => setQuestions((before) => before.toSpliced(at, 1));

  return (
    <form
      class="editor stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isSaving) void save();
      }}
    >
      <h1>{quiz_id === null ? 'New quiz' : 'Edit quiz'}</h1>
      <Field
        label="Title"
        value={quiz.title}
        onValue={(title) => {
          setQuiz((before) => ({ ...before, title }));
          setFaults((before) => ({ ...before, title: null }));
        }}
        fault={faults.title}
        takesFocus={quiz_id === null}
        input={{ maxLength: 200, autocomplete: 'off' }}
      />
      <TextArea
        label="Description"
        hint="For you; players do not see it."
        value={quiz.description}
        onValue={(description) => setQuiz((before) => ({ ...before, description }))}
        maxLength={2_000}
      />
      {questions.map((question, at) => (
        <QuestionEditor
          key={question.key}
          place={at}
          count={questions.length}
          question={question}
          faults={faults.questions.get(at) ?? []}
          onChange={(change) => edit(at, change)}
          onMove={(by) => setQuestions((before) => moved(before, at, by))}
          onDuplicate={() => add(question, at + 1)}
          onRemove={() => (question.prompt.trim() === '' ? remove(at) : setRemoving(at))}
        />
      ))}
      <button
        type="button"
        class="button"
        disabled={questions.length >= mostQuestions}
        onClick={() => add(emptyQuestion(0), questions.length)}
      >
        Add a question
      </button>
      <div class="editor-bar">
        <Fault text={faults.whole} />
        <div class="row row-end">
          <p class="muted editor-count">{counted(questions.length, 'question')}</p>
          <button type="button" class="button" onClick={() => (isChanged ? setLeaving(true) : onCancel())}>
            {isChanged ? 'Leave without saving' : 'Back'}
          </button>
          <button type="submit" class="button button-primary" aria-disabled={isSaving}>
            {isSaving ? 'Saving…' : 'Save'}
          </button>
        </div>
      </div>
      {removing === null ? null : (
        <Confirm
          title={`Remove question ${removing + 1}?`}
          text={`“${questions[removing]?.prompt.trim()}” will be gone.`}
          action="Remove it"
          onConfirm={() => remove(removing)}
          onClose={() => setRemoving(null)}
        />
      )}
      {isLeaving ? (
        <Confirm
          title="Leave without saving?"
          text="What you have written since you opened this quiz will be gone."
          action="Leave"
          onConfirm={onCancel}
          onClose={() => setLeaving(false)}
        />
      ) : null}
    </form>
  );
}

/** In a long quiz the question that was objected to may be far above the button that was pressed. */
function useFaultInSight(isSaving: boolean): void {
  useEffect(() => {
    if (isSaving || document.querySelector('[aria-invalid="true"]') !== null) return;
    document.querySelector('.question-faulty')?.scrollIntoView({ block: 'start' });
  }, [isSaving]);
}
