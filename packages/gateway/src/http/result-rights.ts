/**
 * As whom somebody is answered who asks for what a party leaves behind, or why not. Knows both places where a party may
 * be: who owns it stands in the live store while it runs and in the archive afterwards.
 */
import type { Archive, PartyDesk, ResultAudience, Settings, Snapshot, StoredResults } from '@partyline/core';
import type { Caller } from '../caller.ts';
import { bearerToken } from '../connect.ts';
import type { Tokens } from '../tokens.ts';
import { callerOf, isSeated } from './caller-of.ts';
import type { Hosts } from './host.ts';

export interface RightPorts {
  desk: PartyDesk;
  archive: Archive;
  tokens: Tokens;
  read: (party_id: string) => Promise<Snapshot | null>;
  hosts: Hosts;
}

export type Right = { audience: ResultAudience } | { refused: 'unauthorized' | 'forbidden' | 'party_not_found' };

type Headers = ReadonlyMap<string, string>;

const host: Right = { audience: { as: 'host' } };

/** Who led a party: its host token, the player who started it, or the host key that opened it. */
export function leaderRight(headers: Headers, party_id: string, ports: RightPorts): Promise<Right> {
  return rightOfLeader(headers, { party_id, owner: () => ownerOf(party_id, ports) }, ports);
}

/** `owner`: of the party; asked for only where a host key was sent. */
async function rightOfLeader(
  headers: Headers,
  { party_id, owner }: { party_id: string; owner: () => Promise<string | null> },
  ports: Pick<RightPorts, 'tokens' | 'hosts'>,
): Promise<Right> {
  const token = bearerToken(headers);
  if (token === null) return { refused: 'unauthorized' };
  const caller = ports.tokens.read(token);
  if (caller !== null) return caller.party_id === party_id && caller.may_command ? host : { refused: 'forbidden' };
  const key = await ports.hosts.verify(token);
  if (key === null) return { refused: 'unauthorized' };
  const owner_id = await owner();
  if (owner_id === null) return { refused: 'party_not_found' };
  return owner_id === key.id ? host : { refused: 'forbidden' };
}

async function ownerOf(party_id: string, { read, archive }: RightPorts): Promise<string | null> {
  return (await read(party_id))?.door.owner_id ?? (await archive.results(party_id, ''))?.party.owner_id ?? null;
}

/** Who took part, and where strangers may watch the party, they. They may not read of it afterwards either otherwise. */
export async function watcherRight(
  headers: Headers,
  { party_id, snapshot }: { party_id: string; snapshot: Snapshot | null },
  ports: RightPorts,
): Promise<Right> {
  const caller = callerOf(headers, party_id, ports);
  const stored = snapshot === null ? await ports.archive.results(party_id, caller?.user_id ?? '') : null;
  if (snapshot === null && stored === null) return { refused: 'party_not_found' };
  const owner = async (): Promise<string | null> => snapshot?.door.owner_id ?? stored?.party.owner_id ?? null;
  const leader = await rightOfLeader(headers, { party_id, owner }, ports);
  if ('audience' in leader) return leader;
  const isMember = stored === null ? await isSeated(caller, ports.desk) : hasPlayed(caller, stored);
  if (isMember && caller?.user_id != null) return { audience: { as: 'player', user_id: caller.user_id } };
  const settings: Partial<Settings> = snapshot?.door.settings ?? stored?.party.settings ?? {};
  return settings.spectators === true ? { audience: { as: 'watcher' } } : leader;
}

/** A player's token, as long as nothing says that the player was removed; else whoever led the party. */
export async function memberRight(headers: Headers, party_id: string, ports: RightPorts): Promise<Right> {
  const caller = callerOf(headers, party_id, ports);
  if (caller?.user_id == null || caller.may_command) return leaderRight(headers, party_id, ports);
  return { audience: { as: 'player', user_id: caller.user_id } };
}

/** Whom the host removed has no line in the results: the token is worth nothing any more. `stored` was read for this caller. */
export function hasPlayed(
  caller: Pick<Caller, 'user_id'> | null,
  { leaderboard }: Pick<StoredResults, 'leaderboard'>,
): boolean {
  return caller?.user_id != null && leaderboard.some(({ user_id }) => user_id === caller.user_id);
}
