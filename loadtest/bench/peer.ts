/** A peer's server as a process of its own: started, told what to do over IPC, ended. */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Peer {
  readonly pid: number;
  readonly port: number;
  tell(order: object): void;
  stop(): void;
}

export function startPeer(file: string, env: Record<string, string> = {}, args: string[] = []): Promise<Peer> {
  const entry = fileURLToPath(new URL(`../peers/${file}`, import.meta.url));
  const child = fork(entry, args, {
    env: { PATH: process.env.PATH ?? '', NODE_OPTIONS: '--disable-warning=ExperimentalWarning', ...env },
  });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${file} ended (${code})`)));
    child.once('message', (message: { port: number }) =>
      resolve(peerOf(child, message.port, (order) => void child.send(order))),
    );
  });
}

/** A program that prints its port on a line and takes orders as lines of JSON-free text. */
export function startProgram(file: string, args: string[]): Promise<Peer> {
  const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${file} ended (${code})`)));
    child.stdout.once('data', (bytes: Buffer) =>
      resolve(
        peerOf(
          child,
          Number(bytes.toString()),
          (order) => void child.stdin.write(`${Object.values(order).join(' ')}\n`),
        ),
      ),
    );
  });
}

function peerOf(child: ChildProcess, port: number, tell: (order: object) => void): Peer {
  return { pid: child.pid ?? 0, port, tell, stop: () => void child.kill('SIGKILL') };
}
