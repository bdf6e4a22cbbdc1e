// One node's program in one file: the tests start some two hundred nodes, and from a thousand files each takes three times the
// CPU. What it does is the same; every module still finds its files beside its own source.
import { readFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const ownAddresses = {
  name: 'own-addresses',
  setup(bundling) {
    bundling.onLoad({ filter: /packages[\\/]\w+[\\/]src[\\/].*\.ts$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)),
      loader: 'ts',
    }));
  },
};

/** Resolves to the path of the file. */
export async function bundleNode() {
  const outfile = fileURLToPath(new URL('../node_modules/.cache/partyline-node.mjs', import.meta.url));
  await build({
    entryPoints: [fileURLToPath(new URL('../packages/server/src/cli/node.ts', import.meta.url))],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    keepNames: true,
    external: ['uWebSockets.js', 'esbuild', 'pg-native'],
    // Packages of the older kind ask for others by `require`.
    banner: { js: "import { createRequire as asked } from 'node:module'; const require = asked(import.meta.url);" },
    plugins: [ownAddresses],
    logLevel: 'error',
  });
  return outfile;
}
