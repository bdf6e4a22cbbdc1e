/** Rules G of SPEC.md: settings that cannot hold at once, or that would let nobody in. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { generatedNicknameBounds, generateNickname } from '../src/nickname/generate-nickname.ts';
import { graphemes } from '../src/nickname/graphemes.ts';
import { type NicknameTheme, nicknameThemes } from '../src/nickname/nickname-themes.ts';
import { type NicknamePolicy, type RosterEntry, roomDefaults, type Settings } from '../src/settings.ts';
import { settingsFault } from '../src/settings-fault.ts';

const fault = (change: Partial<Settings>): string | null => settingsFault({ ...roomDefaults, ...change });
const ofPolicy = (change: Partial<NicknamePolicy>): string | null =>
  fault({ nickname_policy: { ...roomDefaults.nickname_policy, ...change } });
const ofRoster = (roster: RosterEntry[]): string | null => fault({ roster });

test('G1: the defaults make sense, and a least above a most does not', () => {
  assert.equal(fault({}), null);
  assert.match(ofPolicy({ min: 5, max: 4 }) ?? '', /`nickname_policy.min`/);
});

test('G2: the mode roster needs a roster, and blocked words a filter', () => {
  assert.match(ofPolicy({ mode: 'roster' }) ?? '', /needs a `roster`/);
  assert.match(ofPolicy({ profanity: 'off', blocked_words: ['x'] }) ?? '', /blocked_words/);
});

test('G3: a theme needs names that are made up', () => {
  assert.match(ofPolicy({ theme: 'space' }) ?? '', /`nickname_policy.theme`/);
  assert.equal(ofPolicy({ mode: 'generated', theme: 'space' }), null);
});

test('G4: made-up names may be as short as 6 and need room for 9, in which every theme serves 2,000 players', () => {
  const { greatest_min, least_max } = generatedNicknameBounds;
  assert.deepEqual([greatest_min, least_max], [6, 9]);
  assert.match(ofPolicy({ mode: 'generated', max: 8 }) ?? '', /`nickname_policy.max` .* 9 or more/);
  assert.match(ofPolicy({ mode: 'generated', min: 7 }) ?? '', /`nickname_policy.min` .* 6 or less/);
  assert.equal(ofPolicy({ mode: 'generated', min: 6, max: 9 }), null);
  assert.equal(ofPolicy({ min: 1, max: 3 }), null, 'names that people type may be shorter');
  for (const theme of Object.keys(nicknameThemes) as NicknameTheme[]) {
    const random = lehmer();
    const taken = new Set<string>();
    for (let player = 0; player < 2_000; player += 1) {
      const tries = Array.from({ length: 8 }, (_, attempt) =>
        generateNickname(random, { theme, attempt, max: least_max }),
      );
      for (const name of tries) {
        assert.match(name, /^[A-Z]/);
        assert.ok(graphemes(name).length >= greatest_min && graphemes(name).length <= least_max, name);
      }
      const free = tries.find((name) => !taken.has(name));
      assert.ok(free !== undefined, `${theme}: nobody serves player ${player}`);
      taken.add(free);
    }
  }
});

/** Lehmer's generator from a seed of 1, in [0, 1). */
function lehmer(): () => number {
  let state = 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

test('G5: everybody on a roster can join, and the entry that could not is named', () => {
  const [ann, same] = [{ name: 'Ann Lee' }, { name: ' ann  LEE' }];
  assert.match(ofRoster([]) ?? '', /nobody is on it/);
  assert.match(ofRoster([ann, { name: 'Bob' }, same]) ?? '', /entry 3 has the name of entry 1/);
  assert.match(ofRoster([ann, { ...same, ref: '2' }]) ?? '', /entry 2 has the name of entry 1/);
  assert.match(ofRoster([{ ...ann, ref: '1' }, same]) ?? '', /entry 2 has the name of entry 1/);
  assert.match(ofRoster([{ ref: '7' }, { name: 'Bob', ref: ' 7 ' }]) ?? '', /entry 2 has the reference of entry 1/);
  assert.match(ofRoster([{ name: 'Bob' }, { name: '\u200b' }]) ?? '', /entry 2 has neither/);
  assert.equal(ofRoster([{ ...ann, ref: '1' }, { ...same, ref: '2' }, { ref: '3' }, { name: 'Bob' }]), null);
});

test('G6: a passcode shows something, and so does every team, in its own way', () => {
  for (const passcode of [' ', '\u200b']) assert.match(fault({ passcode }) ?? '', /`passcode`/);
  assert.equal(fault({ passcode: ' x' }), null);
  const teams = (...names: string[]) => fault({ teams: { mode: 'auto', names } });
  assert.match(teams('Red', 'red') ?? '', /read the same/);
  assert.match(teams('Red', ' ') ?? '', /blank/);
  assert.equal(teams('Red', 'Blue'), null);
});
