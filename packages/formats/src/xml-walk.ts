/**
 * XML as a series of elements. Holds nothing but what its caller keeps, knows no entities but XML's own five, and gives
 * other work a turn between pieces.
 */
import { setImmediate as otherWork } from 'node:timers/promises';
import { SaxesParser } from 'saxes';
import { UnreadableFile } from './file-note.ts';

export interface XmlHandlers {
  /** Names come without their prefix. */
  open(name: string, attributes: Readonly<Record<string, string>>, line: number): void;
  close(name: string): void;
  /** Text and CDATA, in pieces. */
  text(piece: string): void;
  /** True ends the walk: the rest is not looked at. */
  isDone?(): boolean;
}

const pieceLength = 128 * 1024;
const deepest = 100;

/** The line and the reason at which the XML stops being XML; null where it is whole. */
export type XmlBreak = { line: number; message: string } | null;

export async function walkXml(xml: string, handlers: XmlHandlers): Promise<XmlBreak> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  let depth = 0;
  parser.on('doctype', () => {
    throw new UnreadableFile('file_unsafe', 'the file declares a document type; remove it');
  });
  parser.on('opentag', ({ name, attributes }) => {
    depth += 1;
    if (depth > deepest) throw new UnreadableFile('file_unsafe', 'the elements are nested too deeply');
    handlers.open(local(name), attributes, parser.line);
  });
  parser.on('closetag', ({ name }) => {
    depth -= 1;
    handlers.close(local(name));
  });
  parser.on('text', (piece) => handlers.text(piece));
  parser.on('cdata', (piece) => handlers.text(piece));
  parser.on('error', (error) => {
    throw new BrokenXml(error.message);
  });
  try {
    for (let at = 0; at < xml.length; at += pieceLength) {
      parser.write(xml.slice(at, at + pieceLength));
      if (handlers.isDone?.() === true) return null;
      await otherWork();
    }
    parser.close();
    return null;
  } catch (error) {
    if (!(error instanceof BrokenXml)) throw error;
    return { line: parser.line, message: `the XML breaks in line ${parser.line}` };
  }
}

class BrokenXml extends Error {}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
