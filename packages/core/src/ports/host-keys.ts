/** Host keys: who may create quizzes and rooms. A key is shown once, when it is made; only its hash is kept. */

export interface HostKey {
  /** Public: the owner of quizzes and rooms, and what a key is revoked by. */
  id: string;
  name: string;
  /** Epoch ms. */
  created_at: number;
  revoked_at: number | null;
}

export interface HostKeys {
  create(name: string): Promise<HostKey & { key: string }>;
  /** Makes a key of the caller's choosing valid, for development. The same key again is the same host key; a
   * revoked one stays revoked. */
  adopt(name: string, key: string): Promise<HostKey>;
  /** The host key this is, or null for an unknown or revoked one. */
  verify(key: string): Promise<HostKey | null>;
  /** Oldest first, revoked ones included. */
  list(): Promise<HostKey[]>;
  /** `false` where there is no such key, or it was revoked before. */
  revoke(id: string): Promise<boolean>;
}
