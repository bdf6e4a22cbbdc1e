/**
 * Folders for the tests of one file, gone after the last of them. Not after each: a test's own hooks run in the order
 * they were added, so the folder would be removed from under a server that is stopped next.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

const root = await mkdtemp(join(tmpdir(), 'partyline-provision-'));
after(() => rm(root, { recursive: true, force: true }));

export const newFolder = (): Promise<string> => mkdtemp(join(root, 'test-'));
