/** Rooms, newest first. Two are in sight: a day full of rooms does not push the quizzes off the screen. */
import type { ComponentChildren } from 'preact';
import { spacedCode } from '../words/format.ts';

const inSight = 2;

interface Room {
  party_id: string;
  room_code: string;
  title: string;
}

interface RoomRowsProps<R extends Room> {
  rooms: readonly R[];
  /** What the folded ones are called. */
  others: string;
  /** What else is known of a room, behind its code. */
  about: (room: R) => string;
  /** What can be done with it. */
  buttons: (room: R) => ComponentChildren;
  /** Below the last of the folded ones. */
  more?: ComponentChildren;
}

export function RoomRows<R extends Room>({ rooms, others, about, buttons, more }: RoomRowsProps<R>) {
  const rows = rooms.map((room) => (
    <li key={room.party_id} class="quiz-row">
      <div class="quiz-name">
        <h3 dir="auto">{room.title}</h3>
        <p class="muted">
          Room {spacedCode(room.room_code)}
          {about(room)}
        </p>
      </div>
      <div class="row">{buttons(room)}</div>
    </li>
  ));
  return (
    <>
      <ul class="quizzes">{rows.slice(0, inSight)}</ul>
      {rows.length <= inSight ? null : (
        <details class="more">
          <summary>
            {others} ({rows.length - inSight})
          </summary>
          <ul class="quizzes">{rows.slice(inSight)}</ul>
          {more}
        </details>
      )}
    </>
  );
}
