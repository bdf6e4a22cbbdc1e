/**
 * Keeps spreadsheets from taking a text for a formula: a nickname `=HYPERLINK(…)` must not come alive in the host's
 * program. Full-width signs count, since spreadsheets take them for the others.
 */
const risky = /^'*[=+\-@\t\r\n＝＋－＠]/;

/** With a `'` in front where the text begins like a formula, or like a text that was guarded before. */
export function guarded(text: string): string {
  return risky.test(text) ? `'${text}` : text;
}

/** The text that `guarded` was given. */
export function unguarded(text: string): string {
  return text.startsWith("'") && risky.test(text) ? text.slice(1) : text;
}
