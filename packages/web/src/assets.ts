/** The pages and their files by path, as a gateway serves them. */
import { fileURLToPath } from 'node:url';
import { type BuiltFile, bundle, type PageName, pageNames, sourceFolder } from './bundle.ts';
import { keptBundle } from './kept-bundle.ts';
import { pageHtml } from './page-html.ts';
import { fileHeaders, pageHeaders } from './security-headers.ts';

export interface Asset {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer;
}

/** Null where there is no page and no file at this path. */
export type Assets = (path: string) => Asset | null;

const titles: Readonly<Record<PageName, string>> = { join: 'Join', quick: 'Quick party', host: 'Host' };

/** Builds the pages, or takes them from the last build where nothing has changed since. */
export async function createAssets(): Promise<Assets> {
  const file = fileURLToPath(new URL('../dist/pages.json', import.meta.url));
  return assetsOf(await keptBundle({ file, sourceFolder, bundle }));
}

export function assetsOf(files: readonly BuiltFile[]): Assets {
  const byName = new Map(files.map((file) => [file.name, file]));
  const byPath = new Map(files.map((file) => [file.path, file]));
  const pages = new Map(pageNames.map((page) => [page, pageOf(page, byName)]));

  return (path) => {
    const page = pageAt(path);
    if (page !== null) return { status: 200, headers: { ...pageHeaders }, body: pages.get(page) ?? '' };
    const file = byPath.get(path);
    if (file !== undefined) return sent(file, 'immutable');
    // While nodes are being replaced a page may come from one build and its files be asked of a node with another. That
    // node's own file of the same name serves as well; under this name nobody may keep it.
    const sibling = byName.get(plainName(path));
    return sibling === undefined ? null : sent(sibling, 'none');
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

function sent({ contentType, body }: BuiltFile, caching: 'immutable' | 'none'): Asset {
  return { status: 200, headers: { ...fileHeaders(contentType, caching) }, body };
}
