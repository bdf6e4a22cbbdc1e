/** Playing a quick party that one has started: the player's screen, with the host's few words below it. */
import { useState } from 'preact/hooks';
import type { View } from '../party-client.ts';
import { OwnAnswers } from '../play/own-answers.tsx';
import { PlayerScreen } from '../play/player-screen.tsx';
import { useDroppedSeat } from '../play/seated-player.tsx';
import type { Seat } from '../seat/kept.ts';
import { type Commands, useCommands } from '../seat/use-commands.ts';
import { useParty } from '../seat/use-party.ts';
import { Confirm } from '../ui/dialog.tsx';
import { Fault } from '../ui/field.tsx';
import { useTitle, useWakeLock } from '../ui/page.tsx';
import { Share } from '../ui/share.tsx';

export function QuickSeat({ seat, onLeave }: { seat: Seat; onLeave: () => void }) {
  const { view, link, connection } = useParty(seat);
  const commands = useCommands(connection, view?.leads);
  useTitle(view?.title ?? 'Quick party');
  useWakeLock(link.state !== 'ended' && view?.phase !== 'finished');
  useDroppedSeat(seat, link.state === 'ended' ? link.reason : null);
  const isOver = view === null || view.phase === 'finished' || view.phase === 'lobby';
  return (
    <PlayerScreen
      playing={{ view, link }}
      onAnswer={(choice) => {
        if (view !== null) void connection?.answer(view.round, choice);
      }}
      lobby={<QuickLobby room_code={seat.room_code} commands={commands} />}
      controls={isOver ? null : <Reins view={view} commands={commands} onTakeBack={() => connection?.renew()} />}
      afterwards={
        <>
          <OwnAnswers seat={seat} isSaved={view?.results === 'saved'} />
          <button type="button" class="button button-primary" onClick={onLeave}>
            Another quick party
          </button>
        </>
      }
      ended={
        <button type="button" class="button button-primary" onClick={onLeave}>
          Another quick party
        </button>
      }
    />
  );
}

function QuickLobby({ room_code, commands }: { room_code: string; commands: Commands }) {
  return (
    <>
      <p class="lead">Others join with this code. Start when everybody is in.</p>
      <Share room_code={room_code} />
      <Fault text={commands.fault} />
      <button
        type="button"
        class="button button-primary button-wide"
        aria-disabled={commands.running !== null}
        onClick={() => commands.send('start')}
      >
        {commands.running === 'start' ? 'Starting…' : 'Start now'}
      </button>
    </>
  );
}

interface ReinsProps {
  view: View;
  commands: Commands;
  onTakeBack: () => void;
}

function Reins({ view, commands, onTakeBack }: ReinsProps) {
  const [isEnding, setEnding] = useState(false);
  const { send, fault } = commands;
  const isQuestion = view.phase === 'question';
  return (
    <details class="reins">
      <summary>Your party</summary>
      {view.leads ? null : (
        <p class="notice">
          Another screen of yours leads now.{' '}
          <button type="button" class="button button-small" onClick={onTakeBack}>
            Take control back
          </button>
        </p>
      )}
      <div class="row">
        {view.phase === 'paused' ? (
          <button type="button" class="button" onClick={() => send('resume')}>
            Go on
          </button>
        ) : (
          <button type="button" class="button" onClick={() => send('pause')}>
            Pause
          </button>
        )}
        <button
          type="button"
          class="button"
          aria-disabled={!isQuestion}
          onClick={() => (isQuestion ? send('extend', { seconds: 10 }) : undefined)}
        >
          +10 seconds
        </button>
        <button
          type="button"
          class="button"
          aria-disabled={!isQuestion}
          onClick={() => (isQuestion ? send('skip') : undefined)}
        >
          Skip question
        </button>
        <button type="button" class="button button-danger" onClick={() => setEnding(true)}>
          End
        </button>
      </div>
      <Fault text={fault} />
      {isEnding ? (
        <Confirm
          title="End this party?"
          text="Nobody can answer any more. What was scored stays."
          action="End it"
          onConfirm={() => send('end')}
          onClose={() => setEnding(false)}
        />
      ) : null}
    </details>
  );
}
