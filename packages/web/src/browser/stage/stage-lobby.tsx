/** Before the game on the big screen: how to get in, in letters for the last row, and who is in. */
import type { View } from '../party-client.ts';
import { QrCode } from '../ui/qr-code.tsx';
import { joinLink } from '../ui/share.tsx';
import { counted, spacedCode, waitingWords } from '../words/format.ts';
import { SecondStep } from './second-step.tsx';

const shownPlayers = 80;

export function StageLobby({ view }: { view: View }) {
  const { room_code, players, players_total, waiting_total, title, locked, second_step } = view;
  const link = joinLink(room_code);
  return (
    <section class="stage-lobby" aria-labelledby="stage-title">
      <h1 id="stage-title" class="stage-quiz" dir="auto">
        {title}
      </h1>
      <div class="stage-way">
        <div class="stage-qr">
          <QrCode text={link} label={`QR code of ${link}`} />
        </div>
        <div class="stage-words">
          <p class="stage-host">
            Join at <strong>{location.host}</strong>
          </p>
          <p class="stage-code">
            <span class="visually-hidden">with the code </span>
            {spacedCode(room_code)}
          </p>
          {second_step === null ? null : <SecondStep step={second_step} />}
          {locked ? <p class="notice">The room is locked: nobody else gets in.</p> : null}
          {isOnlyHere(location.hostname) ? (
            <p class="notice">
              Phones cannot reach “{location.hostname}”. Open this page under the address of this computer.
            </p>
          ) : null}
        </div>
      </div>
      <p class="stage-count" role="status">
        {players_total === 0 ? 'Nobody is in yet' : `${counted(players_total, 'player')} in`}
        {waitingWords(waiting_total)}
      </p>
      <ul class="people stage-people">
        {players.slice(-shownPlayers).map(({ user_id, nickname, team }) => (
          <li key={user_id} dir="auto">
            {nickname} {team === undefined ? null : <span class="team">{team}</span>}
          </li>
        ))}
        {players_total > shownPlayers ? <li class="more">and {players_total - shownPlayers} more</li> : null}
      </ul>
    </section>
  );
}

/** Addresses that mean another machine on every phone. */
function isOnlyHere(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127\./.test(hostname);
}
