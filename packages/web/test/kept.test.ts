import assert from 'node:assert/strict';
import test from 'node:test';
import type { Store } from '../src/browser/seat/json-store.ts';
import { createKept, type Seat } from '../src/browser/seat/kept.ts';
import { createLastSeat } from '../src/browser/seat/last-seat.ts';
import { createTakenSeats } from '../src/browser/seat/taken-seats.ts';

function memoryStore(): Store {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

const seat: Seat = { room_code: '225133', party_id: 'p', token: 't', user_id: 'u', is_host: false };

test('a seat is there after a reload, and gone once it is dropped', () => {
  const store = memoryStore();
  createKept(
    () => store,
    () => 'k',
  ).keepSeat(seat);
  const reloaded = createKept(
    () => store,
    () => 'k',
  );
  assert.deepEqual(reloaded.seat('225133'), seat);
  assert.equal(reloaded.seat('999999'), null);
  reloaded.dropSeat('225133');
  assert.equal(reloaded.seat('225133'), null);
});

test('the last seat of a device is found in every tab of it, for its own room alone', () => {
  const store = memoryStore();
  createLastSeat(() => store).keep({ seat, nickname: 'Ann' });
  const other = createLastSeat(() => store);
  assert.deepEqual(other.in('225133'), { seat, nickname: 'Ann' });
  assert.equal(other.in('999999'), null);
  other.drop({ ...seat, token: 'of somebody else' });
  assert.equal(other.in('225133')?.nickname, 'Ann');
  other.drop(seat);
  assert.equal(other.in('225133'), null);
});

test('a seat the host took away is remembered in every tab of the device, for its room alone, the latest of it', () => {
  const store = memoryStore();
  createTakenSeats(() => store).keep(seat);
  const taken = createTakenSeats(() => store);
  assert.equal(taken.tokenIn('225133'), 't');
  assert.equal(taken.tokenIn('999999'), null);
  taken.keep({ ...seat, token: 't2' });
  assert.equal(taken.tokenIn('225133'), 't2');
  for (let room = 1; room <= 20; room += 1) taken.keep({ ...seat, room_code: String(room) });
  assert.equal(taken.tokenIn('225133'), null, 'the oldest makes room');
});

test('joining is tried under one key until it is settled', () => {
  let keys = 0;
  const kept = createKept(once(memoryStore()), () => `key ${++keys}`);
  assert.equal(kept.joinKey('225133'), 'key 1');
  assert.equal(kept.joinKey('225133'), 'key 1');
  assert.equal(kept.joinKey('999999'), 'key 2');
  kept.dropJoinKey('225133');
  assert.equal(kept.joinKey('225133'), 'key 3');
});

test('a browser that keeps nothing still plays', () => {
  const kept = createKept(
    () => {
      throw new Error('storage is off');
    },
    () => 'k',
  );
  kept.keepSeat(seat);
  assert.equal(kept.seat('225133'), null);
  assert.equal(kept.joinKey('225133'), 'k');
  assert.deepEqual(kept.openedRooms(), []);
});

test('of the rooms opened here the newest come first, each once', () => {
  const kept = createKept(once(memoryStore()), () => 'k');
  for (let room = 1; room <= 25; room += 1) {
    kept.keepOpenedRoom({ room_code: String(room), party_id: `p${room}`, title: 't' });
  }
  kept.keepOpenedRoom({ room_code: '3', party_id: 'p24', title: 'again' });
  const codes = kept.openedRooms().map(({ party_id }) => party_id);
  assert.deepEqual(codes.slice(0, 3), ['p24', 'p25', 'p23']);
  assert.equal(codes.length, 20);
});

function once(store: Store): () => Store {
  return () => store;
}
