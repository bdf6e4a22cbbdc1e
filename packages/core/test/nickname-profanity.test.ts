/** Threat T12: profanity in plain words, in leet and spacing, in lookalike letters; and what only resembles it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cleanNickname } from '../src/nickname/clean-nickname.ts';
import { graphemes } from '../src/nickname/graphemes.ts';
import { hasProfanity, maskProfanity } from '../src/nickname/profanity.ts';
import { harmless, profane, realNames } from './nickname-vectors.ts';

for (const [raw, masked] of profane) {
  test(`N17, N18: ${raw} is shown as ${masked}`, () => {
    const result = cleanNickname(raw, { min: 1, max: 20 });
    const nickname = result.ok ? result.nickname : raw;
    assert.equal(hasProfanity(nickname), true);
    assert.equal(maskProfanity(nickname), masked);
    assert.equal(graphemes(masked).length, graphemes(nickname).length);
    assert.equal(hasProfanity(masked), false);
  });
}

for (const word of harmless) {
  test(`N17: ${word} is harmless`, () => assert.equal(maskProfanity(word), word));
}

test('N17, N20: a hundred real names are harmless', () => {
  for (const name of Object.values(realNames).flat()) {
    assert.equal(maskProfanity(name, { expects: 'real_names' }), name);
  }
});

const behind = { plain: 'Scheiße', leet: 'sh1t', spacing: 'f.u.c.k', repeats: 'fuuuuck', 'lookalike letters': 'fυсk' };
for (const [what, typed] of Object.entries(behind)) {
  test(`N17: behind ${what}: ${typed}`, () => assert.equal(hasProfanity(typed), true));
}

test('N20: a word that is also a name is let be only where real names are asked for', () => {
  assert.equal(maskProfanity('Dick Miller'), '**** Miller');
  assert.equal(maskProfanity('Dick Miller', { expects: 'real_names' }), 'Dick Miller');
  assert.equal(maskProfanity('Fuck Miller', { expects: 'real_names' }), '**** Miller');
});

const hostWords: readonly (readonly [string, string, string])[] = [
  ['banana', 'My Banana', 'My ******'],
  ['banana', 'superbananas', 'super******s'],
  ['banana', 'B4n4n4', '******'],
  ['banana', 'b a n a n a', '* * * * * *'],
  ['banana', 'bаnаnа', '******'],
  ['Banana', 'BANANA', '******'],
  ['so', 'so what', '** what'],
  ['so', 'sofa', 'sofa'],
  ['bad word', 'bad word', '*** ****'],
  ['bad word', 'badword', '*******'],
  ['666', 'Agent 666', 'Agent ***'],
  ['笨蛋', '大笨蛋', '大**'],
  ['scunthorpe', 'Scunthorpe', '**********'],
  ['(.*)+$', 'Anna', 'Anna'],
  ['[a-z]', 'Anna', 'Anna'],
  ['', 'Anna', 'Anna'],
  ['**', 'Anna', 'Anna'],
];
for (const [word, typed, masked] of hostWords) {
  test(`N19: with the host's word "${word}", ${typed} is shown as ${masked}`, () => {
    assert.equal(maskProfanity(typed, { extra_words: [word] }), masked);
  });
}
