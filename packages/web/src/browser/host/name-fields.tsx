/** The settings of a room that are about names: of people, and of their teams. */
import { Field } from '../ui/field.tsx';
import { More } from '../ui/more.tsx';
import { SelectField, Switch } from '../ui/select-field.tsx';
import { TextArea } from '../ui/text-area.tsx';
import type { RoomFormFieldsProps } from './room-form-fields.tsx';

export function NameFields({ form, faults, onChange }: RoomFormFieldsProps) {
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
      {form.nickname_mode === 'generated' ? null : <NameRules {...{ form, faults, onChange }} />}
      {form.profanity === 'off' || form.nickname_mode === 'generated' ? null : (
        <More summary="More words that no name may have" hasFault={faults.blocked_words !== undefined}>
          <TextArea
            label="The words"
            hint="One on each line, or with commas between them. Players do not see them."
            rows={3}
            value={form.blocked_words}
            fault={faults.blocked_words ?? null}
            onValue={(blocked_words) => onChange({ blocked_words })}
          />
        </More>
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

function NameRules({ form, faults, onChange }: RoomFormFieldsProps) {
  const { nickname_min, nickname_max, unique_names } = form;
  return (
    <More summary="More about names" hasFault={faults.nickname_min !== undefined || faults.nickname_max !== undefined}>
      <div class="columns">
        <Field
          label="Fewest characters of a name"
          value={nickname_min}
          fault={faults.nickname_min ?? null}
          onValue={(value) => onChange({ nickname_min: value })}
          input={{ inputMode: 'numeric' }}
        />
        <Field
          label="Most characters of a name"
          value={nickname_max}
          fault={faults.nickname_max ?? null}
          onValue={(value) => onChange({ nickname_max: value })}
          input={{ inputMode: 'numeric' }}
        />
      </div>
      <Switch
        label="Everybody has another name"
        hint="Off: two people may have the same, or names that look alike."
        checked={unique_names}
        onChecked={(isUnique) => onChange({ unique_names: isUnique })}
      />
    </More>
  );
}
