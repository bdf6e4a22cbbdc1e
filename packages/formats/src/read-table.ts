/** A table out of whatever holds one: a workbook or delimited text, by what the bytes are and not by what they are called. */
import { delimitedTable } from './delimited-text.ts';
import { UnreadableFile } from './file-note.ts';
import type { Table } from './table.ts';
import { workbookTable } from './workbook-read.ts';

const zip = [0x50, 0x4b];
/** Workbooks before 2007, and later ones behind a password. */
const compound = [0xd0, 0xcf, 0x11, 0xe0];

export async function readTable(bytes: Uint8Array): Promise<Table> {
  const startsWith = (magic: number[]): boolean => magic.every((byte, index) => bytes[index] === byte);
  if (startsWith(zip)) return workbookTable(bytes);
  if (startsWith(compound)) {
    throw new UnreadableFile(
      'file_unreadable',
      'the file is an old workbook (.xls) or has a password: save it as .xlsx',
    );
  }
  return delimitedTable(bytes);
}
