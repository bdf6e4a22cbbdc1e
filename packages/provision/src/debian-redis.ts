/**
 * Puts Debian's redis-server and the libraries this machine lacks into .tools/redis, without installing anything: no
 * root, no service started, nothing to undo but a folder. apt keeps its index there too, since that of a fresh
 * container is empty. Decides nothing about which Redis is used.
 */
import { chmod, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isExecutable, onPath, run } from './executable.ts';

const TOOLS = fileURLToPath(new URL('../../../.tools/', import.meta.url));

/** apt with every folder it writes to inside `home`; it still verifies signatures and reads the system's sources. */
function aptOptions(home: string): string[] {
  const settings = {
    'Dir::State': join(home, 'state'),
    'Dir::State::status': '/var/lib/dpkg/status',
    'Dir::Cache': join(home, 'cache'),
    'Dir::Log': join(home, 'log'),
    'APT::Sandbox::User': 'root', // the _apt account may not enter the folder
    'Debug::NoLocking': 'true',
    'APT::Update::Post-Invoke-Success': '',
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
}

/** A script, since the libraries beside it are not where the system looks. `exec` keeps the pid. */
const LAUNCHER = `#!/bin/sh
root=$(cd "$(dirname "$0")" && pwd)/root
for folder in "$root"/usr/lib/*-linux-*; do libraries=\${libraries:+$libraries:}$folder; done
LD_LIBRARY_PATH=$libraries exec "$root/usr/bin/redis-server" "$@"
`;

async function unpack(home: string): Promise<void> {
  const apt = aptOptions(home);
  await mkdir(join(home, 'state/lists/partial'), { recursive: true });
  await mkdir(join(home, 'cache/archives/partial'), { recursive: true });
  await run('apt-get', [...apt, '-qq', 'update']);
  await run('apt-get', [...apt, '-qq', '-y', '--no-install-recommends', '--download-only', 'install', 'redis-server']);

  const archives = join(home, 'cache/archives');
  const root = join(home, 'root');
  for (const name of await readdir(archives)) {
    if (name.endsWith('.deb')) await run('dpkg-deb', ['-x', join(archives, name), root]);
  }
  await rm(join(home, 'cache'), { recursive: true });
  await rm(join(home, 'state'), { recursive: true });
}

/** apt's own verdict; the command line before it fills a screen. */
function reason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.match(/^E: .*/m)?.[0] ?? message;
}

/** The launcher's path, or nothing where Debian's tools are missing or cannot help. */
export async function unpackRedisPackage(): Promise<string[]> {
  const home = join(TOOLS, 'redis');
  const program = join(home, 'redis-server');
  if (await isExecutable(program)) return [program];
  const tools = await Promise.all(['apt-get', 'dpkg-deb'].map(onPath));
  if (tools.some((found) => found.length === 0)) return [];

  process.stderr.write("Partyline: putting Redis in place (Debian's redis-server, unpacked into .tools)…\n");
  const staging = join(TOOLS, `redis.${process.pid}`);
  try {
    await unpack(staging);
    await writeFile(join(staging, 'redis-server'), LAUNCHER);
    await chmod(join(staging, 'redis-server'), 0o755);
    await run(join(staging, 'redis-server'), ['--version']);
    await rm(home, { recursive: true, force: true });
    await rename(staging, home);
    return [program];
  } catch (error) {
    process.stderr.write(`Partyline: Debian's package cannot be had: ${reason(error)}\n`);
    return [];
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}
