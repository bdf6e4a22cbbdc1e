/** Who may host? The key is tried on the list of quizzes and kept for this tab. */
import { useState } from 'preact/hooks';
import { pageApi, problemOf } from '../party-client.ts';
import { kept } from '../seat/kept.ts';
import { Brand } from '../ui/brand.tsx';
import { Field } from '../ui/field.tsx';
import { adviceOn } from '../words/advice.ts';

export function KeyForm({ onKey }: { onKey: (key: string) => void }) {
  const [key, setKey] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function enter(typed: string): Promise<void> {
    setBusy(true);
    try {
      await pageApi(typed).quizzes();
      kept.keepHostKey(typed);
      onKey(typed);
    } catch (error) {
      const problem = problemOf(error);
      const isWrong = problem?.code === 'unauthorized' || problem?.code === 'forbidden';
      setFault(isWrong ? 'This host key is not known. Copy it again, all of it.' : adviceOn(problem));
      setBusy(false);
    }
  }

  return (
    <main class="door">
      <h1>
        <Brand size="large" />
      </h1>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          const typed = key.trim();
          setFault(typed === '' ? 'Type or paste your host key.' : null);
          if (typed !== '' && !isBusy) void enter(typed);
        }}
      >
        <Field
          label="Host key"
          hint="It is shown where Partyline was started, or whoever runs it gives you one."
          value={key}
          onValue={setKey}
          fault={fault}
          isSecret
          takesFocus
          input={{ autocomplete: 'current-password', autocapitalize: 'off' }}
        />
        <button type="submit" class="button button-primary button-wide" aria-disabled={isBusy}>
          {isBusy ? 'Checking…' : 'Go on'}
        </button>
      </form>
      <nav class="door-links" aria-label="Other ways to play">
        <a class="button button-quiet" href="/">
          I want to join, not host
        </a>
      </nav>
    </main>
  );
}
