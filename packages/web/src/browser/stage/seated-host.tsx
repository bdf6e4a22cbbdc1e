/** A host in a room: the connection and the big screen, put together. */
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { takeRoom } from '../host/opened.ts';
import { type Api, type Connection, pageApi, type View } from '../party-client.ts';
import { ConnectingScreen, EndedScreen } from '../play/calm-screens.tsx';
import { kept, type Seat } from '../seat/kept.ts';
import { useCommands } from '../seat/use-commands.ts';
import { useParty } from '../seat/use-party.ts';
import { Fault } from '../ui/field.tsx';
import { useTitle, useWakeLock } from '../ui/page.tsx';
import { useTask } from '../ui/use-task.ts';
import { type Farewell, farewell } from '../words/advice.ts';
import { spacedCode } from '../words/format.ts';
import { Downloads } from './downloads.tsx';
import { StageScreen } from './stage-screen.tsx';

interface SeatedHostProps {
  /** With the host's key. */
  api: Api;
  room_code: string;
  onLeave: () => void;
}

export function SeatedHost({ api, room_code, onLeave }: SeatedHostProps) {
  const [seat, setSeat] = useState(() => kept.seat(room_code));
  const take = <TakeScreen {...{ api, room_code }} onTaken={() => setSeat(kept.seat(room_code))} />;
  if (seat !== null) return <Seated key={seat.token} {...{ seat, take, onLeave }} />;
  const gone = {
    title: 'This room is not on this screen',
    advice: 'It may be open on another one. Your key is enough to take it over here.',
  };
  return (
    <Ended {...gone} onLeave={onLeave}>
      {take}
    </Ended>
  );
}

interface TakeScreenProps {
  api: Api;
  room_code: string;
  onTaken: () => void;
}

function TakeScreen({ api, room_code, onTaken }: TakeScreenProps) {
  const task = useTask();
  return (
    <>
      <Fault text={task.fault} />
      <button
        type="button"
        class="button button-primary"
        onClick={() =>
          task.run(async () => {
            await takeRoom(api, room_code);
            onTaken();
          })
        }
      >
        Take the screen
      </button>
    </>
  );
}

/** `take`: the way back in for who is no longer known here. */
function Seated({ seat, take, onLeave }: { seat: Seat; take: ComponentChildren; onLeave: () => void }) {
  const { view, link, connection } = useParty(seat);
  const commands = useCommands(connection, view?.leads);
  useTitle(view === null ? `Room ${spacedCode(seat.room_code)}` : view.title);
  useWakeLock(link.state !== 'ended');
  useFreshWaitingRoom(view, connection);
  useFreshSecondStep(view, connection);
  useFreshExtraTime(view, connection);
  if (link.state === 'ended' && view?.phase !== 'finished') {
    const isOver = link.reason === 'party_over' || link.reason === 'party_not_found';
    return (
      <Ended {...hostFarewell(farewell(link.reason), link.reason)} onLeave={onLeave}>
        {isOver ? <ResultsLink party_id={seat.party_id} /> : null}
        {link.reason === 'unauthorized' ? take : null}
      </Ended>
    );
  }
  if (view === null) {
    return (
      <main class="door">
        <ConnectingScreen />
      </main>
    );
  }
  return (
    <StageScreen
      view={view}
      link={link}
      commands={commands}
      onTakeBack={() => connection?.renew()}
      onLeave={onLeave}
      afterwards={
        <Downloads
          api={pageApi(seat.token)}
          party_id={seat.party_id}
          title={view.title}
          isSaved={view.results === 'saved'}
        >
          {view.results === 'saved' ? <ResultsLink party_id={seat.party_id} /> : null}
        </Downloads>
      }
    />
  );
}

function ResultsLink({ party_id }: { party_id: string }) {
  return (
    <a class="button" href={`/host#results/${party_id}`}>
      Look at the results
    </a>
  );
}

interface EndedProps extends Farewell {
  onLeave: () => void;
  children?: ComponentChildren;
}

function Ended({ title, advice, onLeave, children }: EndedProps) {
  return (
    <main class="door">
      <EndedScreen title={title} advice={advice}>
        {children}
        <button type="button" class="button" onClick={onLeave}>
          Back to the quizzes
        </button>
      </EndedScreen>
    </main>
  );
}

function hostFarewell(words: Farewell, reason: string | null): Farewell {
  if (reason === 'party_over' || reason === 'party_not_found') {
    return { title: words.title, advice: 'What was scored stays.' };
  }
  return reason === 'unauthorized'
    ? {
        title: 'This room no longer knows this screen',
        advice: 'Its token has expired. Your key is enough to take it again.',
      }
    : words;
}

const waitingLookMs = 700;

/** Who waits stands in the state alone; that somebody came is told. */
function useFreshWaitingRoom(view: View | null, connection: Connection | null): void {
  const total = view?.waiting_total ?? 0;
  const isBehind = Math.min(total, 100) > (view?.waiting?.length ?? 0);
  useEffect(() => {
    if (!isBehind || connection === null) return;
    const timer = setTimeout(() => connection.sync(), waitingLookMs);
    return () => clearTimeout(timer);
  }, [isBehind, total, connection]);
}

const afterChangeMs = 300;

/** The code changes by the clock and nobody is told: it is asked for. */
function useFreshSecondStep(view: View | null, connection: Connection | null): void {
  const changes_at = view?.phase === 'finished' ? null : (view?.second_step?.changes_at ?? null);
  useEffect(() => {
    if (changes_at === null || connection === null) return;
    const timer = setTimeout(() => connection.sync(), Math.max(0, changes_at - performance.now()) + afterChangeMs);
    return () => clearTimeout(timer);
  }, [changes_at, connection]);
}

/** Who has extra time stands in the state alone. Once for each question, as early as it may matter. */
function useFreshExtraTime(view: View | null, connection: Connection | null): void {
  const isUnknown = view?.phase === 'question' && view.extra_time_ms === null;
  useEffect(() => {
    if (isUnknown) connection?.sync();
  }, [isUnknown, connection]);
}
