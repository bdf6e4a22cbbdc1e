/** What kind of quick party? */
import type { CategoriesResponse } from '@partyline/protocol';
import { useState } from 'preact/hooks';
import { Brand } from '../ui/brand.tsx';
import { Fault, Field } from '../ui/field.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { counted, grouped } from '../words/format.ts';
import {
  emptyQuickForm,
  type QuickForm as Form,
  nearestRounds,
  possibleRounds,
  quickSeconds,
  roundsLabel,
} from './quick-request.ts';

interface QuickFormProps {
  categories: CategoriesResponse;
  fault: string | null;
  isBusy: boolean;
  onStart: (form: Form) => void;
}

export function QuickForm({ categories, fault, isBusy, onStart }: QuickFormProps) {
  const [form, setForm] = useState<Form>({ ...emptyQuickForm, category: categories[0]?.category ?? '' });
  const [missing, setMissing] = useState<string | null>(null);
  const available = categories.find(({ category }) => category === form.category)?.questions ?? 0;
  const rounds = nearestRounds(form.rounds, available);
  const set = (change: Partial<Form>): void => setForm((before) => ({ ...before, ...change }));

  function start(company: Form['company']): void {
    setMissing(form.nickname.trim() === '' ? 'Type a name to play under.' : null);
    if (form.nickname.trim() !== '' && !isBusy) onStart({ ...form, rounds, company });
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
          start('together');
        }}
      >
        <Field
          label="Your nickname"
          size="large"
          value={form.nickname}
          onValue={(nickname) => set({ nickname })}
          fault={missing}
          takesFocus
          input={{ autocomplete: 'nickname', autocapitalize: 'words', maxLength: 20 }}
        />
        <SelectField
          label="Category"
          value={form.category}
          options={categories.map(({ category, questions }) => ({
            value: category,
            label: `${category} (${grouped(questions)})`,
          }))}
          onValue={(category) => set({ category })}
        />
        <div class="door-pair">
          <SelectField
            label="Questions"
            value={String(rounds)}
            options={possibleRounds(available).map((value) => ({ value: String(value), label: roundsLabel(value) }))}
            onValue={(value) => set({ rounds: Number(value) })}
          />
          <SelectField
            label="Time for each"
            value={String(form.seconds)}
            options={quickSeconds.map((value) => ({ value: String(value), label: counted(value, 'second') }))}
            onValue={(value) => set({ seconds: Number(value) })}
          />
        </div>
        <Fault text={fault} />
        <button type="submit" class="button button-primary button-wide" aria-disabled={isBusy}>
          {isBusy ? 'Starting…' : 'Play with others'}
        </button>
        <button type="button" class="button button-wide" aria-disabled={isBusy} onClick={() => start('alone')}>
          Play alone
        </button>
      </form>
      <nav class="door-links" aria-label="Other ways to play">
        <a class="button button-quiet" href="/">
          I have a room code
        </a>
      </nav>
    </main>
  );
}
