/**
 * A number as people type it on a phone: `3.5`, `3,5`, `1,000`, `1 000`, `−4`. Null for what is no number. A comma before
 * exactly three digits groups thousands, any other single comma is a decimal point; the button shows what was understood.
 */
export function typedNumber(text: string): number | null {
  const bare = text.replace(/[\s\u00a0\u202f'’_]/gu, '').replace(/[\u2212\u2013]/gu, '-');
  const plain = isGrouped(bare) ? bare.replaceAll(',', '') : bare.replace(/^([^,.]*),([^,.]*)$/, '$1.$2');
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain)) return null;
  const value = Number(plain);
  return Number.isFinite(value) && Math.abs(value) <= 1e15 ? value : null;
}

function isGrouped(text: string): boolean {
  return /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text);
}
