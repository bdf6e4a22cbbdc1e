/**
 * Who somebody is in a room: an id of ours. People known by a reference have the same id in all rooms of one host key, so
 * that what they do adds up. Ids are seen by the other players and references are often pupil numbers, so the id is made
 * with a secret of the host: from a plain hash a number would be guessed at once.
 */
import { createHmac, randomBytes } from 'node:crypto';

const prefix = 'p_';
/** 72 bits: told apart by chance among all players there will ever be, and 12 characters long. */
const idBytes = 9;
const reserved = /^p_[0-9A-Za-z_-]{12}$/;

/** The secret of a host, from the key that only the host has: the store holds no more of that key than its hash. */
export function personKey(host_key: string): string {
  return createHmac('sha256', host_key).update('partyline: ids of persons').digest('base64url');
}

export function personId(person_key: string, player_ref: string): string {
  const mac = createHmac('sha256', person_key).update(player_ref).digest();
  return prefix + mac.subarray(0, idBytes).toString('base64url');
}

export function strangerId(): string {
  return prefix + randomBytes(idBytes).toString('base64url');
}

/** Nobody may call themselves so: the id may be somebody's, and its owner's results hang on it. */
export function isReservedId(user_id: string): boolean {
  return reserved.test(user_id);
}
