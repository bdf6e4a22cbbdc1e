/** Lets tests import the pages' components: Node strips types by itself, but does not know JSX. Import this first. */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';

registerHooks({
  load(url, context, nextLoad) {
    if (!url.endsWith('.tsx')) return nextLoad(url, context);
    const { code } = transformSync(readFileSync(fileURLToPath(url), 'utf8'), {
      loader: 'tsx',
      format: 'esm',
      jsx: 'automatic',
      jsxImportSource: 'preact',
      tsconfigRaw: {},
    });
    return { format: 'module', source: code, shortCircuit: true };
  },
});

Object.assign(globalThis, {
  location: { host: 'quiz.example', hostname: 'quiz.example', origin: 'https://quiz.example' },
});
