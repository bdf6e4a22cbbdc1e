/** The settings of a room as a form holds them, and the settings they become. Only what differs from the default is sent. Pure. */
import type { RosterEntry, SettingsPatch } from '@partyline/protocol';

export interface RoomForm {
  pacing: 'host' | 'auto';
  reveal_seconds: string;
  scoring: 'kahoot' | 'linear' | 'accuracy' | 'none';
  streak_bonus: boolean;
  feedback: 'reveal' | 'instant';
  leaderboard: 'each_round' | 'end' | 'hidden';
  show_vote_results: 'live' | 'reveal';
  anonymous_votes: boolean;
  advance_when_all_answered: boolean;
  question_on_phones: boolean;
  /** Seconds; empty: as the server does. */
  grace_seconds: string;
  late_join: boolean;
  max_players: string;
  passcode: string;
  second_step: boolean;
  approve_joins: boolean;
  spectators: boolean;
  /** A line for each person: name; reference; extra time. */
  roster: string;
  team_mode: 'none' | 'auto' | 'chosen';
  /** A name for each line. */
  team_names: string;
  nickname_mode: 'free' | 'letters' | 'real_name' | 'generated' | 'roster';
  nickname_theme: 'any' | 'animals' | 'space' | 'food' | 'colours';
  nickname_min: string;
  nickname_max: string;
  unique_names: boolean;
  profanity: 'off' | 'mask' | 'refuse';
  /** A word on each line. */
  blocked_words: string;
}

export const defaultRoomForm: RoomForm = {
  pacing: 'host',
  reveal_seconds: '5',
  scoring: 'kahoot',
  streak_bonus: false,
  feedback: 'reveal',
  leaderboard: 'each_round',
  show_vote_results: 'reveal',
  anonymous_votes: false,
  advance_when_all_answered: true,
  question_on_phones: true,
  grace_seconds: '',
  late_join: true,
  max_players: '2000',
  passcode: '',
  second_step: false,
  approve_joins: false,
  spectators: false,
  roster: '',
  team_mode: 'none',
  team_names: 'Red\nBlue',
  nickname_mode: 'free',
  nickname_theme: 'any',
  nickname_min: '1',
  nickname_max: '20',
  unique_names: true,
  profanity: 'mask',
  blocked_words: '',
};

type Field = keyof RoomForm;
export type RoomFaults = Partial<Record<Field, string>>;

export function roomFaults(form: RoomForm): RoomFaults {
  const faults: RoomFaults = {};
  if (!isWhole(form.max_players, 1, 100_000)) faults.max_players = 'Type a whole number from 1 to 100,000.';
  if (!isWhole(form.reveal_seconds, 0, 30)) faults.reveal_seconds = 'Type a whole number from 0 to 30.';
  if (form.team_mode !== 'none') {
    const names = linesOf(form.team_names);
    if (names.length < 2) faults.team_names = 'Type at least two teams, one on each line.';
    else if (new Set(names).size < names.length) faults.team_names = 'Two teams have the same name.';
    else if (names.length > 50) faults.team_names = 'There can be 50 teams at most.';
    else if (names.some((name) => [...name].length > 40)) faults.team_names = 'A team name may have 40 characters.';
  }
  const words = wordsOf(form.blocked_words);
  if (words.length > 500) faults.blocked_words = 'There can be 500 words at most.';
  else if (words.some((word) => word.length > 40)) faults.blocked_words = 'A word may have 40 letters.';
  if (form.grace_seconds.trim() !== '' && !isWhole(form.grace_seconds, 1, 3_600))
    faults.grace_seconds = 'Type a whole number from 1 to 3,600, or nothing.';
  Object.assign(faults, nameLengthFaults(form));
  const roster = rosterFault(form);
  if (roster !== null) faults.roster = roster;
  return faults;
}

function nameLengthFaults({ nickname_mode, nickname_min, nickname_max }: RoomForm): RoomFaults {
  if (nickname_mode === 'generated') return {};
  const faults: RoomFaults = {};
  if (!isWhole(nickname_min, 1, 20)) faults.nickname_min = 'Type a whole number from 1 to 20.';
  if (!isWhole(nickname_max, 1, 20)) faults.nickname_max = 'Type a whole number from 1 to 20.';
  const isSound = Object.keys(faults).length === 0;
  if (isSound && Number(nickname_min) > Number(nickname_max))
    faults.nickname_max = 'The most cannot be less than the fewest.';
  return faults;
}

function rosterFault({ roster, nickname_mode }: RoomForm): string | null {
  const lines = linesOf(roster);
  if (nickname_mode === 'roster' && lines.length === 0)
    return 'Names from the list need a list: one person on each line.';
  if (lines.length > 5_000) return 'The list can have 5,000 lines at most.';
  const broken = lines.findIndex((line) => rosterEntry(line) === null);
  return broken < 0 ? null : `Line ${broken + 1} is not understood. Write: name; reference; extra time in percent.`;
}

/** Only for a form without faults. */
export function roomSettings(form: RoomForm): SettingsPatch {
  const given: SettingsPatch = {
    pacing: form.pacing,
    reveal_seconds: Number(form.reveal_seconds),
    scoring: form.scoring,
    streak_bonus: form.streak_bonus,
    feedback: form.feedback,
    leaderboard: form.leaderboard,
    show_vote_results: form.show_vote_results,
    anonymous_votes: form.anonymous_votes,
    advance_when_all_answered: form.advance_when_all_answered,
    question_on_phones: form.question_on_phones,
    late_join: form.late_join,
    max_players: Number(form.max_players),
    second_step: form.second_step,
    approve_joins: form.approve_joins,
    spectators: form.spectators,
  };
  const roster = linesOf(form.roster).flatMap((line) => rosterEntry(line) ?? []);
  const { passcode, team_mode, grace_seconds } = form;
  const nickname_policy = nicknamePolicy(form);
  return {
    ...changed(given, settingsOfDefaults),
    ...(passcode.trim() === '' ? {} : { passcode: passcode.trim() }),
    ...(grace_seconds.trim() === '' ? {} : { disconnect_grace_seconds: Number(grace_seconds) }),
    ...(roster.length === 0 ? {} : { roster }),
    ...(team_mode === 'none' ? {} : { teams: { mode: team_mode, names: linesOf(form.team_names) } }),
    ...(Object.keys(nickname_policy).length === 0 ? {} : { nickname_policy }),
  };
}

function nicknamePolicy(form: RoomForm): NonNullable<SettingsPatch['nickname_policy']> {
  const { nickname_mode, nickname_theme, nickname_min, nickname_max, unique_names, profanity } = form;
  const isTyped = nickname_mode !== 'generated';
  const blocked_words = wordsOf(form.blocked_words);
  return {
    ...(nickname_mode === 'free' ? {} : { mode: nickname_mode }),
    ...(nickname_mode === 'generated' && nickname_theme !== 'any' ? { theme: nickname_theme } : {}),
    ...(isTyped && Number(nickname_min) !== 1 ? { min: Number(nickname_min) } : {}),
    ...(isTyped && Number(nickname_max) !== 20 ? { max: Number(nickname_max) } : {}),
    ...(unique_names ? {} : { unique: false }),
    ...(profanity === 'mask' ? {} : { profanity }),
    ...(profanity === 'off' || blocked_words.length === 0 ? {} : { blocked_words }),
  };
}

const settingsOfDefaults: SettingsPatch = {
  ...{ pacing: 'host', reveal_seconds: 5, scoring: 'kahoot', streak_bonus: false, feedback: 'reveal' },
  ...{ leaderboard: 'each_round', show_vote_results: 'reveal', anonymous_votes: false, late_join: true },
  ...{ advance_when_all_answered: true, question_on_phones: true, max_players: 2_000 },
  ...{ second_step: false, approve_joins: false, spectators: false },
};

function changed(given: SettingsPatch, standing: SettingsPatch): SettingsPatch {
  const entries = Object.entries(given).filter(([name, value]) => standing[name as keyof SettingsPatch] !== value);
  return Object.fromEntries(entries) as SettingsPatch;
}

/** `Ann Lee`, `Ann Lee; 4711`, `; 4711; 25%`: name, reference, extra time, apart by semicolons or tabs. */
export function rosterEntry(line: string): RosterEntry | null {
  const [name = '', ref = '', extra = '', ...rest] = line.split(/[;\t]/).map((part) => part.trim());
  const percent = extra.replace(/\s*%$/, '');
  if (rest.length > 0 || (name === '' && ref === '') || name.length > 64 || ref.length > 128) return null;
  if (percent !== '' && !isWhole(percent, 0, 300)) return null;
  return {
    ...(name === '' ? {} : { name }),
    ...(ref === '' ? {} : { ref }),
    ...(percent === '' ? {} : { extra_time_percent: Number(percent) }),
  };
}

/** Words stand on lines of their own, or with commas between them. */
function wordsOf(text: string): string[] {
  return [...new Set(linesOf(text.replaceAll(',', '\n')))];
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function isWhole(text: string, least: number, most: number): boolean {
  const value = Number(text);
  return /^\d+$/.test(text.trim()) && value >= least && value <= most;
}
