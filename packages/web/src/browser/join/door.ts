/** What a room asks of those who want in, and their answers as the request to join. Pure. */
import type { JoinRoomRequest, ProblemCode, RoomResponse } from '@partyline/protocol';

export interface DoorAnswers {
  nickname: string;
  reference: string;
  passcode: string;
  second_step_code: string;
  team: string;
}

export type DoorField = keyof DoorAnswers;

export const emptyDoor: DoorAnswers = { nickname: '', reference: '', passcode: '', second_step_code: '', team: '' };

/** The fields to show, in their order. Nothing is asked for that the room does not need. */
export function doorFields(room: RoomResponse): DoorField[] {
  const isNameMade = room.nickname_policy.mode === 'generated' && !room.roster_required;
  return [
    ...(isNameMade ? [] : ['nickname' as const]),
    ...(room.roster_required ? ['reference' as const] : []),
    ...(room.teams?.mode === 'chosen' ? ['team' as const] : []),
    ...(room.passcode_required ? ['passcode' as const] : []),
    ...(room.second_step_required ? ['second_step_code' as const] : []),
  ];
}

export function nicknameWords({ nickname_policy, roster_required }: RoomResponse): { label: string; hint?: string } {
  const { mode, max } = nickname_policy;
  if (roster_required) return { label: 'Your name', hint: 'As it stands on the list of this room.' };
  if (mode === 'real_name') return { label: 'Your first and last name' };
  if (mode === 'letters') return { label: 'Your nickname', hint: `Letters only, up to ${max}.` };
  return { label: 'Your nickname', hint: `Up to ${max} characters. Everybody will see it.` };
}

/** What is missing before anything needs to be sent, by field. */
export function missing(answers: DoorAnswers, room: RoomResponse): Partial<Record<DoorField, string>> {
  const asked = doorFields(room);
  const isEmpty = (field: DoorField): boolean => asked.includes(field) && answers[field].trim() === '';
  const faults: Partial<Record<DoorField, string>> = {};
  if (isEmpty('nickname') && (!room.roster_required || isEmpty('reference'))) {
    faults.nickname = room.roster_required ? 'Type your name or your reference.' : 'Type a name to play under.';
  }
  if (isEmpty('passcode')) faults.passcode = 'Type the passcode. The host has it.';
  if (isEmpty('second_step_code')) faults.second_step_code = 'Type the code from the big screen.';
  if (isEmpty('team')) faults.team = 'Choose your team.';
  return faults;
}

export function joinRequest(answers: DoorAnswers, room: RoomResponse): JoinRoomRequest {
  const asked = new Set<DoorField>(doorFields(room));
  const said = (field: DoorField): string => (asked.has(field) ? answers[field].trim() : '');
  const { nickname, reference, passcode, team } = {
    nickname: said('nickname'),
    reference: said('reference'),
    passcode: said('passcode'),
    team: said('team'),
  };
  const code = said('second_step_code').replace(/\D/g, '');
  return {
    ...(nickname === '' ? {} : { nickname }),
    ...(reference === '' ? {} : { player_ref: reference }),
    ...(passcode === '' ? {} : { passcode }),
    ...(code === '' ? {} : { second_step_code: code }),
    ...(team === '' ? {} : { team }),
  };
}

/** Which field a refusal is about; null for the whole form. */
export function fieldOf(code: ProblemCode, room: RoomResponse): DoorField | null {
  const field = fieldsByCode[code] ?? null;
  return field !== null && doorFields(room).includes(field) ? field : null;
}

const fieldsByCode: Partial<Record<ProblemCode, DoorField>> = {
  nickname_refused: 'nickname',
  already_joined: 'nickname',
  not_on_roster: 'nickname',
  roster_taken: 'nickname',
  wrong_passcode: 'passcode',
  second_step_required: 'second_step_code',
  team_refused: 'team',
};

/** Why nobody gets in right now, before anybody has typed anything; null where the door is open. */
export function closedDoor({ phase, locked, late_join }: RoomResponse): ProblemCode | null {
  if (phase === 'finished') return 'party_over';
  if (locked) return 'party_locked';
  return !late_join && phase !== 'lobby' ? 'party_started' : null;
}
