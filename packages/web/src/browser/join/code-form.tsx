/** The first thing on a phone: which room? */
import { useState } from 'preact/hooks';
import { Brand } from '../ui/brand.tsx';
import { Field } from '../ui/field.tsx';

interface CodeFormProps {
  code: string;
  fault: string | null;
  isBusy: boolean;
  onCode: (code: string) => void;
}

export function CodeForm({ code, fault, isBusy, onCode }: CodeFormProps) {
  const [typed, setTyped] = useState(code);
  const [missing, setMissing] = useState<string | null>(null);
  return (
    <main class="door">
      <h1>
        <Brand size="large" />
      </h1>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          const wanted = typed.trim();
          setMissing(wanted === '' ? 'Type the code from the big screen or from your host.' : null);
          if (wanted !== '' && !isBusy) onCode(wanted);
        }}
      >
        <Field
          label="Room code"
          hint="It is on the big screen."
          size="large"
          value={typed}
          onValue={setTyped}
          fault={missing ?? fault}
          takesFocus
          input={{
            inputMode: 'numeric',
            autocomplete: 'off',
            maxLength: 64,
            placeholder: '123 456',
            enterKeyHint: 'go',
          }}
        />
        <button type="submit" class="button button-primary button-wide" aria-disabled={isBusy}>
          {isBusy ? 'Looking…' : 'Join'}
        </button>
      </form>
      <nav class="door-links" aria-label="Other ways to play">
        <a class="button" href="/quick">
          Start a quick party
        </a>
        <a class="button" href="/host">
          Host a room
        </a>
      </nav>
    </main>
  );
}
