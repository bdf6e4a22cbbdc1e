/** The settings of a room, the ones most hosts look for first. */
import { Field } from '../ui/field.tsx';
import { More } from '../ui/more.tsx';
import { SelectField, Switch } from '../ui/select-field.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { NameFields } from './name-fields.tsx';
import type { RoomFaults, RoomForm } from './room-form.ts';

export interface RoomFormFieldsProps {
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
      <More summary="More about the game" hasFault={faults.grace_seconds !== undefined}>
        <Field
          label="Seconds until a game that everybody has left ends"
          hint="Empty: usually 120. Who comes back before goes on where they were."
          value={form.grace_seconds}
          fault={faults.grace_seconds ?? null}
          onValue={(grace_seconds) => onChange({ grace_seconds })}
          input={{ inputMode: 'numeric' }}
        />
      </More>
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
      <More summary="More about who sees it">
        <Switch
          label="Others may show the game without joining"
          hint="For a stream or a screen of your own making. They see what players see, and cannot answer."
          checked={form.spectators}
          onChecked={(spectators) => onChange({ spectators })}
        />
      </More>
      <More summary="Only people on a list" hasFault={faults.roster !== undefined}>
        <TextArea
          label="The list"
          hint="One person on each line: name; reference; extra time in percent. Only the first is needed."
          rows={5}
          value={form.roster}
          fault={faults.roster ?? null}
          onValue={(roster) => onChange({ roster })}
        />
      </More>
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
