/** Bytes as text: by their byte order mark, else as UTF-8, else as what old spreadsheets write. Never throws. */
import { type FileRow, warning } from './file-note.ts';

export interface DecodedText {
  text: string;
  remarks: FileRow[];
}

const lookedAt = 1_024;

export function decodeText(bytes: Uint8Array): DecodedText {
  const utf16 = utf16Label(bytes);
  if (utf16 !== null) return { text: new TextDecoder(utf16).decode(bytes), remarks: [] };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), remarks: [] };
  } catch {
    const guess = warning('encoding_guessed', 'the text is not UTF-8: read as Windows-1252. Save it as UTF-8');
    return { text: new TextDecoder('windows-1252').decode(bytes), remarks: [{ row: 0, ...guess }] };
  }
}

/** By mark; without one, by the zeros that Latin letters leave in every other byte. */
function utf16Label(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  const head = bytes.subarray(0, lookedAt);
  for (const [index, byte] of head.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const many = head.length / 8;
  if (odd > many && even === 0) return 'utf-16le';
  return even > many && odd === 0 ? 'utf-16be' : null;
}
