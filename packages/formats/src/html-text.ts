/** HTML as plain text, for formats that hold HTML where a quiz holds text. Linear in its input, whatever that is. */
import { decode } from 'he';

const lineTags = ['br', 'p', 'div', 'li', 'tr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'pre'];
const otherTags =
  'a abbr audio b big body center cite code del em font head hr html i iframe img ins kbd mark math nolink ol q s small source span strike strong style sub sup script table tbody td tfoot th thead tt u ul var video';
const tags = new Set([...lineTags, ...otherTags.split(' ')]);
const media = new Set(['img', 'audio', 'video', 'iframe']);
/** What stands between these and their ends is no text. */
const silent = new Set(['script', 'style', 'head']);

/** `hasMedia`: something was shown here that text cannot show. */
export function htmlText(html: string): { text: string; hasMedia: boolean } {
  const parts: string[] = [];
  let hasMedia = false;
  let until: string | null = null;
  let at = 0;
  for (let open = html.indexOf('<'); open !== -1; open = html.indexOf('<', at)) {
    if (until === null) parts.push(html.slice(at, open));
    const tag = tagAt(html, open);
    at = tag?.end ?? open + 1;
    if (until !== null) {
      if (tag?.isEnd === true && tag.name === until) until = null;
    } else if (tag === null) {
      parts.push('<');
    } else {
      if (media.has(tag.name)) hasMedia = true;
      if (silent.has(tag.name) && !tag.isEnd) until = tag.name;
      if (lineTags.includes(tag.name) && (tag.isEnd || tag.name === 'br')) parts.push('\n');
    }
  }
  if (until === null) parts.push(html.slice(at));
  const text = decode(parts.join(''));
  return {
    text: text
      .replace(/[^\S\n]+/g, ' ')
      .replace(/ ?\n ?/g, '\n')
      .replace(/\n{3,}/g, '\n\n'),
    hasMedia,
  };
}

interface Tag {
  name: string;
  isEnd: boolean;
  /** Where the text goes on. */
  end: number;
}

/** The tag that opens here, or null where `<` is only a sign: "a < b", "x<y and y>z", "a<b and b>c". */
function tagAt(html: string, open: number): Tag | null {
  const next = /[<>]/g;
  next.lastIndex = open + 1;
  const close = next.exec(html);
  if (close === null || close[0] === '<') return null;
  const inside = html.slice(open + 1, close.index);
  const end = close.index + 1;
  if (inside.startsWith('!--')) return { name: '!--', isEnd: false, end };
  const name = /^\/?([a-zA-Z][a-zA-Z0-9]*)/.exec(inside)?.[1] ?? '';
  if (!tags.has(name.toLowerCase())) return null;
  const isEnd = inside.startsWith('/');
  const rest = inside.slice(name.length + (isEnd ? 1 : 0)).trim();
  const isTag = rest === '' || rest === '/' || /^[^\s=]+\s*=/.test(rest);
  return isTag ? { name: name.toLowerCase(), isEnd, end } : null;
}
