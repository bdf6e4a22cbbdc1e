/**
 * The gateway role of one node: the only wiring of this package. Sockets come in through `connect`, their messages go to
 * `receive`, what is told comes out through the local parties; HTTP goes to the router.
 */
import { randomUUID } from 'node:crypto';
import type { Snapshot } from '@partyline/core';
import { closeCodes, encodeFrame, problem } from '@partyline/protocol';
import { createAnswerBatches } from './answer-batch.ts';
import { absenceMs } from './attendance.ts';
import { type Caller, commandingName } from './caller.ts';
import { readHandshake, subprotocol } from './connect.ts';
import type { GatewayPorts } from './gateway-ports.ts';
import { answer } from './http/call.ts';
import { createHttp } from './http/create-http.ts';
import { createLocalParty } from './local-party.ts';
import { type ReceivePorts, receive } from './receive.ts';
import { createSecondStep } from './second-step.ts';
import type { Session } from './session.ts';
import { createSharedReads } from './shared-reads.ts';
import { createSilenceWatch } from './silence-watch.ts';
import { createStoreWatch } from './store-watch.ts';
import { createTokenBucket } from './token-bucket.ts';
import { createTokens, type Tokens } from './tokens.ts';
import type { Listening, Socket, UpgradeDecision, UpgradeRequest } from './transport/transport.ts';

const beatMs = 997;
/** After the store lost its data, or this node came up, parties may still be put back for so long. */
const restorationMs = 60_000;
const controlAgainMs = 503;
const mostSentElsewhere = 5_000;

export interface Gateway {
  readonly gateway_id: string;
  listen(): Promise<{ port: number }>;
  /** Sends every socket elsewhere, `batch` of them each `every_ms`, and takes no new ones. */
  drain(at?: { batch?: number; every_ms?: number }): Promise<void>;
  close(): Promise<void>;
  sockets(): number;
}

/** Who opened a socket; null for a token that was refused: the socket opens, to be told why it is closed. */
type Opening = Caller | null;

export function createGateway(ports: GatewayPorts): Gateway {
  const { config, desk, clock, timers, log, metrics } = ports;
  const gateway_id = randomUUID();
  const tokens: Tokens = createTokens({
    keys: config.token_keys,
    lifetime_seconds: config.token_lifetime_seconds,
    now: Date.now,
  });
  const watched = new Map<string, ReceivePorts>();
  const sessions = new Map<Socket<Opening>, Session>();
  let listening: Listening | null = null;
  let draining = false;
  const cancels: (() => void)[] = [];
  const silence = createSilenceWatch({ silence_ms: config.ping_interval_seconds * 1_000, clock, timers, fill: ping });

  const read = createSharedReads((party_id) => desk.snapshot(party_id));
  const look = (party_id: string): Promise<Snapshot | null> =>
    watched.get(party_id)?.party.snapshot() ?? read(party_id);

  const secondStep = createSecondStep(config.token_keys);
  let emptiedAt = clock.monotonic();
  const unlisten = ports.health.onEmptied(() => {
    emptiedAt = clock.monotonic();
  });
  let storeWatch: { stop(): void } | null = null;
  const mayBeRestored = (): boolean => clock.monotonic() - emptiedAt < restorationMs;
  const http = createHttp(ports, { tokens, read, look, secondStep });

  function upgrade(request: UpgradeRequest): UpgradeDecision<Opening> {
    if (draining) return { accept: false, response: answer(problem('not_ready')) };
    const handshake = readHandshake(request, { tokens, allowed_origins: config.allowed_origins });
    const protocol = request.protocols.includes(subprotocol) ? subprotocol : null;
    switch (handshake.result) {
      case 'wrong_origin':
        return { accept: false, response: answer(problem('origin_refused')) };
      case 'has_query':
        return { accept: false, response: answer(problem('invalid_query', 'a handshake takes no parameters')) };
      case 'not_found':
        return { accept: false, response: answer(problem('not_found')) };
      case 'unauthorized':
        return { accept: true, context: null, protocol };
      case 'caller':
        return { accept: true, context: handshake.caller, protocol };
    }
  }

  function newSession(socket: Socket<Opening>, caller: Caller): Session {
    const { message_burst, messages_per_second } = config.limits;
    return {
      id: randomUUID(),
      socket,
      caller,
      bucket: createTokenBucket({ burst: message_burst, per_second: messages_per_second }),
      state: 'joining',
      epoch: 0,
      seq: -1,
      status: 'playing',
      extra_time_percent: 0,
      you: null,
      sent_at: clock.monotonic(),
      refused: 0,
      overreached: new Set(),
    };
  }

  function open(socket: Socket<Opening>): void {
    if (socket.context === null) return socket.close(closeCodes.unauthorized.code, 'unauthorized');
    const session = newSession(socket, socket.context);
    const { party } = watch(session.caller.party_id);
    if (party.size() >= config.limits.sockets_per_party) {
      metrics.rateLimited('connect');
      return socket.close(closeCodes.party_full.code, 'party_full');
    }
    sessions.set(socket, session);
    silence.add(session);
    metrics.socketOpened(session.caller.role);
    note(session, {}, 'a socket opened');
    party.add(session);
    if (session.caller.may_command) takeControl(session);
  }

  /** Nobody is named: user ids of quick parties may be names. */
  function note({ id: session_id, caller: { party_id, role } }: Session, more: object, message: string): void {
    log.debug({ party_id, session_id, role, ...more }, message);
  }

  /**
   * The newest host socket controls. A word that was lost is said again as long as the socket is open: the socket that had
   * control may be gone for good, and its host would be locked out.
   */
  function takeControl(session: Session): void {
    const { id, caller, state } = session;
    if (state === 'gone') return;
    const command = { id, by: commandingName(caller), session: id, action: { type: 'take_control' as const } };
    desk.submit(caller.party_id, command).catch((error: unknown) => {
      note(session, { err: error }, 'control was not taken yet');
      timers.after(controlAgainMs, () => takeControl(session));
    });
  }

  function watch(party_id: string): ReceivePorts {
    const known = watched.get(party_id);
    if (known !== undefined) return known;
    const party = createLocalParty(party_id, {
      desk,
      clock,
      timers,
      log,
      metrics,
      gateway_id,
      secondStep,
      isOver: ports.archive.isOver,
      mayBeRestored,
    });
    const batches = createAnswerBatches({
      batch_ms: config.batch_ms,
      timers,
      accept(round, batch) {
        metrics.batch(batch.length);
        return desk.accept(party_id, round, batch);
      },
    });
    const { health, audit } = ports;
    const made = { party, batches, desk, clock, health, audit, metrics, log };
    watched.set(party_id, made);
    return made;
  }

  function message(socket: Socket<Opening>, text: string): void {
    const session = sessions.get(socket);
    const local = session === undefined ? undefined : watched.get(session.caller.party_id);
    if (session === undefined || local === undefined) return;
    receive(session, text, local);
  }

  function closed(socket: Socket<Opening>, code: number): void {
    const session = sessions.get(socket);
    if (session === undefined) return;
    sessions.delete(socket);
    silence.remove(session);
    session.state = 'gone';
    metrics.socketClosed(code);
    note(session, { code }, 'a socket closed');
    const local = watched.get(session.caller.party_id);
    local?.party.remove(session);
    if (local !== undefined && local.party.size() === 0) timers.after(absenceMs, () => leaveEmpty(local));
  }

  /** Nobody has come back: until then they are waited for. */
  function leaveEmpty({ party }: ReceivePorts): void {
    if (party.size() > 0 || watched.get(party.party_id)?.party !== party) return;
    watched.delete(party.party_id);
    party.leave('has_gone').catch((error: unknown) => log.debug({ err: error }, 'a party was left without a word'));
  }

  /** Silence is filled, so that a dead line is noticed on both ends. */
  function ping(session: Session): void {
    session.sent_at = clock.monotonic();
    session.socket.send(encodeFrame('ping', session, { server_time_ms: Math.round(clock.now()) }));
  }

  /** So many a time as a drain sends in half a second. */
  function sendElsewhere(): void {
    for (const socket of [...sessions.keys()].slice(0, mostSentElsewhere)) {
      socket.close(closeCodes.store_unavailable.code, 'store_unavailable');
    }
  }

  function beat(): void {
    ports.roll.beat(gateway_id).catch((error: unknown) => log.debug({ err: error }, 'no beat'));
    every(beatMs, beat);
  }

  function every(ms: number, call: () => void): void {
    cancels.push(timers.after(ms, call));
    if (cancels.length > 16) cancels.splice(0, cancels.length - 8);
  }

  return {
    gateway_id,
    async listen() {
      const { host, port } = config;
      const limits = {
        max_message_bytes: config.max_message_bytes,
        max_body_bytes: config.max_body_bytes,
        max_backpressure_bytes: config.max_backpressure_bytes,
        idle_timeout_seconds: config.idle_timeout_seconds,
        pings: 'automatic' as const,
        // What is cut is cut a moment later: 5 s is what is promised.
        request_deadline_ms: 4_500,
        trusted_proxies: config.trusted_proxies,
      };
      listening = await ports.transport.listen<Opening>({ host, port }, limits, {
        http,
        upgrade,
        open,
        message,
        closed,
      });
      beat();
      storeWatch = createStoreWatch({ health: ports.health, clock, timers, sendElsewhere });
      return { port: listening.port };
    },
    async drain({ batch = 500, every_ms = 50 } = {}) {
      draining = true;
      listening?.stopAccepting();
      const open = [...sessions];
      for (let from = 0; from < open.length; from += batch) {
        for (const [socket, session] of open.slice(from, from + batch)) {
          if (session.state === 'gone') continue;
          socket.send(encodeFrame('reconnect', session, { after_ms: Math.floor(ports.random() * 500) }));
          socket.close(closeCodes.draining.code, 'draining');
        }
        await new Promise<void>((resume) => timers.after(every_ms, resume));
      }
    },
    async close() {
      for (const cancel of cancels) cancel();
      storeWatch?.stop();
      silence.stop();
      unlisten();
      await listening?.close();
      await Promise.allSettled([...watched.values()].map(({ party }) => party.leave('are_sent')));
      watched.clear();
    },
    sockets: () => sessions.size,
  };
}
