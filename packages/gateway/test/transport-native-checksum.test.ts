import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { nativePackage, parseChecksums, verifyNativeFile } from '../src/transport/native-checksum.ts';

const name = '@uwsjs/made-up-22';

test('the native file installed here is the listed one', async () => {
  await verifyNativeFile();
});

test('the package is named by platform, architecture and major version of Node', () => {
  const versions = { ...process.versions, node: '22.23.3' };
  assert.equal(nativePackage({ platform: 'darwin', arch: 'arm64', versions }), '@uwsjs/darwin-arm64-22');
});

test('a list of checksums is read by package, other lines are let be', () => {
  const sum = 'a1'.repeat(32);
  const text = `# seen\n${sum}  @uwsjs/linux-x64-22@20.51.4/uws.node\n${sum}  something/else\nshort  @uwsjs/x-y-22@1/uws.node\n`;
  assert.deepEqual([...parseChecksums(text)], [['@uwsjs/linux-x64-22', sum]]);
});

test('a file that was changed is refused, naming both sums', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'partyline-native-'));
  t.after(() => rm(folder, { recursive: true }));
  const file = join(folder, 'uws.node');
  await writeFile(file, 'native code');
  const actual = createHash('sha256').update('native code').digest('hex');
  const locate = () => file;
  await verifyNativeFile({ name, locate, checksums: new Map([[name, actual]]) });
  await writeFile(file, 'native c0de');
  await assert.rejects(verifyNativeFile({ name, locate, checksums: new Map([[name, actual]]) }), (error: Error) => {
    assert.equal((error as Error & { code: string }).code, 'native_mismatch');
    assert.match(error.message, new RegExp(`${actual}: not loaded`));
    return true;
  });
});

test('a platform that is not listed is refused, naming those that are', async () => {
  const checksums = new Map([['@uwsjs/linux-x64-22', '00']]);
  await assert.rejects(verifyNativeFile({ name, locate: () => '', checksums }), {
    code: 'native_unknown_platform',
    message: /made-up.*linux-x64-22.*ws transport/,
  });
});

test('a package that is not installed is refused', async () => {
  const locate = () => '/nowhere/uws.node';
  await assert.rejects(verifyNativeFile({ name, locate, checksums: new Map([[name, '00']]) }), {
    code: 'native_missing',
    message: /npm ci/,
  });
});
