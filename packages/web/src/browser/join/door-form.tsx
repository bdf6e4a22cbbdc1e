/** At the door of a room: who are you? Asks only for what this room wants to know. */
import type { RoomResponse } from '@partyline/protocol';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Fault, Field } from '../ui/field.tsx';
import { counted, spacedCode, waitingWords } from '../words/format.ts';
import { type DoorAnswers, type DoorField, doorFields, emptyDoor, missing, nicknameWords } from './door.ts';

interface DoorFormProps {
  room: RoomResponse;
  /** What the server objected to, and at which field. */
  refusal: { field: DoorField | null; advice: string } | null;
  isBusy: boolean;
  onJoin: (answers: DoorAnswers) => void;
  onBack: () => void;
  /** Another way in, where there is one. */
  children?: ComponentChildren;
}

export function DoorForm({ room, refusal, isBusy, onJoin, onBack, children }: DoorFormProps) {
  const [answers, setAnswers] = useState(emptyDoor);
  const [faults, setFaults] = useState<Partial<Record<DoorField, string>>>({});
  const asked = doorFields(room);
  const faultAt = (field: DoorField): string | null =>
    faults[field] ?? (refusal?.field === field ? refusal.advice : null);
  const set = (field: DoorField) => (value: string) => setAnswers((before) => ({ ...before, [field]: value }));
  return (
    <main class="door">
      <div class="door-room">
        <p class="muted">Room {spacedCode(room.room_code)}</p>
        <h1 dir="auto">{room.title}</h1>
        <p class="muted">
          {counted(room.players, 'player')} in so far{waitingWords(room.waiting)}
          {room.phase === 'lobby' ? '' : ' · already playing'}
        </p>
      </div>
      {children}
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          const found = missing(answers, room);
          setFaults(found);
          if (Object.keys(found).length === 0 && !isBusy) onJoin(answers);
        }}
      >
        {asked.map((field, place) => (
          <DoorInput
            key={field}
            {...{ field, room }}
            value={answers[field]}
            fault={faultAt(field)}
            onValue={set(field)}
            takesFocus={place === 0}
          />
        ))}
        {asked.includes('nickname') ? null : <p>This room gives everybody a name. You will see yours in a moment.</p>}
        {room.approval_required ? <p class="hint">The host lets people in one by one.</p> : null}
        <Fault text={refusal !== null && refusal.field === null ? refusal.advice : null} />
        <button type="submit" class="button button-primary button-wide" aria-disabled={isBusy}>
          {isBusy ? 'Joining…' : 'Join'}
        </button>
        <button type="button" class="button button-quiet" onClick={onBack}>
          Another code
        </button>
      </form>
    </main>
  );
}

interface DoorInputProps {
  field: DoorField;
  room: RoomResponse;
  value: string;
  fault: string | null;
  onValue: (value: string) => void;
  takesFocus: boolean;
}

function DoorInput({ field, room, value, fault, onValue, takesFocus }: DoorInputProps) {
  const common = { value, fault, onValue, takesFocus, size: 'large' } as const;
  switch (field) {
    case 'nickname':
      return (
        <Field
          {...common}
          {...nicknameWords(room)}
          input={{ autocomplete: 'nickname', autocapitalize: 'words', maxLength: 64, enterKeyHint: 'go' }}
        />
      );
    case 'reference':
      return (
        <Field
          {...common}
          label="Your reference"
          hint="A number or word your host gave you. Leave it empty if you have none."
          input={{ autocomplete: 'off', autocapitalize: 'off', maxLength: 128 }}
        />
      );
    case 'passcode':
      return (
        <Field
          {...common}
          label="Passcode"
          hint="The host tells it."
          input={{ autocomplete: 'off', autocapitalize: 'off', maxLength: 64 }}
        />
      );
    case 'second_step_code':
      return (
        <Field
          {...common}
          label="Code on the big screen"
          hint="It changes every 30 seconds."
          input={{ inputMode: 'numeric', autocomplete: 'one-time-code', maxLength: 8 }}
        />
      );
    case 'team':
      return <Teams names={room.teams?.names ?? []} {...{ value, fault, onValue }} />;
  }
}

interface TeamsProps {
  names: readonly string[];
  value: string;
  fault: string | null;
  onValue: (value: string) => void;
}

function Teams({ names, value, fault, onValue }: TeamsProps) {
  return (
    <fieldset class="teams">
      <legend class="field-label">Your team</legend>
      <div class="teams-list">
        {names.map((name) => (
          <label key={name} class="team-choice">
            <input type="radio" name="team" checked={value === name} onChange={() => onValue(name)} />
            <span dir="auto">{name}</span>
          </label>
        ))}
      </div>
      <Fault text={fault} />
    </fieldset>
  );
}
