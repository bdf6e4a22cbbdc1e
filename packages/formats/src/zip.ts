/**
 * Zip archives, as far as spreadsheets need them: whole in memory, stored or deflated. Reading never unpacks more than
 * it is allowed, whatever the archive says of itself.
 */
import { promisify } from 'node:util';
import { crc32, deflateRaw, inflateRawSync } from 'node:zlib';
import { UnreadableFile } from './file-note.ts';

const signature = { local: 0x04034b50, central: 0x02014b50, end: 0x06054b50 };
const endBytes = 22;
const longestComment = 0xffff;
const mostEntries = 1_000;
const method = { stored: 0, deflated: 8 };
const encrypted = 1;

interface Entry {
  name: string;
  flags: number;
  method: number;
  packed: number;
  offset: number;
}

export interface Archive {
  has(name: string): boolean;
  /** null where there is no such entry. Throws `UnreadableFile` for one that is broken or beyond the archive's allowance. */
  read(name: string): Buffer | null;
}

/** `allowance`: bytes that all entries read may have together. */
export function openZip(bytes: Uint8Array, allowance: number): Archive {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = new Map(directory(file).map((entry) => [entry.name, entry]));
  let left = allowance;
  return {
    has: (name) => entries.has(name),
    read(name) {
      const entry = entries.get(name);
      if (entry === undefined) return null;
      const content = unpacked(file, entry, left);
      left -= content.length;
      return content;
    },
  };
}

function directory(file: Buffer): Entry[] {
  const end = endOf(file);
  const count = file.readUInt16LE(end + 10);
  if (count > mostEntries) throw new UnreadableFile('file_unsafe', `the archive has more than ${mostEntries} entries`);
  const entries: Entry[] = [];
  let at = file.readUInt32LE(end + 16);
  for (let i = 0; i < count; i += 1) {
    if (at + 46 > file.length || file.readUInt32LE(at) !== signature.central) throw broken();
    const nameBytes = file.readUInt16LE(at + 28);
    entries.push({
      name: file.toString('utf8', at + 46, at + 46 + nameBytes),
      flags: file.readUInt16LE(at + 8),
      method: file.readUInt16LE(at + 10),
      packed: file.readUInt32LE(at + 20),
      offset: file.readUInt32LE(at + 42),
    });
    at += 46 + nameBytes + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return entries;
}

function endOf(file: Buffer): number {
  const first = Math.max(0, file.length - endBytes - longestComment);
  for (let at = file.length - endBytes; at >= first; at -= 1) {
    if (file.readUInt32LE(at) === signature.end) return at;
  }
  throw broken();
}

function unpacked(file: Buffer, entry: Entry, allowance: number): Buffer {
  const { offset } = entry;
  if ((entry.flags & encrypted) !== 0) throw new UnreadableFile('file_unreadable', 'the archive is encrypted');
  if (offset + 30 > file.length || file.readUInt32LE(offset) !== signature.local) throw broken();
  const start = offset + 30 + file.readUInt16LE(offset + 26) + file.readUInt16LE(offset + 28);
  const packed = file.subarray(start, start + entry.packed);
  if (entry.method === method.stored) {
    if (packed.length > allowance) throw bomb();
    return packed;
  }
  if (entry.method !== method.deflated) throw broken();
  // The sizes an archive declares are only claims: what counts is what comes out.
  if (allowance <= 0) throw bomb();
  try {
    return inflateRawSync(packed, { maxOutputLength: allowance });
  } catch (error) {
    throw (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? bomb() : broken();
  }
}

function broken(): UnreadableFile {
  return new UnreadableFile('file_unreadable', 'the archive is broken');
}

function bomb(): UnreadableFile {
  return new UnreadableFile('file_unsafe', 'the archive unpacks to far more than a quiz needs');
}

export interface ZipEntry {
  name: string;
  content: Buffer;
}

const deflated = promisify(deflateRaw);
/** 1 January 1980, the first day a zip knows: the same content makes the same bytes. */
const day = 0x21;

/** Deflates off the main thread. */
export async function writeZip(entries: readonly ZipEntry[]): Promise<Uint8Array> {
  const bodies: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of entries) {
    const packed: Buffer = await deflated(content);
    const nameBytes = Buffer.from(name, 'utf8');
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(0x0800, 2);
    shared.writeUInt16LE(method.deflated, 4);
    shared.writeUInt16LE(day, 8);
    shared.writeUInt32LE(crc32(content), 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(content.length, 18);
    shared.writeUInt16LE(nameBytes.length, 22);
    bodies.push(word(signature.local), shared, nameBytes, packed);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    central.push(word(signature.central), Buffer.from([20, 0]), shared, rest, nameBytes);
    offset += 4 + shared.length + nameBytes.length + packed.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(Buffer.concat(central).length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...bodies, ...central, word(signature.end), end]);
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
