/** The last part of a category's path in Moodle: `$course$/top/Default for History/Rome` is `Rome`; `//` is a slash. */

export function moodleCategory(path: string): string {
  const parts = path
    .slice(0, 2_000)
    .replaceAll('//', '\u0000')
    .split('/')
    .map((part) => part.replaceAll('\u0000', '/').trim());
  const named = parts.filter((part) => part !== '' && part !== 'top' && !/^\$\w+\$$/.test(part));
  return (named.at(-1) ?? '').replace(/^Default for /, '');
}
