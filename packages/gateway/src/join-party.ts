/** Somebody wants in: passcode, nickname, roster, then one script that decides exactly. One way for quick parties and rooms. */
import { timingSafeEqual } from 'node:crypto';
import {
  type Admission,
  applyNicknamePolicy,
  derivedNickname,
  type PartyDesk,
  type Player,
  type Settings,
  type Snapshot,
} from '@partyline/core';
import type { ProblemCode } from '@partyline/protocol';
import type { GuessBudget } from './guess-budget.ts';
import { personId, strangerId } from './person.ts';

/** A name that we made and that is taken is drawn again so often. */
const nicknameTries = 8;

export interface JoinRequest {
  /** Chosen by the caller in a quick party; null in a room, where it is made here. */
  user_id: string | null;
  nickname?: string | undefined;
  passcode?: string | undefined;
  player_ref?: string | undefined;
  team?: string | undefined;
  second_step_code?: string | undefined;
  idempotency_key: string | null;
  address: string;
  /** Who the caller was here before, as a token that it still holds says: a ban of that one is a ban of this one. */
  former_user_id?: string | undefined;
}

export type JoinOutcome =
  | { ok: true; player: Player }
  | { ok: false; code: ProblemCode; detail?: string; reason?: string };

export interface JoinPorts {
  desk: PartyDesk;
  now: () => number;
  random: () => number;
  /** Whether a typed second-step code is the one on the host's screen. */
  isSecondStep: (party_id: string, typed: string | undefined) => boolean;
  /** Budget of wrong passcodes and second-step codes, for each address at each party. */
  entries: GuessBudget;
}

export async function joinParty(snapshot: Snapshot, request: JoinRequest, ports: JoinPorts): Promise<JoinOutcome> {
  const { settings } = snapshot.door;
  if (snapshot.phase === 'finished') return { ok: false, code: 'party_over' };
  const refusal = entryRefusal(snapshot, request, ports);
  if (refusal !== null) return { ok: false, code: refusal };
  const team = chosenTeam(settings, request);
  if (team === undefined) return { ok: false, code: 'team_refused', detail: teamsOffered(settings) };
  for (let attempt = 0; attempt < nicknameTries; attempt += 1) {
    const nickname = nicknameOf(request, settings, { random: ports.random, attempt });
    const named = applyNicknamePolicy(nickname, settings.nickname_policy, {
      roster: settings.roster,
      ...(request.player_ref === undefined ? {} : { player_ref: request.player_ref }),
      random: ports.random,
      attempt,
    });
    if (!named.ok) {
      const code = named.reason === 'not_on_roster' ? 'not_on_roster' : 'nickname_refused';
      return { ok: false, code, detail: named.detail, reason: named.reason };
    }
    const user_id = request.user_id ?? minted(snapshot.door, named.player_ref);
    const player: Player = {
      user_id,
      nickname: named.nickname,
      joined_at: Math.round(ports.now()),
      status: settings.approve_joins ? 'waiting' : 'playing',
      team,
      extra_time_percent: named.extra_time_percent,
    };
    const admission = await ports.desk.admit({
      party_id: snapshot.party_id,
      player,
      auto_teams: settings.teams?.mode === 'auto' ? settings.teams.names : [],
      nickname_key: named.key,
      roster_key: named.roster_key,
      identity_keys: identityKeys(request, user_id),
      idempotency_key: request.idempotency_key,
    });
    if (admission.result === 'nickname_taken' && isNamedByUs(request, settings)) continue;
    return outcome(admission, { isOfRoster: request.user_id === null && named.roster_key !== null });
  }
  return { ok: false, code: 'nickname_refused', detail: 'No free nickname was found. Try again.', reason: 'taken' };
}

/** Passcode and second step. Typing a wrong one costs of the budget; sending none, to learn that one is needed, does not. */
function entryRefusal(
  { party_id, door: { settings } }: Snapshot,
  { passcode, second_step_code, address }: JoinRequest,
  { entries, isSecondStep }: JoinPorts,
): 'wrong_passcode' | 'second_step_required' | 'rate_limited' | null {
  if (settings.passcode === null && !settings.second_step) return null;
  const guesser = `${party_id} ${address}`;
  if (entries.isSpent(guesser)) return 'rate_limited';
  if (settings.passcode !== null && !isSame(settings.passcode, passcode ?? '')) {
    if (passcode !== undefined) entries.failed(guesser);
    return 'wrong_passcode';
  }
  if (settings.second_step && !isSecondStep(party_id, second_step_code)) {
    if (second_step_code !== undefined) entries.failed(guesser);
    return 'second_step_required';
  }
  return null;
}

/** The id of somebody who chose none: their own in all rooms of the host where they are known, or one of nobody. */
function minted({ person_key }: Snapshot['door'], player_ref: string | null): string {
  return person_key === undefined || player_ref === null ? strangerId() : personId(person_key, player_ref);
}

/** The nickname to judge. Who sends none is given one, unless a roster has it or the policy asks for a name of their own. */
export function nicknameOf(
  { nickname, user_id }: Pick<JoinRequest, 'nickname' | 'user_id'>,
  { nickname_policy, roster }: Settings,
  drawing: { random: () => number; attempt: number },
): string | undefined {
  return isNameNeeded(nickname_policy) || nickname !== undefined || roster !== null
    ? nickname
    : derivedNickname(user_id, nickname_policy, drawing);
}

function isNameNeeded({ mode }: Settings['nickname_policy']): boolean {
  return mode === 'letters' || mode === 'real_name';
}

/** Then a name that is taken is no refusal: the next one may be free. */
function isNamedByUs({ nickname }: JoinRequest, { nickname_policy, roster }: Settings): boolean {
  return nickname_policy.mode === 'generated' || (nickname === undefined && roster === null);
}

function outcome(admission: Admission, { isOfRoster }: { isOfRoster: boolean }): JoinOutcome {
  switch (admission.result) {
    case 'admitted':
      return { ok: true, player: admission.player };
    case 'already_in':
      if (admission.same_key) return { ok: true, player: admission.player };
      return { ok: false, code: isOfRoster ? 'roster_taken' : 'already_joined' };
    case 'no_party':
      return { ok: false, code: 'party_not_found' };
    case 'locked':
      return { ok: false, code: 'party_locked' };
    case 'full':
      return { ok: false, code: 'party_full' };
    case 'banned':
      return { ok: false, code: 'banned' };
    case 'too_late':
      return { ok: false, code: 'party_started' };
    case 'roster_taken':
      return { ok: false, code: 'roster_taken' };
    case 'nickname_taken':
      return {
        ok: false,
        code: 'nickname_refused',
        detail: 'Somebody here has this nickname, or one that looks the same. Choose another one.',
        reason: 'taken',
      };
  }
}

/** What a ban holds on to, so that another name does not get round it. */
function identityKeys({ player_ref, former_user_id }: JoinRequest, user_id: string): string[] {
  return [
    `user:${user_id}`,
    ...(player_ref === undefined ? [] : [`ref:${player_ref}`]),
    ...(former_user_id === undefined || former_user_id === user_id ? [] : [`user:${former_user_id}`]),
  ];
}

/** The team chosen; null where none is to be, undefined where the choice is not one of the teams. */
function chosenTeam({ teams }: Settings, { team }: JoinRequest): string | null | undefined {
  if (teams === null || teams.mode === 'auto') return null;
  return team !== undefined && teams.names.includes(team) ? team : undefined;
}

function teamsOffered({ teams }: Settings): string {
  return `choose one of the teams: ${(teams?.names ?? []).join(', ')}`;
}

function isSame(expected: string, typed: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(typed)];
  return a.length === b.length && timingSafeEqual(a, b);
}
