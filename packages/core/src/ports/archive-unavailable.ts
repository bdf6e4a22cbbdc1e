/** Durable storage cannot be reached just now, or did not answer in time. Whether a write took place is not known;
 * every write may be repeated. Any other error of a port is a fault that repeating will not mend. */
export class ArchiveUnavailable extends Error {
  override readonly name = 'ArchiveUnavailable';
  readonly code = 'archive_unavailable';
}
