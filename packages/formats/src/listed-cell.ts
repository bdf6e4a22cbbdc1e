/** Several texts in one cell, parted by `|`; `\|` is a bar in a text and `\\` a backslash. */

/** Trimmed, without empty ones. */
export function partsOf(cell: string): string[] {
  const found = cell.match(/(?:\\[\\|]|[^|])+/g) ?? [];
  return found.map((part) => part.replace(/\\([\\|])/g, '$1').trim()).filter((part) => part !== '');
}

export function listedCell(texts: readonly string[]): string {
  return texts.map((text) => text.replace(/[\\|]/g, (sign) => `\\${sign}`)).join('|');
}
