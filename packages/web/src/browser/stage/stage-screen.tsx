/** The whole big screen: the way in on top, what goes on in the middle, the host's words below. Drawn from the view alone. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { View } from '../party-client.ts';
import type { Link } from '../play/playing.ts';
import type { Commands } from '../seat/use-commands.ts';
import { counted, spacedCode } from '../words/format.ts';
import { ControlBar } from './control-bar.tsx';
import { LostControl } from './lost-control.tsx';
import { People } from './people.tsx';
import { SecondStep } from './second-step.tsx';
import { StageFinished } from './stage-finished.tsx';
import { StageLobby } from './stage-lobby.tsx';
import { StageQuestion } from './stage-question.tsx';
import { StageReveal } from './stage-reveal.tsx';

interface StageScreenProps {
  view: View;
  link: Link;
  commands: Commands;
  /** What there is at the end: results to take home. */
  afterwards: ComponentChildren;
  onTakeBack: () => void;
  onLeave: () => void;
}

export function StageScreen({ view, link, commands, afterwards, onTakeBack, onLeave }: StageScreenProps) {
  const [isPeopleOpen, setPeopleOpen] = useState(false);
  return (
    <div class="stage">
      {link.state === 'reconnecting' && view.leads ? (
        <p class="banner" role="status">
          <span class="banner-spinner" aria-hidden="true" />
          Connection lost. The game goes on; we are bringing this screen back.
        </p>
      ) : null}
      <StageHead view={view} />
      <main class="stage-main">{stagePart(view, afterwards)}</main>
      {view.leads || view.phase === 'finished' ? (
        <ControlBar view={view} commands={commands} onPeople={() => setPeopleOpen(true)} onLeave={onLeave} />
      ) : (
        <LostControl link={link} onTakeBack={onTakeBack} />
      )}
      {isPeopleOpen ? <People view={view} commands={commands} onClose={() => setPeopleOpen(false)} /> : null}
    </div>
  );
}

function stagePart(view: View, afterwards: ComponentChildren) {
  const { phase, question, reveal } = view;
  switch (phase) {
    case 'lobby':
      return <StageLobby view={view} />;
    case 'question':
      return question === null ? null : <StageQuestion view={view} question={question} />;
    case 'reveal':
      return question === null || reveal === null ? null : <StageReveal {...{ view, question, reveal }} />;
    case 'paused':
      if (question === null) return null;
      return reveal === null || view.paused_with_ms !== null ? (
        <StageQuestion view={view} question={question} />
      ) : (
        <StageReveal {...{ view, question, reveal }} />
      );
    case 'finished':
      return <StageFinished view={view}>{afterwards}</StageFinished>;
  }
}

function StageHead({ view }: { view: View }) {
  const { phase, round, rounds, room_code, players_total, locked, second_step } = view;
  if (phase === 'lobby') return <span />;
  return (
    <header class="stage-head">
      <p>{phase === 'finished' ? 'Finished' : `Question ${round} of ${rounds}`}</p>
      {phase === 'finished' || locked || !view.settings.late_join ? null : (
        <p class="stage-join">
          <span class="stage-address">{location.host}</span> <strong>{spacedCode(room_code)}</strong>
          {second_step === null ? null : <SecondStep step={second_step} look="brief" />}
        </p>
      )}
      <p>{counted(players_total, 'player')}</p>
    </header>
  );
}
