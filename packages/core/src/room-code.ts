/**
 * The short code people type. An address, not a secret: drawing avoids what anybody would try first, guessing is
 * stopped by budgets elsewhere. Whether a code is in use is the caller's to find out, and so is how often to draw again.
 */

const DRAWS = 16;

/** `randomInt(n)` gives 0 to n - 1, each equally likely. At least 6 digits make sense; the first is never 0. */
export function drawRoomCode(randomInt: (n: number) => number, digits = 6): string {
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const code = Array.from({ length: digits }, (_, place) => (place === 0 ? 1 + randomInt(9) : randomInt(10))).join(
      '',
    );
    if (!isGuessable(code)) return code;
  }
  // Nearly 1 in 100 codes is guessable, so this is for a broken `randomInt` only: any code is better than no end.
  return '2718281828459045'.slice(0, digits);
}

/** All equal, two digits only, a staircase (123456, 987654, 135791), or one piece repeated (123123). */
export function isGuessable(code: string): boolean {
  if (new Set(code).size <= 2) return true;
  const steps = Array.from(code.slice(1), (digit, index) => (Number(digit) - Number(code[index]) + 10) % 10);
  if (new Set(steps).size === 1) return true;
  return /^(\d+)\1+$/.test(code);
}

/**
 * `123 456`, `123-456`, `１２３４５６`, `١٢٣٤٥٦` → `123456`; null where that is no room code. Answers the same for codes that
 * exist and codes that do not.
 */
export function normaliseRoomCode(typed: string): string | null {
  if (typed.length > 64) return null;
  const code = typed
    .normalize('NFKC')
    .replace(/[\p{White_Space}\p{Pd}\p{Default_Ignorable_Code_Point}\u2212._]/gu, '')
    .replace(/\p{Nd}/gu, westernDigit);
  return /^[1-9][0-9]{5,11}$/.test(code) ? code : null;
}

/** Decimal digits of every script stand in tens, 0 first. */
function westernDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1;
  return String(value);
}
