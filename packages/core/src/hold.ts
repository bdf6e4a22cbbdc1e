/** What a player holds beside the seat: nobody else gets it, and who is removed gives it back. A ban keeps the identities. */
export interface Hold {
  /** Lookalike key of the nickname; null where names need not be unique. */
  nickname_key: string | null;
  /** The roster line this player stands on; null where there is no roster. */
  roster_key: string | null;
  /** Of the join: the same one again is the same player. */
  idempotency_key: string | null;
  /** What a ban holds on to: user id, reference, device. */
  identity_keys: string[];
}
