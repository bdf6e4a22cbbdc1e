/**
 * Tables as an .xlsx file. Written here since the libraries for it take the thread for as long as they need: 15 s for
 * 100,000 answers. Texts are written as texts, never as formulas.
 */
import { setImmediate as otherWork } from 'node:timers/promises';
import type { Cell } from './table.ts';
import { xmlText } from './xml-text.ts';
import { writeZip, type ZipEntry } from './zip.ts';

export interface Sheet {
  name: string;
  /** Of each column, in characters. */
  widths: readonly number[];
  rows: readonly (readonly Cell[])[];
  /** The row that names the columns, from 1; it stays in view and is bold. */
  header: number;
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaged = 'http://schemas.openxmlformats.org/package/2006';
const contentType = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const prolog = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const rowsAtOnce = 2_000;
const longestCell = 32_767;

export async function writeWorkbook(sheets: readonly Sheet[]): Promise<Uint8Array> {
  const entries: ZipEntry[] = [
    entry('[Content_Types].xml', contentTypes(sheets)),
    entry('_rels/.rels', relationships([['rId1', `${office}/officeDocument`, 'xl/workbook.xml']])),
    entry('xl/workbook.xml', workbook(sheets)),
    entry('xl/_rels/workbook.xml.rels', relationships(workbookParts(sheets))),
    entry('xl/styles.xml', styles),
  ];
  for (const [index, sheet] of sheets.entries()) {
    entries.push({ name: `xl/worksheets/sheet${index + 1}.xml`, content: await worksheet(sheet) });
  }
  return writeZip(entries);
}

async function worksheet({ widths, rows, header }: Sheet): Promise<Buffer> {
  const columns = widths.map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`);
  const pane = `<pane ySplit="${header}" topLeftCell="A${header + 1}" activePane="bottomLeft" state="frozen"/>`;
  const view = `<sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews>`;
  const parts: Buffer[] = [
    Buffer.from(`${prolog}<worksheet xmlns="${main}">${view}<cols>${columns.join('')}</cols><sheetData>`),
  ];
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    const some = rows.slice(from, from + rowsAtOnce).map((cells, i) => rowXml(from + i + 1, cells, header));
    parts.push(Buffer.from(some.join('')));
    await otherWork();
  }
  parts.push(Buffer.from('</sheetData></worksheet>'));
  return Buffer.concat(parts);
}

function rowXml(row: number, cells: readonly Cell[], header: number): string {
  const style = row === header ? ' s="1"' : '';
  const written = cells.map((cell, column) => {
    const at = `<c r="${columnName(column)}${row}"${style}`;
    if (cell === null || cell === '') return '';
    if (typeof cell === 'boolean') return `${at} t="b"><v>${cell ? 1 : 0}</v></c>`;
    if (typeof cell === 'number' && Number.isFinite(cell)) return `${at}><v>${cell}</v></c>`;
    return `${at} t="inlineStr"><is><t xml:space="preserve">${cellXml(String(cell))}</t></is></c>`;
  });
  return `<row r="${row}">${written.join('')}</row>`;
}

function columnName(index: number): string {
  const rest = Math.floor(index / 26);
  return `${rest > 0 ? columnName(rest - 1) : ''}${String.fromCharCode(65 + (index % 26))}`;
}

/** A text that looks like the workbook's own escape is escaped with it. */
function cellXml(text: string): string {
  return xmlText(text.slice(0, longestCell).replace(/_x[0-9a-fA-F]{4}_/g, (sign) => `_x005F${sign}`));
}

function workbookParts(sheets: readonly Sheet[]): [id: string, type: string, target: string][] {
  const listed = sheets.map((_, i): [string, string, string] => [
    `rId${i + 1}`,
    `${office}/worksheet`,
    `worksheets/sheet${i + 1}.xml`,
  ]);
  return [...listed, [`rId${sheets.length + 1}`, `${office}/styles`, 'styles.xml']];
}

function workbook(sheets: readonly Sheet[]): string {
  const listed = sheets.map(({ name }, i) => `<sheet name="${xmlText(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`);
  return `<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${listed.join('')}</sheets></workbook>`;
}

function relationships(parts: readonly [id: string, type: string, target: string][]): string {
  const listed = parts.map(([id, type, target]) => `<Relationship Id="${id}" Type="${type}" Target="${target}"/>`);
  return `<Relationships xmlns="${packaged}/relationships">${listed.join('')}</Relationships>`;
}

function contentTypes(sheets: readonly Sheet[]): string {
  const parts = [
    ['/xl/workbook.xml', 'sheet.main'],
    ['/xl/styles.xml', 'styles'],
    ...sheets.map((_, i) => [`/xl/worksheets/sheet${i + 1}.xml`, 'worksheet']),
  ];
  const listed = parts.map(([name, type]) => `<Override PartName="${name}" ContentType="${contentType}.${type}+xml"/>`);
  const defaults = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>';
  return `<Types xmlns="${packaged}/content-types">${defaults}<Default Extension="xml" ContentType="application/xml"/>${listed.join('')}</Types>`;
}

const noStyle = '<border><left/><right/><top/><bottom/><diagonal/></border>';
const fonts =
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>';
const fills =
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>';
const plain = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>';
const styles = `<styleSheet xmlns="${main}">${fonts}${fills}<borders count="1">${noStyle}</borders><cellStyleXfs count="1">${plain}</cellStyleXfs><cellXfs count="2">${plain}<xf numFmtId="0" fontId="1" fillId="0" borderId="0" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

function entry(name: string, xml: string): ZipEntry {
  return { name, content: Buffer.from(xml.startsWith('<?xml') ? xml : `${prolog}${xml}`) };
}
