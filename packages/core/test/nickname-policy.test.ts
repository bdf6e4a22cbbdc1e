/** Nicknames by the party's policy: free, letters, real name, generated, roster. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyNicknamePolicy, type NicknameContext, type NicknameDecision } from '../src/nickname/nickname-policy.ts';
import { nicknameThemes } from '../src/nickname/nickname-themes.ts';
import type { NicknamePolicy, RosterEntry } from '../src/settings.ts';
import { cleaned, distinct, harmless, lookalikes, measured, profane, realNames, refused } from './nickname-vectors.ts';

const free: NicknamePolicy = { mode: 'free', min: 1, max: 20, profanity: 'off', unique: false };
const letters: NicknamePolicy = { ...free, mode: 'letters' };
const realName: NicknamePolicy = { ...free, mode: 'real_name' };
const listed: NicknamePolicy = { ...free, mode: 'roster', unique: true };

test('the vectors are two hundred at least, the real names a hundred in twenty scripts', () => {
  const vectors = [cleaned, refused, measured, lookalikes, distinct, profane, harmless];
  assert.ok(vectors.reduce((sum, table) => sum + table.length, 0) >= 200);
  assert.ok(Object.values(realNames).flat().length >= 100);
  assert.ok(Object.keys(realNames).length >= 20);
});

for (const [script, names] of Object.entries(realNames)) {
  test(`N8, N9, N10: real names in ${script} are accepted as they are`, () => {
    for (const name of names) {
      const expected = name.normalize('NFC');
      assert.equal(outcome(decide(name, free)), expected);
      if (!name.includes('.')) assert.equal(outcome(decide(name, letters)), expected);
      if (isFullName(name)) assert.equal(outcome(decide(name, { ...realName, profanity: 'refuse' })), expected);
    }
  });
}

const rows: readonly (readonly [string | undefined, NicknamePolicy, string])[] = [
  [undefined, free, 'empty'],
  ['Max 2000', free, 'Max 2000'],
  ['🦊', free, '🦊'],
  ['a', { ...free, min: 2 }, 'too_short'],
  ['abcd', { ...free, max: 3 }, 'too_long'],
  ['Max', letters, 'Max'],
  ["Anna-Lena d'Arc", letters, "Anna-Lena d'Arc"],
  ['Marcel·la', letters, 'Marcel·la'],
  ['Max 2', letters, 'letters_only'],
  ['Max²', letters, 'letters_only'],
  ['Max ٢', letters, 'letters_only'],
  ['Max!', letters, 'letters_only'],
  ['Max_', letters, 'letters_only'],
  ['Max 🦊', letters, 'letters_only'],
  ['J. Doe', letters, 'letters_only'],
  ['anna müller', realName, 'Anna Müller'],
  ['ANNA MÜLLER', realName, 'Anna Müller'],
  ["anna-lena o'brien", realName, "Anna-Lena O'Brien"],
  ["ANNA O'BRIEN-SMITH", realName, "Anna O'Brien-Smith"],
  ["nu'man al rashid", realName, "Nu'man al Rashid"],
  ['LUDWIG VAN BEETHOVEN', realName, 'Ludwig van Beethoven'],
  ['vincent van gogh', realName, 'Vincent van Gogh'],
  ['van gogh', realName, 'Van Gogh'],
  ["guus 't hooft", realName, "Guus 't Hooft"],
  ['Ronald McDonald', realName, 'Ronald McDonald'],
  ['Henry Tudor VIII', realName, 'Henry Tudor VIII'],
  ['İBRAHİM TATLISES', realName, 'İbrahim Tatlises'],
  ['ʻaulani kealoha', realName, 'ʻaulani Kealoha'],
  ['იოანე ბერიძე', realName, 'იოანე ბერიძე'],
  ['j. r. r. tolkien', realName, 'J. R. R. Tolkien'],
  ['anna m.', realName, 'Anna M.'],
  ['李小龙', realName, '李小龙'],
  [undefined, letters, 'empty'],
  [undefined, realName, 'empty'],
  ['Anna', realName, 'real_name_needed'],
  ['Anna-Lena', realName, 'real_name_needed'],
  ['A B', realName, 'real_name_needed'],
  ['Anna 2', realName, 'real_name_needed'],
  ['Anna -', realName, 'real_name_needed'],
  ['Anna 🦊', realName, 'real_name_needed'],
  ['Anna Müller!', realName, 'real_name_needed'],
  ['สมชาย', realName, 'real_name_needed'],
  ['王', realName, 'real_name_needed'],
  ['fuck', free, 'fuck'],
  ['fuck', { ...free, profanity: 'mask' }, '****'],
  ['fuck', { ...free, profanity: 'refuse' }, 'profanity'],
  ['f u c k', { ...letters, profanity: 'refuse' }, 'profanity'],
  ['Dick Miller', { ...free, profanity: 'refuse' }, 'profanity'],
  ['Dick Miller', { ...realName, profanity: 'refuse' }, 'Dick Miller'],
  ['anyone', listed, 'not_on_roster'],
];
for (const [typed, policy, expected] of rows) {
  test(`N8, N9, N10, N13, N18, N20: ${policy.mode}, profanity ${policy.profanity}: ${typed} → ${expected}`, () => {
    assert.equal(outcome(decide(typed, policy)), expected);
  });
}

test('N16: a key is given exactly where nicknames are unique', () => {
  assert.deepEqual(decide('Аnnа', { ...free, unique: true }), {
    ok: true,
    nickname: 'Аnnа',
    key: 'anna',
    roster_key: null,
    player_ref: null,
    extra_time_percent: 0,
  });
  const shared = decide('Anna', free);
  assert.equal(shared.ok && shared.key, null);
});

test('N18, N19: the host adds words to the filter', () => {
  const policy: NicknamePolicy = { ...free, profanity: 'refuse', blocked_words: ['banana'] };
  assert.equal(outcome(decide('Bananaman', policy)), 'profanity');
  assert.equal(outcome(decide('Bananaman', { ...policy, profanity: 'mask' })), '******man');
});

test('N11, N22: a generated nickname ignores what was sent and is numbered when others were taken', () => {
  const policy: NicknamePolicy = { ...free, mode: 'generated', profanity: 'refuse', unique: true };
  assert.match(outcome(decide('=evil', policy)), /^[A-Z][a-z]+ [A-Z][a-z]+$/);
  assert.match(outcome(decide(undefined, policy, { attempt: 4 })), /^[A-Z][a-z]+ [A-Z][a-z]+ [0-9]{2}$/);
});

test('N21: a generated nickname is made from the words of its theme', () => {
  for (const [theme, { adjectives, nouns }] of Object.entries(nicknameThemes)) {
    const policy: NicknamePolicy = { ...free, mode: 'generated', theme: theme as keyof typeof nicknameThemes };
    for (const drawn of [0, 0.3, 0.6, 0.99]) {
      const [adjective, noun] = outcome(decide(undefined, policy, { random: () => drawn })).split(' ');
      assert.ok(
        adjectives.some((word) => word === adjective),
        `${theme}: ${adjective}`,
      );
      assert.ok(
        nouns.some((word) => word === noun),
        `${theme}: ${noun}`,
      );
    }
  }
});

const roster: RosterEntry[] = [
  { name: 'Anna Schmidt', ref: 'p1' },
  { name: 'Anna Schmidt', ref: 'p2', extra_time_percent: 25 },
  { name: 'José García' },
  { name: 'Ella' },
  { name: 'Elia' },
  { name: 'İbrahim O’Neil', extra_time_percent: 50 },
  { ref: 'p7' },
  { name: 'Maximilian Alexander von Habsburg', ref: 'p8' },
];
const places: readonly (readonly [string | undefined, string | undefined, string])[] = [
  ['josé  garcía', undefined, 'José García | name:josé garcía | 0'],
  ['ＪＯＳÉ GARCÍA', undefined, 'José García | name:josé garcía | 0'],
  ['Jose Garcia', undefined, 'not_on_roster'],
  ['Jоsé García', undefined, 'not_on_roster'],
  ['José García', 'p99', 'José García | name:josé garcía | 0'],
  ['Ella', undefined, 'Ella | name:ella | 0'],
  ['Elia', undefined, 'Elia | name:elia | 0'],
  ["ibrahim o'neil", undefined, "İbrahim O’Neil | name:ibrahim o'neil | 50"],
  ['Anna Schmidt', undefined, 'roster_ref_needed'],
  ['Anna Schmidt', 'p2', 'Anna Schmidt | ref:p2 | 25'],
  ['Whoever', ' p1 ', 'Anna Schmidt | ref:p1 | 0'],
  [undefined, 'p1', 'Anna Schmidt | ref:p1 | 0'],
  ['Anna Schmidt', 'p99', 'not_on_roster'],
  [undefined, undefined, 'not_on_roster'],
  ['', '', 'not_on_roster'],
  [undefined, 'p8', 'Maximilian Alexander von Habsburg | ref:p8 | 0'],
  ['Max', 'p7', 'Max | ref:p7 | 0'],
  ['-Max', 'p7', 'leading_punctuation'],
  [undefined, 'p7', 'empty'],
];
for (const [typed, player_ref, expected] of places) {
  test(`N12, N13, N14, N15: roster: ${typed} with reference ${player_ref} → ${expected}`, () => {
    assert.equal(
      standing(decide(typed, listed, { roster, ...(player_ref === undefined ? {} : { player_ref }) })),
      expected,
    );
  });
}

test('N16: listed names need no key: the line keeps Ella and Elia apart', () => {
  const ella = decide('Ella', listed, { roster });
  assert.equal(ella.ok && ella.key, null);
  const typed = decide('Max', listed, { roster, player_ref: 'p7' });
  assert.equal(typed.ok && typed.key, 'max');
});

test('N25: whoever plays under the name of their line needs no key, whatever the mode; a name of their own does', () => {
  for (const mode of ['free', 'letters', 'real_name', 'roster'] as const) {
    const policy: NicknamePolicy = { ...free, mode, unique: true };
    for (const [typed, player_ref] of [
      ['anna schmidt', 'p1'],
      ['Anna Schmidt', 'p2'],
      [undefined, 'p2'],
    ] as const) {
      const named = decide(typed, policy, { roster, player_ref });
      assert.ok(named.ok, `${mode} ${typed} ${player_ref}`);
      assert.deepEqual([named.key, named.player_ref], [null, player_ref]);
    }
  }
  const own = decide('Max', { ...free, unique: true }, { roster, player_ref: 'p1' });
  assert.equal(own.ok && own.key, 'max');
  const made = decide('Anna Schmidt', { ...free, mode: 'generated', unique: true }, { roster, player_ref: 'p1' });
  assert.ok(made.ok && made.key !== null);
});

test('N25: nobody plays under the name of another line', () => {
  for (const typed of ['Anna Schmidt', ' ella']) {
    assert.equal(outcome(decide(typed, { ...free, unique: true }, { roster, player_ref: 'p7' })), 'name_of_another');
    assert.equal(outcome(decide(typed, free, { roster, player_ref: 'p7' })), typed.trim(), 'names need not be unique');
  }
});

test('N26: a person is known by the reference of the line, and without a roster by the one that was sent', () => {
  const refOf = (decision: NicknameDecision) => decision.ok && decision.player_ref;
  assert.equal(refOf(decide('Max', free, { player_ref: ' 17 ' })), '17');
  assert.equal(refOf(decide('Max', free, { player_ref: ' ' })), null);
  const long = 'Maximilian Alexander von Habsburg';
  assert.equal(refOf(decide(long, listed, { roster })), 'p8', 'who comes by name is known by the line');
  assert.equal(refOf(decide('Ella', listed, { roster, player_ref: 'p99' })), null, 'a reference that is not listed');
});

test('N27: a name that is missing is asked for', () => {
  for (const policy of [letters, realName]) {
    const refusal = decide(undefined, policy);
    assert.match(refusal.ok ? '' : refusal.detail, /name is needed/);
  }
});

test('N13: a roster binds in every mode, and the mode says what the name is', () => {
  assert.equal(standing(decide('Max 3', free, { roster, player_ref: 'p1' })), 'Max 3 | ref:p1 | 0');
  assert.equal(standing(decide(undefined, free, { roster, player_ref: 'p1' })), 'Anna Schmidt | ref:p1 | 0');
  assert.equal(standing(decide('Max 3', free, { roster })), 'not_on_roster');
  const generated = decide('Ella', { ...free, mode: 'generated' }, { roster });
  assert.equal(generated.ok && generated.roster_key, 'name:ella');
});

function decide(
  typed: string | undefined,
  policy: NicknamePolicy,
  context: Partial<NicknameContext> = {},
): NicknameDecision {
  return applyNicknamePolicy(typed, policy, { roster: null, random: () => 0.5, ...context });
}

function outcome(decision: NicknameDecision): string {
  return decision.ok ? decision.nickname : decision.reason;
}

function standing(decision: NicknameDecision): string {
  if (!decision.ok) return decision.reason;
  return [decision.nickname, decision.roster_key, decision.extra_time_percent].join(' | ');
}

/** Two words, or a script that writes a full name as one. */
function isFullName(name: string): boolean {
  return /[ ་・]/.test(name) || /[\p{Script=Han}\p{Script=Hangul}\p{Script=Myanmar}]/u.test(name);
}
