/** What a file is called that is made from a title: safe in a header, in a shell and on every file system. */
const longestName = 80;

export function fileName(title: string, extension: string): string {
  const name = title
    .toWellFormed()
    .normalize('NFKC')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return `${[...name].slice(0, longestName).join('') || 'quiz'}.${extension}`;
}

/** The value of `Content-Disposition`: the name for today's browsers, and without letters beyond ASCII for others. */
export function attachment(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]+/g, '_').replace(/["\\]/g, '_');
  // What encodeURIComponent leaves alone and RFC 5987 does not.
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
