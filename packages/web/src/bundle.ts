/**
 * The browser's files, made by esbuild from `browser/` and `styles/`: one script and one stylesheet per page, named by
 * their content. Takes a fraction of a second, so it is done when a node starts and there is no build to forget.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin, stop } from 'esbuild';

export const pageNames = ['join', 'quick', 'host'] as const;
export type PageName = (typeof pageNames)[number];

export interface BuiltFile {
  /** `join.js`, `join.css`, `icon.svg`. */
  name: string;
  /** `/assets/join-3f2a….js` */
  path: string;
  contentType: string;
  body: Buffer;
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const contentTypes: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/**
 * Without this the schemas of the protocol, which browsers do not need, would come along for their side effects. Their
 * libraries are not even read: a script that did need one would import it by name, which a test looks for.
 */
const unusedModulesLeftOut: Plugin = {
  name: 'unused-modules-left-out',
  setup(bundling) {
    bundling.onResolve({ filter: /^(?:typebox|ajv)$/ }, ({ path }) => ({ path, external: true, sideEffects: false }));
    bundling.onResolve({ filter: /^@partyline\// }, ({ path }) => ({
      path: fileURLToPath(import.meta.resolve(path)),
      sideEffects: false,
    }));
    bundling.onResolve({ filter: /^\.\.?\/.*\.tsx?$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path),
      sideEffects: false,
    }));
  },
};

export interface Bundle {
  files: BuiltFile[];
  /** What they were made from, relative to this folder. */
  inputs: string[];
}

export const sourceFolder = here('.');

export async function bundle(): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: sourceFolder,
    entryPoints: pageNames.flatMap((page) => [
      { in: here(`./browser/${page}.tsx`), out: page },
      { in: here(`./styles/${page}.css`), out: page },
    ]),
    outdir: here('./out'),
    bundle: true,
    write: false,
    metafile: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: ['es2022', 'chrome109', 'firefox115', 'safari16'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    // Source files are not followed from tsconfig.json: what matters of it for a browser is said here.
    tsconfigRaw: {},
    legalComments: 'none',
    logLevel: 'silent',
    plugins: [unusedModulesLeftOut],
  });
  await stop();
  const icon = 'styles/icon.svg';
  return {
    files: [
      ...outputFiles.map(({ path, contents }) => built(basename(path), Buffer.from(contents))),
      built(basename(icon), await readFile(here(icon))),
    ],
    inputs: [...Object.keys(metafile.inputs), icon, basename(import.meta.filename)],
  };
}

function built(name: string, body: Buffer): BuiltFile {
  const extension = extname(name);
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 16);
  return {
    name,
    path: `/assets/${basename(name, extension)}-${hash}${extension}`,
    contentType: contentTypes[extension] ?? 'application/octet-stream',
    body,
  };
}
