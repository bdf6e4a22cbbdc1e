/** The settings of a room, the ones most hosts look for first. */
import { Field } from '../ui/field.tsx';
import { SelectField, Switch } from '../ui/select-field.tsx';
import { TextArea } from '../ui/text-area.tsx';
import type { RoomFaults, RoomForm } from './room-form.ts';

interface RoomFormFieldsProps {
  form: RoomForm;
  faults: RoomFaults;
  onChange: (change: Partial<RoomForm>) => void;
}

export function RoomFormFields(props: RoomFormFieldsProps) {
  return (
    <>
      <PlayFields {...props} />
      <DoorFields {...props} />
      <NameFields {...props} />
      <VoteFields {...props} />
    </>
  );
}

function PlayFields({ form, faults, onChange }: RoomFormFieldsProps) {
  return (
    <fieldset class="card stack">
      <legend>The game</legend>
      <div class="columns">
        <SelectField
          label="Who moves on?"
          value={form.pacing}
          options={[
            { value: 'host', label: 'You do' },
            { value: 'auto', label: 'The clock does' },
          ]}
          onValue={(pacing) => onChange({ pacing })}
        />
        <SelectField
          label="Points"
          value={form.scoring}
          options={[
            { value: 'kahoot', label: 'Right and fast' },
            { value: 'linear', label: 'Fast counts most' },
            { value: 'accuracy', label: 'Right only, not fast' },
            { value: 'none', label: 'No points' },
          ]}
          onValue={(scoring) => onChange({ scoring })}
        />
        <SelectField
          label="Leaderboard"
          value={form.leaderboard}
          options={[
            { value: 'each_round', label: 'After each question' },
            { value: 'end', label: 'At the end only' },
            { value: 'hidden', label: 'Never' },
          ]}
          onValue={(leaderboard) => onChange({ leaderboard })}
        />
        {form.pacing === 'auto' ? (
          <Field
            label="Seconds to look at the answer"
            value={form.reveal_seconds}
            fault={faults.reveal_seconds ?? null}
            onValue={(reveal_seconds) => onChange({ reveal_seconds })}
            input={{ inputMode: 'numeric' }}
          />
        ) : null}
      </div>
      <Switch
        label="More points for several right in a row"
        checked={form.streak_bonus}
        onChecked={(streak_bonus) => onChange({ streak_bonus })}
      />
      <Switch
        label="Go on when everybody has answered"
        checked={form.advance_when_all_answered}
        onChecked={(advance_when_all_answered) => onChange({ advance_when_all_answered })}
      />
      <Switch
        label="Show questions on phones too"
        hint="Off: phones show only the shapes, and people look at the big screen."
        checked={form.question_on_phones}
        onChecked={(question_on_phones) => onChange({ question_on_phones })}
      />
      <Switch
        label="Tell players at once whether they are right"
        hint="Off: they learn it when the answer is shown to all."
        checked={form.feedback === 'instant'}
        onChecked={(isInstant) => onChange({ feedback: isInstant ? 'instant' : 'reveal' })}
      />
    </fieldset>
  );
}

function DoorFields({ form, faults, onChange }: RoomFormFieldsProps) {
  return (
    <fieldset class="card stack">
      <legend>Who gets in</legend>
      <Switch
        label="People may join after the start"
        checked={form.late_join}
        onChecked={(late_join) => onChange({ late_join })}
      />
      <Switch
        label="You let people in one by one"
        hint="They wait until you approve them."
        checked={form.approve_joins}
        onChecked={(approve_joins) => onChange({ approve_joins })}
      />
      <Switch
        label="A second code that changes every 30 seconds"
        hint="Only those who see the big screen can join."
        checked={form.second_step}
        onChecked={(second_step) => onChange({ second_step })}
      />
      <div class="columns">
        <Field
          label="Passcode"
          hint="Empty: none is asked for."
          value={form.passcode}
          onValue={(passcode) => onChange({ passcode })}
          input={{ maxLength: 64, autocomplete: 'off', autocapitalize: 'off' }}
        />
        <Field
          label="Most players"
          value={form.max_players}
          fault={faults.max_players ?? null}
          onValue={(max_players) => onChange({ max_players })}
          input={{ inputMode: 'numeric' }}
        />
      </div>
      <details class="more" open={form.roster !== ''}>
        <summary>Only people on a list</summary>
        <TextArea
          label="The list"
          hint="One person on each line: name; reference; extra time in percent. Only the first is needed."
          rows={5}
          value={form.roster}
          fault={faults.roster ?? null}
          onValue={(roster) => onChange({ roster })}
        />
      </details>
    </fieldset>
  );
}

function NameFields({ form, faults, onChange }: RoomFormFieldsProps) {
  return (
    <fieldset class="card stack">
      <legend>Names and teams</legend>
      <div class="columns">
        <SelectField
          label="Names"
          value={form.nickname_mode}
          options={[
            { value: 'free', label: 'Anything' },
            { value: 'letters', label: 'Letters only' },
            { value: 'real_name', label: 'First and last name' },
            { value: 'generated', label: 'Made up by us' },
            { value: 'roster', label: 'As on your list' },
          ]}
          onValue={(nickname_mode) => onChange({ nickname_mode })}
        />
        {form.nickname_mode === 'generated' ? (
          <SelectField
            label="Theme of the names"
            value={form.nickname_theme}
            options={[
              { value: 'any', label: 'Everything' },
              { value: 'animals', label: 'Animals' },
              { value: 'space', label: 'Space' },
              { value: 'food', label: 'Food' },
              { value: 'colours', label: 'Colours' },
            ]}
            onValue={(nickname_theme) => onChange({ nickname_theme })}
          />
        ) : null}
        <SelectField
          label="Rude names"
          value={form.profanity}
          options={[
            { value: 'mask', label: 'Put stars in them' },
            { value: 'refuse', label: 'Refuse them' },
            { value: 'off', label: 'Let them be' },
          ]}
          onValue={(profanity) => onChange({ profanity })}
        />
        <SelectField
          label="Teams"
          value={form.team_mode}
          options={[
            { value: 'none', label: 'No teams' },
            { value: 'auto', label: 'We deal people out' },
            { value: 'chosen', label: 'People choose' },
          ]}
          onValue={(team_mode) => onChange({ team_mode })}
        />
      </div>
      {form.nickname_mode === 'roster' && form.roster === '' ? (
        <p class="fault">{faults.roster ?? 'Fill in the list of people above.'}</p>
      ) : null}
      {form.profanity === 'off' || form.nickname_mode === 'generated' ? null : (
        <details class="more" open={form.blocked_words !== ''}>
          <summary>More words that no name may have</summary>
          <TextArea
            label="The words"
            hint="One on each line, or with commas between them. Players do not see them."
            rows={3}
            value={form.blocked_words}
            fault={faults.blocked_words ?? null}
            onValue={(blocked_words) => onChange({ blocked_words })}
          />
        </details>
      )}
      {form.team_mode === 'none' ? null : (
        <TextArea
          label="Teams, one on each line"
          rows={3}
          value={form.team_names}
          fault={faults.team_names ?? null}
          onValue={(team_names) => onChange({ team_names })}
        />
      )}
    </fieldset>
  );
}

function VoteFields({ form, onChange }: RoomFormFieldsProps) {
  return (
    <fieldset class="card stack">
      <legend>Votes</legend>
      <Switch
        label="Show votes while they come in"
        hint="Off: they are shown when voting is over."
        checked={form.show_vote_results === 'live'}
        onChecked={(isLive) => onChange({ show_vote_results: isLive ? 'live' : 'reveal' })}
      />
      <Switch
        label="Secret votes"
        hint="Votes are counted apart from who cast them, also in the results."
        checked={form.anonymous_votes}
        onChecked={(anonymous_votes) => onChange({ anonymous_votes })}
      />
    </fieldset>
  );
}
