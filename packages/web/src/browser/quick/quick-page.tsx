/** `/quick`: choose, start, bring others in, play. Whoever starts it plays along and holds the reins. */
import type { CategoriesResponse } from '@partyline/protocol';
import { useEffect, useState } from 'preact/hooks';
import { pageApi, problemOf } from '../party-client.ts';
import { ConnectingScreen, EndedScreen } from '../play/calm-screens.tsx';
import { kept, type Seat } from '../seat/kept.ts';
import { adviceOn } from '../words/advice.ts';
import { QuickForm } from './quick-form.tsx';
import { type QuickForm as Form, quickRequest } from './quick-request.ts';
import { QuickSeat } from './quick-seat.tsx';

type Step =
  | { name: 'loading' }
  | { name: 'broken'; advice: string }
  | { name: 'form'; categories: CategoriesResponse; fault: string | null; isBusy: boolean }
  | { name: 'seat'; seat: Seat };

const api = pageApi();

export function QuickPage({ room_code }: { room_code: string }) {
  const [step, setStep] = useState<Step>({ name: 'loading' });

  async function load(): Promise<void> {
    const seat = room_code === '' ? null : kept.seat(room_code);
    if (seat !== null) return setStep({ name: 'seat', seat });
    setStep({ name: 'loading' });
    try {
      setStep({ name: 'form', categories: await api.categories(), fault: null, isBusy: false });
    } catch (error) {
      setStep({ name: 'broken', advice: adviceOn(problemOf(error)) });
    }
  }

  async function start(categories: CategoriesResponse, form: Form): Promise<void> {
    setStep({ name: 'form', categories, fault: null, isBusy: true });
    const user_id = kept.newId();
    try {
      const { party_id, room_code, token } = await api.initParty(quickRequest(form, user_id));
      const seat: Seat = { room_code, party_id, token, user_id, is_host: true };
      kept.keepSeat(seat);
      history.replaceState(null, '', `/quick?room=${room_code}`);
      setStep({ name: 'seat', seat });
    } catch (error) {
      setStep({ name: 'form', categories, fault: adviceOn(problemOf(error)), isBusy: false });
    }
  }

  useEffect(() => {
    void load();
  }, [room_code]);

  switch (step.name) {
    case 'loading':
      return (
        <main class="door">
          <ConnectingScreen />
        </main>
      );
    case 'broken':
      return (
        <main class="door">
          <EndedScreen title="Something is missing" advice={step.advice}>
            <button type="button" class="button button-primary" onClick={() => void load()}>
              Try again
            </button>
          </EndedScreen>
        </main>
      );
    case 'form':
      return <QuickForm key="form" {...step} onStart={(form) => void start(step.categories, form)} />;
    case 'seat':
      return <QuickSeat seat={step.seat} onLeave={() => location.assign('/quick')} />;
  }
}
