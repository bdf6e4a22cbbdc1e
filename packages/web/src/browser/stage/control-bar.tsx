/** The host's words as buttons, at the same place in every phase. */
import { useEffect, useState } from 'preact/hooks';
import type { View } from '../party-client.ts';
import type { Commands } from '../seat/use-commands.ts';
import { Confirm } from '../ui/dialog.tsx';
import { FullScreen } from './full-screen.tsx';
import { mayPause, nextStep } from './steering.ts';

interface ControlBarProps {
  view: View;
  commands: Commands;
  onPeople: () => void;
  onLeave: () => void;
}

const extraSeconds = 10;

export function ControlBar({ view, commands, onPeople, onLeave }: ControlBarProps) {
  const [isEnding, setEnding] = useState(false);
  const { send, running, fault } = commands;
  const step = nextStep(view);
  const isQuestion = view.phase === 'question';
  const isOver = view.phase === 'finished';
  const waiting = view.waiting_total ?? 0;
  usePresenterKeys(() => {
    if (step !== null) send(step.command);
  });
  return (
    <footer class="controls">
      {fault === null ? null : (
        <p class="fault controls-fault" role="alert">
          {fault}
        </p>
      )}
      <div class="controls-row">
        {isOver ? null : (
          <>
            <button type="button" class="button button-small" onClick={onPeople}>
              People
              {waiting === 0 ? null : <span class="count">{waiting} waiting</span>}
            </button>
            <button type="button" class="button button-small" onClick={() => send(view.locked ? 'unlock' : 'lock')}>
              {view.locked ? 'Unlock' : 'Lock'}
            </button>
          </>
        )}
        <FullScreen />
        {isOver ? (
          <button type="button" class="button button-small" onClick={onLeave}>
            Leave
          </button>
        ) : (
          <button type="button" class="button button-small button-danger" onClick={() => setEnding(true)}>
            End
          </button>
        )}
        <span class="controls-gap" />
        {isQuestion ? (
          <>
            <button type="button" class="button" onClick={() => send('extend', { seconds: extraSeconds })}>
              +{extraSeconds} s
            </button>
            <button type="button" class="button" onClick={() => send('skip')}>
              Skip
            </button>
          </>
        ) : null}
        {mayPause(view) ? (
          <button type="button" class="button" onClick={() => send('pause')}>
            Pause
          </button>
        ) : null}
        {step === null ? null : (
          <button
            type="button"
            class="button button-primary controls-next"
            aria-disabled={running !== null}
            onClick={({ detail }) => {
              // A double click is one step, also where the first click was already answered when the second came.
              if (detail < 2) send(step.command);
            }}
          >
            {step.label}
          </button>
        )}
      </div>
      {isEnding ? (
        <Confirm
          title="End this party?"
          text="Nobody can answer any more. What was scored stays, and the results are saved."
          action="End it"
          onConfirm={() => send('end')}
          onClose={() => setEnding(false)}
        />
      ) : null}
    </footer>
  );
}

/** Presenters' clickers send Page Down. Not while something is typed or asked. */
function usePresenterKeys(onNext: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.key !== 'PageDown' || event.repeat || document.querySelector('dialog[open]') !== null) return;
      event.preventDefault();
      onNext();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  });
}
