/** WCAG 2.2 AA: text at 4.5 to 1, the edges of what can be used at 3 to 1, in both themes. Read from the stylesheet itself. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

const css = readFileSync(new URL('../src/styles/theme.css', import.meta.url), 'utf8');
const [dark = '', light = ''] = [...css.matchAll(/:root \{([^}]*)\}/g)].map(([, block]) => block ?? '');

type Theme = ReadonlyMap<string, string>;

function theme(...blocks: string[]): Theme {
  return new Map(
    blocks.flatMap((block) =>
      [...block.matchAll(/--([a-z-]+): (#[0-9a-f]{3,6});/g)].map(
        ([, name = '', colour = '']) => [name, colour] as const,
      ),
    ),
  );
}

const themes = { dark: theme(dark), light: theme(dark, light) };

/** Relative luminance as WCAG 2 defines it. */
function luminance(colour: string): number {
  const hex = colour.length === 4 ? [...colour.slice(1)].map((digit) => digit + digit).join('') : colour.slice(1);
  const [r = 0, g = 0, b = 0] = [0, 2, 4].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

const texts = [
  ...['bg', 'surface', 'raised'].flatMap((ground) => [
    ['ink', ground],
    ['soft', ground],
  ]),
  ...['bg', 'surface'].flatMap((ground) => ['good', 'bad', 'warn'].map((colour) => [colour, ground])),
  ['on-accent', 'accent'],
  ['bg', 'good'],
];

test('black on white is 21 to 1', () => assert.equal(Math.round(contrast('#000', '#ffffff')), 21));

for (const [name, colours] of Object.entries(themes)) {
  const colour = (of: string): string => {
    const found = colours.get(of);
    assert.ok(found, `there is no --${of}`);
    return found;
  };
  const atLeast = (wanted: number, a: string, b: string, what: string): void => {
    const found = contrast(a, b);
    assert.ok(found >= wanted, `${name}: ${what} has ${found.toFixed(2)} to 1, wanted ${wanted}`);
  };

  test(`texts can be read in the ${name} theme`, () => {
    for (const [text = '', ground = ''] of texts) atLeast(4.5, colour(text), colour(ground), `${text} on ${ground}`);
  });

  test(`choices can be read in the ${name} theme, whatever their colour`, () => {
    for (const fill of ['red', 'blue', 'green', 'purple', 'teal', 'pink', 'orange']) {
      atLeast(4.5, '#ffffff', colour(fill), `white on ${fill}`);
    }
    atLeast(4.5, '#1f1700', colour('yellow'), 'ink on yellow');
  });

  test(`edges and the focus can be seen in the ${name} theme`, () => {
    for (const ground of ['bg', 'surface']) atLeast(3, colour('line'), colour(ground), `line on ${ground}`);
    for (const ground of ['bg', 'surface']) atLeast(3, colour('focus'), colour(ground), `focus on ${ground}`);
    for (const shape of ['red', 'blue', 'yellow', 'green']) {
      atLeast(3, colour(`ink-${shape}`), colour('bg'), `${shape} shape on bg`);
    }
  });
}

test('what moves asks for leave first', () => {
  const files = [
    'theme',
    'shapes',
    'controls',
    'standings',
    'motion',
    'play',
    'door',
    'desk',
    'stage',
    'editor',
    'quick-party',
  ];
  for (const file of files) {
    const sheet = readFileSync(new URL(`../src/styles/${file}.css`, import.meta.url), 'utf8');
    const calm = sheet
      .replace(/@media \(prefers-reduced-motion: no-preference\) \{[\s\S]*?\n\}/g, '')
      .replace(/@keyframes[\s\S]*?\n\}/g, '');
    assert.doesNotMatch(calm, /\b(?:animation|transition)\b/, file);
  }
});
