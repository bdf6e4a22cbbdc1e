/** An envelope on a channel: one line that says where it goes, then the frame as it is. Gateways parse the line only. */
import type { Envelope } from '@partyline/core';

type Header = [
  epoch: number,
  seq: number,
  type: string,
  audience: Envelope['audience'],
  form: Envelope['form'],
  round: number,
  told_at?: Envelope['told_at'],
];

export function encodeEnvelope({ epoch, seq, type, audience, form, round, told_at, frame }: Envelope): string {
  const header: Header = [epoch, seq, type, audience, form, round, told_at];
  return `${JSON.stringify(header)}\n${frame}`;
}

/** Null for anything we have not written. */
export function decodeEnvelope(message: string): Envelope | null {
  const end = message.indexOf('\n');
  if (end === -1) return null;
  const header = parsed(message.slice(0, end));
  if (!isHeader(header)) return null;
  const [epoch, seq, type, audience, form, round, told_at = null] = header;
  return { epoch, seq, type, audience, form, round, told_at, frame: message.slice(end + 1) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isHeader(value: unknown): value is Header {
  if (!Array.isArray(value)) return false;
  const [epoch, seq, type, audience, form, round, told_at] = value;
  return (
    [epoch, seq, round].every(Number.isSafeInteger) &&
    typeof type === 'string' &&
    (['all', 'host', 'players'].includes(audience) || typeof audience?.reply_to === 'string') &&
    ['shared', 'personal', 'last'].includes(form) &&
    // The version before did not say when.
    (told_at === undefined || told_at === null || Number.isSafeInteger(told_at))
  );
}
