import assert from 'node:assert/strict';
import test from 'node:test';
import { type Place, placeOf } from '../src/place.ts';
import { message, questionData, stateData } from './samples.ts';

const question = (epoch: number, seq: number) => message('question', { epoch, seq }, questionData(1));
const state = (epoch: number, seq: number) => message('state', { epoch, seq }, stateData());
const shown = { epoch: 3, seq: 10 };

const truths: [what: string, sent: ReturnType<typeof question>, shown: typeof shown | null, place: Place][] = [
  ['the next message', question(3, 11), shown, 'newer'],
  ['one after a gap: others were for other audiences', question(3, 15), shown, 'newer'],
  ['the same message again', question(3, 10), shown, 'older'],
  ['an earlier one', question(3, 9), shown, 'older'],
  ['a message of an earlier epoch, however far it had come', question(2, 999), shown, 'older'],
  ['a message of a later epoch: nothing here belongs to it', question(4, 1), shown, 'unproved'],
  ['a message before any state', question(3, 11), null, 'unproved'],
  ['the first state', state(1, 0), null, 'newer'],
  ['a state further on', state(3, 20), shown, 'newer'],
  ['a state of the same place: the reply to sync', state(3, 10), shown, 'newer'],
  ['a state further back', state(3, 9), shown, 'older'],
  ['a state of a later epoch, wherever it is', state(4, 0), shown, 'newer'],
  ['a state of an earlier epoch', state(2, 99), shown, 'older'],
  ['a ping, wherever', message('ping', { epoch: 1, seq: 0 }, {}), shown, 'aside'],
  ['a ping before any state', message('ping', { epoch: 1, seq: 0 }, {}), null, 'aside'],
  ['an ack', message('ack', { epoch: 3, seq: 10 }, { id: '1', round: 1, status: 'accepted' }), shown, 'aside'],
  ['an error', message('error', { epoch: 3, seq: 10 }, { id: '1', code: 'late', detail: '' }), shown, 'aside'],
  ['the advice to reconnect', message('reconnect', { epoch: 3, seq: 10 }, { after_ms: 1 }), shown, 'aside'],
];

for (const [what, sent, at, place] of truths) {
  test(`${what} is ${place}`, () => assert.equal(placeOf(sent, at), place));
}
