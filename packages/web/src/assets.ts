/** The pages and their files by path, as a gateway serves them. */
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { acceptsGzip } from './accepts-gzip.ts';
import { type BuiltFile, bundle, type PageName, pageNames, sourceFolder } from './bundle.ts';
import { keptBundle } from './kept-bundle.ts';
import { pageHtml } from './page-html.ts';
import { fileHeaders, pageHeaders } from './security-headers.ts';

export interface Asset {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer;
}

/** Null where there is no page and no file at this path. Files go packed to those whose `Accept-Encoding` takes it. */
export type Assets = (path: string, acceptEncoding?: string) => Asset | null;

const titles: Readonly<Record<PageName, string>> = { join: 'Join', quick: 'Quick party', host: 'Host' };

/** Builds the pages, or takes them from the last build where nothing has changed since. */
export async function createAssets(): Promise<Assets> {
  const file = fileURLToPath(new URL('../dist/pages.json', import.meta.url));
  return assetsOf(await keptBundle({ file, sourceFolder, bundle }));
}

function assetsOf(files: readonly BuiltFile[]): Assets {
  const byName = new Map(files.map((file) => [file.name, file]));
  const byPath = new Map(files.map((file) => [file.path, file]));
  // Packed once: a hall loads the same few files a thousand times within a minute, over one access point.
  const packed = new Map(files.map(({ path, body }) => [path, gzipSync(body, { level: 9 })]));
  const pages = new Map(pageNames.map((page) => [page, pageOf(page, byName)]));

  function sent({ contentType, path, body }: BuiltFile, caching: 'immutable' | 'none', isPacked: boolean): Asset {
    const headers = { ...fileHeaders(contentType, caching), vary: 'accept-encoding' };
    const small = isPacked ? packed.get(path) : undefined;
    return small === undefined
      ? { status: 200, headers, body }
      : { status: 200, headers: { ...headers, 'content-encoding': 'gzip' }, body: small };
  }

  return (path, acceptEncoding = '') => {
    const isPacked = acceptsGzip(acceptEncoding);
    const page = pageAt(path);
    if (page !== null) return { status: 200, headers: { ...pageHeaders }, body: pages.get(page) ?? '' };
    const file = byPath.get(path);
    if (file !== undefined) return sent(file, 'immutable', isPacked);
    // While nodes are being replaced a page may come from one build and its files be asked of a node with another. That
    // node's own file of the same name serves as well; under this name nobody may keep it.
    const sibling = byName.get(plainName(path));
    return sibling === undefined ? null : sent(sibling, 'none', isPacked);
  };
}

function pageAt(path: string): PageName | null {
  if (path === '/' || path === '/join' || /^\/join\/[^/]*$/.test(path)) return 'join';
  if (path === '/quick') return 'quick';
  return path === '/host' ? 'host' : null;
}

function plainName(path: string): string {
  return path.replace(/^\/assets\/([a-z]+)-[0-9a-f]{16}(\.[a-z]+)$/, '$1$2');
}

function pageOf(page: PageName, files: ReadonlyMap<string, BuiltFile>): string {
  const pathOf = (name: string): string => files.get(name)?.path ?? '';
  return pageHtml(titles[page], {
    script: pathOf(`${page}.js`),
    stylesheet: pathOf(`${page}.css`),
    icon: pathOf('icon.svg'),
  });
}
