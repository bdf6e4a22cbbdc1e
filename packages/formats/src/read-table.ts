/** A table out of whatever holds one: a workbook or delimited text, by what the bytes are and not by what they are called. */
import { delimitedTable } from './delimited-text.ts';
import { type FileRow, UnreadableFile } from './file-note.ts';
import { type Columns, columnsOf, type Table } from './table.ts';
import { workbookTable } from './workbook-read.ts';

const zip = [0x50, 0x4b];
/** Workbooks before 2007, and later ones behind a password. */
const compound = [0xd0, 0xcf, 0x11, 0xe0];

/** A table with columns of a template that programs hand out as .xlsx. Saved as text it is as good; what is neither says so. */
export async function readTemplate<Name extends string>(
  bytes: Uint8Array,
  names: Readonly<Record<Name, RegExp>>,
  required: readonly NoInfer<Name>[],
): Promise<{ columns: Columns<Name>; remarks: FileRow[] }> {
  const table = await readTable(bytes);
  try {
    return { columns: columnsOf(table, names, required), remarks: table.remarks };
  } catch (error) {
    if (startsWith(bytes, zip) || !(error instanceof UnreadableFile)) throw error;
    throw new UnreadableFile(
      'file_unreadable',
      'this is not an Excel file (.xlsx): save the table as one and try again',
    );
  }
}

export async function readTable(bytes: Uint8Array): Promise<Table> {
  if (startsWith(bytes, zip)) return workbookTable(bytes);
  if (startsWith(bytes, compound)) {
    throw new UnreadableFile(
      'file_unreadable',
      'the file is an old workbook (.xls) or has a password: save it as .xlsx',
    );
  }
  return delimitedTable(bytes);
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}
