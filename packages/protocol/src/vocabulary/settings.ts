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

export const startSetting = (options: Type.TSchemaOptions) => word(['on_connect', 'manual'], options);
export const scoringSetting = (options: Type.TSchemaOptions) => word(scorings, options);
export const feedbackSetting = (options: Type.TSchemaOptions) => word(feedbacks, options);
export const revealSecondsSetting = (options: Type.TNumberOptions) => whole(0, 30, options);

export const NicknamePolicyPatch = closed(
  {
    mode: Type.Optional(word(nicknameModes, { default: 'free' })),
    min: Type.Optional(whole(1, 20, { default: 1, description: 'Fewest graphemes.' })),
    max: Type.Optional(whole(1, 20, { default: 20, description: 'Most graphemes.' })),
    profanity: Type.Optional(word(profanities, { default: 'mask' })),
    unique: Type.Optional(Type.Boolean({ default: true, description: 'Lookalikes of a taken name are refused.' })),
    theme: Type.Optional(
      word(nicknameThemes, { description: 'Of the names made for `generated`; any of them where not given.' }),
    ),
    blocked_words: Type.Optional(
      list(line(40), 500, {
        description:
          'Filtered as `profanity` says, which must not be `off`; from five letters on also inside of words. Never shown to players.',
      }),
    ),
  },
  { title: 'NicknamePolicyPatch' },
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
    streak_bonus: Type.Optional(Type.Boolean({ default: false })),
    feedback: Type.Optional(
      feedbackSetting({ default: 'reveal', description: '`instant`: an ack tells right or wrong.' }),
    ),
    leaderboard: Type.Optional(word(leaderboards, { default: 'each_round' })),
    show_vote_results: Type.Optional(word(voteResults, { default: 'reveal' })),
    anonymous_votes: Type.Optional(
      Type.Boolean({ default: false, description: 'Votes are counted apart from who voted.' }),
    ),
    late_join: Type.Optional(Type.Boolean({ default: true })),
    max_players: Type.Optional(whole(1, 100_000, { default: 2_000 })),
    passcode: Type.Optional(orNull(Passcode, { default: null })),
    second_step: Type.Optional(
      Type.Boolean({ default: false, description: "A rotating code from the host's screen must be typed too." }),
    ),
    roster: Type.Optional(orNull(list(RosterEntry, 5_000), { default: null, description: 'Only these may join.' })),
    approve_joins: Type.Optional(
      Type.Boolean({ default: false, description: 'Newcomers wait until the host approves.' }),
    ),
    teams: Type.Optional(orNull(closed(teamFields), { default: null })),
    nickname_policy: Type.Optional(NicknamePolicyPatch),
    reveal_seconds: Type.Optional(revealSecondsSetting({ default: 5 })),
    advance_when_all_answered: Type.Optional(
      Type.Boolean({ default: true, description: 'A round ends when every connected player has answered.' }),
    ),
    question_on_phones: Type.Optional(Type.Boolean({ default: true })),
    spectators: Type.Optional(
      Type.Boolean({ default: false, description: 'Whether somebody without a token may watch.' }),
    ),
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
