import assert from 'node:assert/strict';
import test from 'node:test';
import { clientAddress, plainAddress, trustedProxies } from '../src/transport/client-address.ts';

const proxies = trustedProxies(['10.0.0.0/8', '192.0.2.1', 'fd00::/8', '2001:db8::1']);

/** Who holds the connection, what X-Forwarded-For says, who it is. */
const truths: [peer: string, forwardedFor: string | undefined, client: string, because: string][] = [
  ['203.0.113.5', undefined, '203.0.113.5', 'nothing is said'],
  ['203.0.113.5', '198.51.100.1', '203.0.113.5', 'a stranger may say anything'],
  ['203.0.113.5', '10.0.0.1', '203.0.113.5', 'even that it is a proxy'],
  ['10.0.0.1', undefined, '10.0.0.1', 'a proxy that says nothing speaks for itself'],
  ['10.0.0.1', '', '10.0.0.1', 'or says it badly'],
  ['10.0.0.1', '198.51.100.1', '198.51.100.1', 'a proxy names its client'],
  ['192.0.2.1', '198.51.100.1', '198.51.100.1', 'a single address is trusted as a block is'],
  ['192.0.2.2', '198.51.100.1', '192.0.2.2', 'its neighbour is not'],
  ['10.0.0.1', '6.6.6.6, 198.51.100.1', '198.51.100.1', 'what the client wrote itself stands to the left'],
  ['10.0.0.1', '6.6.6.6,7.7.7.7 ,\t198.51.100.1', '198.51.100.1', 'spaces do not matter'],
  ['10.0.0.1', '198.51.100.1, 10.2.3.4', '198.51.100.1', 'proxies in a row are passed over'],
  ['10.0.0.1', '198.51.100.1, 6.6.6.6, 10.2.3.4', '6.6.6.6', 'only as long as the row lasts'],
  ['10.0.0.1', '10.9.9.9, 10.2.3.4', '10.9.9.9', 'where all are proxies the leftmost asked'],
  ['10.0.0.1', '198.51.100.1, junk', '10.0.0.1', 'junk ends the reading'],
  ['10.0.0.1', '198.51.100.1, junk, 10.2.3.4', '10.2.3.4', 'at the nearest address that is certain'],
  ['10.0.0.1', 'unknown', '10.0.0.1', 'a hidden client is not an address'],
  ['10.0.0.1', '198.51.100.1:4711', '198.51.100.1', 'a port is no part of it'],
  ['10.0.0.1', '[2001:DB8::9]:4711', '2001:db8::9', 'nor in IPv6'],
  ['10.0.0.1', '"198.51.100.1"', '10.0.0.1', 'quotes are another header'],
  ['10.0.0.1', '198.51.100.1,', '10.0.0.1', 'an empty last entry is junk'],
  ['::ffff:10.0.0.1', '198.51.100.1', '198.51.100.1', 'a wrapped proxy is that proxy'],
  ['10.0.0.1', '::ffff:198.51.100.1', '198.51.100.1', 'a wrapped client is that client'],
  ['fd12::1', '2001:db8:0:0::2', '2001:db8::2', 'IPv6 proxies and clients'],
  ['2001:0db8:0000:0000:0000:0000:0000:0001', '198.51.100.1', '198.51.100.1', 'in whatever spelling'],
  ['2001:db8::2', '198.51.100.1', '2001:db8::2', 'but not next to it'],
  ['0000:0000:0000:0000:0000:0000:0000:0001', undefined, '::1', 'one form per peer'],
  ['', '198.51.100.1', '', 'a peer that is gone already has no address'],
];

for (const [peer, forwardedFor, client, because] of truths) {
  test(`${peer || 'nobody'} forwarding ${forwardedFor ?? 'nothing'} is ${client || 'nobody'}: ${because}`, () => {
    assert.equal(clientAddress(peer, forwardedFor, proxies), client);
  });
}

test('without trusted proxies nobody is believed', () => {
  assert.equal(clientAddress('127.0.0.1', '198.51.100.1', trustedProxies([])), '127.0.0.1');
});

test('a header of many thousand proxies is read to its end', () => {
  const row = `198.51.100.1${', 10.1.1.1'.repeat(5_000)}`;
  assert.equal(clientAddress('10.0.0.1', row, proxies), '198.51.100.1');
});

for (const text of [
  '',
  ' ',
  '1.2.3',
  '1.2.3.4.5',
  '256.1.1.1',
  '1.2.3.4:',
  '1.2.3.4:x',
  'localhost',
  '[::1',
  '::1]',
  ':::',
  '1.2.3.4/8',
]) {
  test(`"${text}" is no address`, () => assert.equal(plainAddress(text), null));
}

for (const entry of [
  '',
  'proxy',
  '10.0.0.0/33',
  '10.0.0.0/',
  '10.0.0.0/-1',
  '10.0.0/8',
  '::/129',
  '10.0.0.0/8/8',
  '10.0.0.0/ 8',
]) {
  test(`"${entry}" is refused as a trusted proxy`, () => {
    assert.throws(() => trustedProxies([entry]), { name: 'RangeError', message: new RegExp(`"${entry}"`) });
  });
}

test('the widest and the narrowest blocks hold what they should', () => {
  const everybody = trustedProxies(['0.0.0.0/0', '::/0']);
  assert.equal(clientAddress('203.0.113.5', '198.51.100.1', everybody), '198.51.100.1');
  assert.equal(clientAddress('2001:db8::2', '198.51.100.1', everybody), '198.51.100.1');
  const one = trustedProxies(['203.0.113.5/32']);
  assert.equal(clientAddress('203.0.113.5', '198.51.100.1', one), '198.51.100.1');
  assert.equal(clientAddress('203.0.113.6', '198.51.100.1', one), '203.0.113.6');
});
