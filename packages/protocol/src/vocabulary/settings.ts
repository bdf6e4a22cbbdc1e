/**
 * What a host may set, and what players may see of it. The defaults written here are annotations for the OpenAPI
 * document (a room's; a quick party's stand at its own request): the game applies its own.
 */
import Type from 'typebox';
import { Passcode, PlayerRef, TeamName } from './identifier.ts';
import { closed, having, line, list, open, orNull, whole, word } from './primitive.ts';

const pacings = ['host', 'auto'] as const;
const scorings = ['kahoot', 'linear', 'accuracy', 'none'] as const;
const feedbacks = ['reveal', 'instant'] as const;
const leaderboards = ['each_round', 'end', 'hidden'] as const;
const voteResults = ['live', 'reveal'] as const;
const teamModes = ['auto', 'chosen'] as const;
const nicknameModes = ['free', 'letters', 'real_name', 'generated', 'roster'] as const;
const profanities = ['off', 'mask', 'refuse'] as const;
const nicknameThemes = ['animals', 'space', 'food', 'colours'] as const;

export const startSetting = (options: Type.TSchemaOptions) =>
  word(['on_connect', 'manual'], {
    description: "Round 1 opens with the first socket, or by the host's `start`.",
    ...options,
  });
export const scoringSetting = (options: Type.TSchemaOptions) =>
  word(scorings, {
    description:
      'For a right answer: half of the points for speed, all of them for speed, the same at any time, or none.',
    ...options,
  });
export const feedbackSetting = (options: Type.TSchemaOptions) =>
  word(feedbacks, { description: '`instant`: an ack tells right or wrong.', ...options });
export const revealSecondsSetting = (options: Type.TNumberOptions) =>
  whole(0, 30, { description: 'How long a reveal stays with `pacing: auto`.', ...options });
export const allAnsweredSetting = (options: Type.TSchemaOptions) =>
  Type.Boolean({ description: 'A round ends when every connected player has answered.', ...options });
export const spectatorsSetting = (options: Type.TSchemaOptions) =>
  Type.Boolean({ description: 'Whether somebody without a token may watch.', ...options });

export const NicknamePolicyPatch = closed(
  {
    mode: Type.Optional(
      word(nicknameModes, {
        default: 'free',
        description:
          '`free`: any readable name. `letters`: no digits or signs. `real_name`: first and last name. `generated`: made up for the player. `roster`: as the roster has it.',
      }),
    ),
    min: Type.Optional(
      whole(1, 20, { default: 1, description: 'Fewest graphemes; at most 6 where names are `generated`.' }),
    ),
    max: Type.Optional(
      whole(1, 20, { default: 20, description: 'Most graphemes; at least 9 where names are `generated`.' }),
    ),
    profanity: Type.Optional(
      word(profanities, { default: 'mask', description: 'Bad words are left, starred out, or not let in.' }),
    ),
    unique: Type.Optional(Type.Boolean({ default: true, description: 'Lookalikes of a taken name are refused.' })),
    theme: Type.Optional(
      word(nicknameThemes, { description: 'Only with `generated`: of the made-up names; any where not given.' }),
    ),
    blocked_words: Type.Optional(
      list(line(40), 500, {
        description:
          'Filtered as `profanity` says, which must not be `off`; from five letters on also inside of words. Never shown to players.',
      }),
    ),
  },
  { title: 'NicknamePolicyPatch', description: 'What players may be called.' },
);

export const NicknamePolicy = open(
  {
    mode: word(nicknameModes),
    min: whole(1, 20),
    max: whole(1, 20),
    profanity: word(profanities),
    unique: Type.Boolean(),
    theme: Type.Optional(word(nicknameThemes)),
  },
  { title: 'NicknamePolicy', description: 'Without the words a host blocks: those are not for players.' },
);
export type NicknamePolicy = Type.Static<typeof NicknamePolicy>;

export const RosterEntry = closed(
  {
    name: Type.Optional(line(64)),
    ref: Type.Optional(PlayerRef),
    extra_time_percent: Type.Optional(
      whole(0, 300, { default: 0, description: 'Extra answering time in percent of the time limit.' }),
    ),
  },
  { title: 'RosterEntry', anyOf: [having('name'), having('ref')] },
);
export type RosterEntry = Type.Static<typeof RosterEntry>;

const teamFields = { mode: word(teamModes), names: list(TeamName, 50, { minItems: 1, uniqueItems: true }) };

export const SettingsPatch = closed(
  {
    pacing: Type.Optional(
      word(pacings, { default: 'host', description: "Whether rounds move on a host's word or on the clock." }),
    ),
    start: Type.Optional(startSetting({ default: 'manual' })),
    scoring: Type.Optional(scoringSetting({ default: 'kahoot' })),
    streak_bonus: Type.Optional(
      Type.Boolean({ default: false, description: 'Right answers in a row add 100, 200, … up to 500 points.' }),
    ),
    feedback: Type.Optional(feedbackSetting({ default: 'reveal' })),
    leaderboard: Type.Optional(
      word(leaderboards, { default: 'each_round', description: 'When scores and ranks are shown to players.' }),
    ),
    show_vote_results: Type.Optional(
      word(voteResults, {
        default: 'reveal',
        description: 'Votes are counted on the screens at once, or at the reveal.',
      }),
    ),
    anonymous_votes: Type.Optional(
      Type.Boolean({ default: false, description: 'Votes are counted apart from who voted.' }),
    ),
    late_join: Type.Optional(
      Type.Boolean({ default: true, description: 'Whether people may join after round 1 has opened.' }),
    ),
    max_players: Type.Optional(
      whole(1, 100_000, { default: 2_000, description: 'Who comes when so many are in is refused as `party_full`.' }),
    ),
    passcode: Type.Optional(
      orNull(Passcode, { default: null, description: 'Must be typed to join; letter case matters. null: none.' }),
    ),
    second_step: Type.Optional(
      Type.Boolean({ default: false, description: "A rotating code from the host's screen must be typed too." }),
    ),
    roster: Type.Optional(
      orNull(list(RosterEntry, 5_000), {
        default: null,
        description: 'Only these may join. Each needs a name or a reference that no other has.',
      }),
    ),
    approve_joins: Type.Optional(
      Type.Boolean({ default: false, description: 'Newcomers wait until the host approves.' }),
    ),
    teams: Type.Optional(
      orNull(closed(teamFields), {
        default: null,
        description:
          '`auto`: filled in turn. `chosen`: whoever joins names one. A team scores the mean of its members.',
      }),
    ),
    nickname_policy: Type.Optional(NicknamePolicyPatch),
    reveal_seconds: Type.Optional(revealSecondsSetting({ default: 5 })),
    advance_when_all_answered: Type.Optional(allAnsweredSetting({ default: true })),
    question_on_phones: Type.Optional(
      Type.Boolean({ default: true, description: "Off: question and choices are read from the host's screen alone." }),
    ),
    spectators: Type.Optional(spectatorsSetting({ default: false })),
    disconnect_grace_seconds: Type.Optional(
      whole(1, 3_600, { default: 120, description: 'A started party that everybody left ends after this long.' }),
    ),
  },
  { title: 'SettingsPatch' },
);
export type SettingsPatch = Type.Static<typeof SettingsPatch>;

/** What players may see of the settings: never the passcode, the roster or the second step. */
export const ShownSettings = open(
  {
    pacing: word(pacings),
    scoring: word(scorings),
    streak_bonus: Type.Boolean(),
    feedback: word(feedbacks),
    leaderboard: word(leaderboards),
    show_vote_results: word(voteResults),
    anonymous_votes: Type.Boolean(),
    late_join: Type.Boolean(),
    teams: orNull(open(teamFields)),
    reveal_seconds: revealSecondsSetting({}),
    advance_when_all_answered: Type.Boolean(),
    question_on_phones: Type.Boolean(),
    spectators: Type.Boolean(),
  },
  { title: 'ShownSettings' },
);
export type ShownSettings = Type.Static<typeof ShownSettings>;
