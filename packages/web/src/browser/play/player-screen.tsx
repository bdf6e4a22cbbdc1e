/** The whole screen of a player: who one is on top, what goes on below. Drawn from `Playing` alone. */
import type { AnswerChoice, RoundReveal, ShownQuestion } from '@partyline/protocol';
import type { ComponentChildren } from 'preact';
import type { View } from '../party-client.ts';
import { Brand } from '../ui/brand.tsx';
import { farewell } from '../words/advice.ts';
import { grouped, ordinal } from '../words/format.ts';
import { ConnectingScreen, EndedScreen, LobbyScreen, PausedScreen, WaitingScreen } from './calm-screens.tsx';
import { FinishedScreen } from './finished-screen.tsx';
import { type Playing, playScreen } from './playing.ts';
import { QuestionScreen } from './question-screen.tsx';
import { RevealScreen } from './reveal-screen.tsx';

interface PlayerScreenProps {
  playing: Playing;
  onAnswer: (choice: AnswerChoice) => void;
  /** What else there is in the lobby, below each phase, at the end, and when the line is cut. */
  lobby?: ComponentChildren;
  controls?: ComponentChildren;
  afterwards?: ComponentChildren;
  ended?: ComponentChildren;
}

export function PlayerScreen(props: PlayerScreenProps) {
  const { view, link } = props.playing;
  return (
    <div class="play">
      <Strip view={view} />
      {link.state === 'reconnecting' ? <Reconnecting /> : null}
      <main class="play-main">{screen(props)}</main>
      {view === null || link.state === 'ended' ? null : props.controls}
    </div>
  );
}

function screen({ playing, onAnswer, lobby, afterwards, ended }: PlayerScreenProps) {
  const { view, link } = playing;
  const name = playScreen(playing);
  if (name === 'ended' && link.state === 'ended') {
    return <EndedScreen {...farewell(link.reason)}>{ended}</EndedScreen>;
  }
  if (view === null) return <ConnectingScreen />;
  switch (name) {
    case 'ended':
    case 'connecting':
      return <ConnectingScreen />;
    case 'waiting':
      return <WaitingScreen view={view} />;
    case 'lobby':
      return <LobbyScreen view={view}>{lobby}</LobbyScreen>;
    case 'paused':
      return <PausedScreen leftMs={view.paused_with_ms} />;
    case 'question':
      return hasQuestion(view) ? (
        <QuestionScreen {...{ view, onAnswer }} isLive={link.state === 'live'} />
      ) : (
        <ConnectingScreen />
      );
    case 'reveal':
      return hasReveal(view) ? <RevealScreen view={view} /> : <ConnectingScreen />;
    case 'finished':
      return <FinishedScreen view={view}>{afterwards}</FinishedScreen>;
  }
}

function Strip({ view }: { view: View | null }) {
  if (view === null || view.you.role === 'spectator') {
    return (
      <header class="strip">
        <Brand />
      </header>
    );
  }
  const { nickname, team, score, rank } = view.you;
  const isScoreShown =
    view.phase !== 'lobby' && view.settings.scoring !== 'none' && view.settings.leaderboard !== 'hidden';
  return (
    <header class="strip">
      <span class="strip-name">
        <span dir="auto">{nickname}</span>
        {team === undefined ? null : (
          <span class="team" dir="auto">
            {team}
          </span>
        )}
      </span>
      {isScoreShown ? (
        <span class="strip-score">
          {rank === null ? null : <span class="strip-rank">{ordinal(rank)}</span>}
          <span>
            {grouped(score)}
            <span class="visually-hidden"> points</span>
          </span>
        </span>
      ) : null}
    </header>
  );
}

function Reconnecting() {
  return (
    <p class="banner" role="status">
      <span class="banner-spinner" aria-hidden="true" />
      Connection lost. We are bringing you back. Keep this page open.
    </p>
  );
}

function hasQuestion(view: View): view is View & { question: ShownQuestion } {
  return view.question !== null;
}

function hasReveal(view: View): view is View & { reveal: RoundReveal } {
  return view.reveal !== null;
}
