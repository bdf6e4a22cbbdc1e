import assert from 'node:assert/strict';
import test from 'node:test';
import { Outages } from '../src/outages.ts';

function setUp() {
  const at = { monotonic: 1_000, server: 50_000 };
  const pass = (ms: number) => {
    at.monotonic += ms;
    at.server += ms;
  };
  const outages = new Outages({ now: () => at.server, monotonic: () => at.monotonic });
  outages.answered();
  return { at, pass, outages };
}

test('a broken connection counts from when it broke', () => {
  const { pass, outages } = setUp();
  pass(400);
  outages.broke();
  pass(100);
  outages.missed();
  outages.broke();
  assert.equal(outages.isOver(), false);
  pass(1_500);
  outages.answered();
  assert.equal(outages.isOver(), true);
  assert.deepEqual(outages.last(), { from: 50_400, to: 52_000 });
});

test('a silent store counts from its last answer', () => {
  const { pass, outages } = setUp();
  pass(500);
  outages.answered();
  assert.equal(outages.last(), null);
  pass(1_500);
  outages.missed();
  pass(1_000);
  outages.answered();
  outages.answered();
  assert.deepEqual(outages.last(), { from: 50_500, to: 53_000 });
});

test('its length is our own, whatever clock comes back', () => {
  const { at, pass, outages } = setUp();
  outages.broke();
  pass(2_000);
  at.server = 10_000;
  outages.answered();
  assert.deepEqual(outages.last(), { from: 8_000, to: 10_000 });
});

test('what was not there before the first answer was no outage', () => {
  const { at, pass } = setUp();
  const outages = new Outages({ now: () => at.server, monotonic: () => at.monotonic });
  outages.broke();
  outages.missed();
  pass(2_000);
  outages.answered();
  assert.deepEqual([outages.isOver(), outages.last()], [true, null]);
});
