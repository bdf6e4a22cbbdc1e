/**
 * The one fault every caller of the live store must expect: it could not be reached, or would not write. Whether the
 * effect took place is unknown. Callers answer `retry` or try again; they never take it for a refusal.
 */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
  readonly code = 'store_unavailable';
}
