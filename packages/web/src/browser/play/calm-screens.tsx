/** What a player sees while nothing is asked: connecting, the lobby, the waiting room, a pause, the end of the line. */
import type { ComponentChildren } from 'preact';
import type { View } from '../party-client.ts';
import { useFocusOn } from '../ui/page.tsx';
import { shapeOf } from '../ui/shape.ts';
import { ShapeIcon } from '../ui/shape-icon.tsx';
import type { Farewell } from '../words/advice.ts';
import { clockText, counted, spacedCode, wholeSeconds } from '../words/format.ts';

const shownPlayers = 60;

function Calm({ title, children }: { title: string; children: ComponentChildren }) {
  const heading = useFocusOn<HTMLHeadingElement>(title);
  return (
    <section class="calm" aria-labelledby="calm-title">
      <h1 id="calm-title" tabIndex={-1} ref={heading} dir="auto">
        {title}
      </h1>
      {children}
    </section>
  );
}

/** Four shapes that breathe: something goes on although nothing happens. */
function Breath() {
  return (
    <p class="breath" aria-hidden="true">
      {[0, 1, 2, 3].map((place) => {
        const shape = shapeOf({ id: '' }, place);
        return (
          <span key={shape.name} class={`ink-${shape.name}`}>
            <ShapeIcon shape={shape} />
          </span>
        );
      })}
    </p>
  );
}

export function ConnectingScreen() {
  return (
    <Calm title="Connecting…">
      <Breath />
      <p>This takes a moment. Keep this page open.</p>
    </Calm>
  );
}

export function WaitingScreen({ view }: { view: View }) {
  return (
    <Calm title="Waiting to be let in">
      <Breath />
      <p>The host sees that you are here and lets you in. Keep this page open.</p>
      <p class="muted" dir="auto">
        {view.you.nickname} · {view.title}
      </p>
    </Calm>
  );
}

export function LobbyScreen({ view, children }: { view: View; children?: ComponentChildren }) {
  const { you, players, players_total, title, room_code } = view;
  return (
    <Calm title={you.nickname === undefined ? 'You are in!' : `You are in, ${you.nickname}!`}>
      <Breath />
      {children ?? <p class="lead">{lobbyHint(view)}</p>}
      <p class="muted" dir="auto">
        {title} · room {spacedCode(room_code)}
        {you.team === undefined ? '' : ` · team ${you.team}`}
      </p>
      <h2>{counted(players_total, 'player')}</h2>
      <ul class="people">
        {players.slice(0, shownPlayers).map(({ user_id, nickname }) => (
          <li key={user_id} class={user_id === you.user_id ? 'own' : undefined} dir="auto">
            {nickname}
          </li>
        ))}
        {players_total > shownPlayers ? <li class="more">and {players_total - shownPlayers} more</li> : null}
      </ul>
    </Calm>
  );
}

function timeLeft(seconds: number): string {
  return seconds < 60 ? counted(seconds, 'second') : `${clockText(seconds)} minutes`;
}

/** A quick party has no big screen to look up to. */
function lobbyHint({ kind }: View): string {
  return kind === 'quick'
    ? 'It starts when everybody is in. Keep this page open.'
    : 'The host starts the game. Look up now and then.';
}

export function PausedScreen({ leftMs }: { leftMs: number | null }) {
  return (
    <Calm title="Paused">
      <Breath />
      <p class="lead">The host has stopped the clock. It goes on where it was.</p>
      {leftMs === null ? null : <p class="muted">{timeLeft(wholeSeconds(leftMs))} left</p>}
    </Calm>
  );
}

export function EndedScreen({ title, advice, children }: Farewell & { children?: ComponentChildren }) {
  return (
    <Calm title={title}>
      <p class="lead">{advice}</p>
      {children}
    </Calm>
  );
}
