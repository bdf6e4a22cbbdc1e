/** From a code to a seat, and into the game. */
import type { RoomResponse } from '@partyline/protocol';
import { useEffect, useState } from 'preact/hooks';
import { pageApi, problemOf } from '../party-client.ts';
import { EndedScreen } from '../play/calm-screens.tsx';
import { SeatedPlayer } from '../play/seated-player.tsx';
import { kept, type Seat } from '../seat/kept.ts';
import { lastSeat } from '../seat/last-seat.ts';
import { takenSeats } from '../seat/taken-seats.ts';
import { adviceOn, adviceOnRoomCode, farewell } from '../words/advice.ts';
import { CodeForm } from './code-form.tsx';
import { closedDoor, type DoorAnswers, type DoorField, fieldOf, joinRequest } from './door.ts';
import { DoorForm } from './door-form.tsx';
import { GoOn } from './go-on.tsx';

type Step =
  | { name: 'code'; code: string; fault: string | null; isBusy: boolean }
  | {
      name: 'door';
      room: RoomResponse;
      refusal: { field: DoorField | null; advice: string } | null;
      isBusy: boolean;
    }
  | { name: 'closed'; room: RoomResponse; advice: string }
  | { name: 'banned' }
  | { name: 'seat'; seat: Seat };

const api = pageApi();

export function JoinPage({ code }: { code: string }) {
  const [step, setStep] = useState<Step>({ name: 'code', code, fault: null, isBusy: false });

  async function find(wanted: string): Promise<void> {
    setStep({ name: 'code', code: wanted, fault: null, isBusy: true });
    const seat = kept.seat(wanted);
    if (seat !== null) return sit(seat);
    try {
      const room = await api.room(wanted);
      const known = kept.seat(room.room_code);
      if (known !== null) return sit(known);
      const closed = closedDoor(room);
      showCode(room.room_code);
      setStep(
        closed === null
          ? { name: 'door', room, refusal: null, isBusy: false }
          : { name: 'closed', room, advice: adviceOn({ code: closed, detail: '' }) },
      );
    } catch (error) {
      setStep({ name: 'code', code: wanted, fault: adviceOnRoomCode(problemOf(error)), isBusy: false });
    }
  }

  async function join(room: RoomResponse, answers: DoorAnswers): Promise<void> {
    setStep({ name: 'door', room, refusal: null, isBusy: true });
    const { room_code } = room;
    try {
      const idempotencyKey = kept.joinKey(room_code);
      const door = pageApi(takenSeats.tokenIn(room_code) ?? undefined);
      const { party_id, token, user_id, nickname } = await door.joinRoom(room_code, joinRequest(answers, room), {
        idempotencyKey,
      });
      const seat: Seat = { room_code, party_id, token, user_id, is_host: false };
      kept.keepSeat(seat);
      lastSeat.keep({ seat, nickname });
      kept.dropJoinKey(room_code);
      sit(seat);
    } catch (error) {
      const problem = problemOf(error);
      if (problem?.code === 'banned') return setStep({ name: 'banned' });
      const refusal = { field: problem === null ? null : fieldOf(problem.code, room), advice: adviceOn(problem) };
      setStep({ name: 'door', room, refusal, isBusy: false });
    }
  }

  function sit(seat: Seat): void {
    showCode(seat.room_code);
    setStep({ name: 'seat', seat });
  }

  function startOver(): void {
    history.replaceState(null, '', '/');
    setStep({ name: 'code', code: '', fault: null, isBusy: false });
  }

  useEffect(() => {
    if (code !== '') void find(code);
  }, [code]);

  switch (step.name) {
    case 'code':
      return <CodeForm key={step.code} {...step} onCode={(wanted) => void find(wanted)} />;
    case 'door':
      return (
        <DoorForm {...step} onJoin={(answers) => void join(step.room, answers)} onBack={startOver}>
          <GoOn room_code={step.room.room_code} onSeat={sit} />
        </DoorForm>
      );
    case 'closed':
      return (
        <main class="door">
          <EndedScreen title={step.room.title} advice={step.advice}>
            <GoOn room_code={step.room.room_code} onSeat={sit} />
            <Retry onAgain={() => void find(step.room.room_code)} onBack={startOver} />
          </EndedScreen>
        </main>
      );
    case 'banned':
      return (
        <main class="door">
          <EndedScreen {...farewell('banned')}>
            <button type="button" class="button" onClick={startOver}>
              Another code
            </button>
          </EndedScreen>
        </main>
      );
    case 'seat':
      return <SeatedPlayer seat={step.seat} onLeave={startOver} onAgain={() => void find(step.seat.room_code)} />;
  }
}

function Retry({ onAgain, onBack }: { onAgain: () => void; onBack: () => void }) {
  return (
    <p class="row">
      <button type="button" class="button button-primary" onClick={onAgain}>
        Try again
      </button>
      <button type="button" class="button" onClick={onBack}>
        Another code
      </button>
    </p>
  );
}

/** So that a reload, or a link sent to a friend, leads to the same room. */
function showCode(room_code: string): void {
  history.replaceState(null, '', `/join/${room_code}`);
}
