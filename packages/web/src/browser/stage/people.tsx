/** Who is in and who waits, with the means to let in, send out and keep out. */
import type { View } from '../party-client.ts';
import type { Commands } from '../seat/use-commands.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Fault } from '../ui/field.tsx';
import { counted, spacedCode } from '../words/format.ts';
import { SecondStep } from './second-step.tsx';

interface PeopleProps {
  view: View;
  commands: Commands;
  onClose: () => void;
}

export function People({ view, commands, onClose }: PeopleProps) {
  const { players, players_total, waiting = [], waiting_total = 0, second_step, room_code } = view;
  const { send, fault } = commands;
  return (
    <Dialog title="People" onClose={onClose}>
      <Fault text={fault} />
      {second_step === null ? null : (
        <div class="people-way">
          <p>
            To join: {location.host}, room <strong>{spacedCode(room_code)}</strong>
          </p>
          <SecondStep step={second_step} />
        </div>
      )}
      {waiting_total === 0 ? null : (
        <section class="stack" aria-labelledby="waiting">
          <div class="row">
            <h3 id="waiting" class="grow">
              Waiting ({waiting_total})
            </h3>
            {waiting.length < 2 ? null : (
              <button
                type="button"
                class="button button-small"
                onClick={() => {
                  for (const { user_id } of waiting) send('approve', { user_id });
                }}
              >
                Let all in
              </button>
            )}
          </div>
          <ul class="person-rows">
            {waiting.map(({ user_id, nickname }) => (
              <li key={user_id} class="person-row">
                <span class="name" dir="auto">
                  {nickname}
                </span>
                <button
                  type="button"
                  class="button button-small button-primary"
                  aria-label={`Let ${nickname} in`}
                  onClick={() => send('approve', { user_id })}
                >
                  Let in
                </button>
                <button
                  type="button"
                  class="button button-small button-danger"
                  aria-label={`Turn ${nickname} away`}
                  onClick={() => send('kick', { user_id })}
                >
                  Turn away
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section class="stack" aria-labelledby="playing">
        <h3 id="playing">{counted(players_total, 'player')}</h3>
        <ul class="person-rows">
          {players.map(({ user_id, nickname, team }) => (
            <li key={user_id} class="person-row">
              <span class="name" dir="auto">
                {nickname} {team === undefined ? null : <span class="team">{team}</span>}
              </span>
              <button
                type="button"
                class="button button-small"
                aria-label={`Remove ${nickname}, who may come back`}
                onClick={() => send('kick', { user_id })}
              >
                Remove
              </button>
              <button
                type="button"
                class="button button-small button-danger"
                aria-label={`Ban ${nickname}, who may not come back`}
                onClick={() => send('ban', { user_id })}
              >
                Ban
              </button>
            </li>
          ))}
        </ul>
        {players_total > players.length ? <p class="muted">The first {players.length} are listed.</p> : null}
      </section>
      <div class="row row-end">
        <button type="button" class="button" onClick={onClose}>
          Close
        </button>
      </div>
    </Dialog>
  );
}
