/** A WebSocket whose other end is the test. */
import type { WebSocketConstructor, WebSocketLike } from '../src/web-socket.ts';

export class FakeWebSocket implements WebSocketLike {
  readonly url: string;
  readonly protocols: string[];
  readonly sent: { type: string; id: string; data?: unknown }[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onerror: (() => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  isOpen = false;
  /** How the client closed it. */
  closedWith: { code: number | undefined; reason: string | undefined } | null = null;

  constructor(url: string, protocols: string[]) {
    this.url = url;
    this.protocols = protocols;
  }

  send(text: string): void {
    if (!this.isOpen) throw new Error('not open');
    this.sent.push(JSON.parse(text));
  }

  close(code?: number, reason?: string): void {
    this.closedWith ??= { code, reason };
    this.isOpen = false;
  }

  open(): void {
    this.isOpen = true;
    this.onopen?.();
  }

  tell(message: object): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }

  tellRaw(data: unknown): void {
    this.onmessage?.({ data });
  }

  end(code = 1_006, reason = ''): void {
    this.isOpen = false;
    this.onerror?.();
    this.onclose?.({ code, reason });
  }
}

/** Every socket that was dialled, newest last. */
export function fakeSockets(): { sockets: FakeWebSocket[]; last(): FakeWebSocket; WebSocket: WebSocketConstructor } {
  const sockets: FakeWebSocket[] = [];
  return {
    sockets,
    last() {
      const socket = sockets.at(-1);
      if (socket === undefined) throw new Error('nothing was dialled');
      return socket;
    },
    WebSocket: class extends FakeWebSocket {
      constructor(url: string, protocols: string[]) {
        super(url, protocols);
        sockets.push(this);
      }
    },
  };
}
