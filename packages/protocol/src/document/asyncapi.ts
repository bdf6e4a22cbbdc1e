/** The AsyncAPI 3.0 document of `/ws/{party_id}`, written from the messages, the refusals and the close codes. */
import type Type from 'typebox';
import { clientFrames, clientMessages } from '../ws/client-message.ts';
import { closeCodes, meansReconnect } from '../ws/close-code.ts';
import { serverFrames, serverMessages } from '../ws/server-message.ts';
import { wsErrors } from '../ws/ws-error.ts';
import { type Components, createComponents, type JsonObject } from './components.ts';

const description = [
  'Every frame is one JSON text message. A token travels in `Authorization: Bearer` or, from a browser, as the',
  'subprotocol pair `partyline.v1, token.<token>`; the server selects `partyline.v1`. A reply (`ack` or `error`) repeats',
  'the `id` it answers; the same `id` again is safe and gets the same reply. Within an `epoch`, `seq` never falls: after a',
  'gap, `sync` asks for a fresh `state`.',
  '`x-error-codes` and `x-close-codes` list every refusal and every reason to close.',
].join(' ');

export function asyncApiDocument({ version = '1' }: { version?: string } = {}): JsonObject {
  const components = createComponents();
  const told = Object.entries(serverMessages).map(([type, { to, summary }]) => ({ type, summary, tag: `to ${to}` }));
  const said = Object.entries(clientMessages).map(([type, { by, summary }]) => ({ type, summary, tag: `by ${by}` }));
  const fromServer = messages('server', told, { frames: serverFrames, components });
  const fromClient = messages('client', said, { frames: clientFrames, components });
  const all = { ...fromClient, ...fromServer };
  return {
    asyncapi: '3.0.0',
    info: { title: 'Partyline', version, description },
    defaultContentType: 'application/json',
    channels: {
      party: {
        address: '/ws/{party_id}',
        parameters: { party_id: { description: 'The party: one live session.' } },
        messages: Object.fromEntries(Object.keys(all).map((name) => [name, { $ref: `#/components/messages/${name}` }])),
      },
    },
    operations: {
      say: operation('receive', 'What clients send.', fromClient),
      tell: operation('send', 'What the server sends.', fromServer),
    },
    components: { messages: all, schemas: components.schemas() },
    'x-error-codes': wsErrors,
    'x-close-codes': Object.fromEntries(
      Object.entries(closeCodes).map(([name, entry]) => [name, { ...entry, reconnect: meansReconnect(entry.code) }]),
    ),
  };
}

/** `action` as AsyncAPI 3 has it: what the described application, the server, does. */
function operation(action: 'send' | 'receive', summary: string, messages: JsonObject): JsonObject {
  const listed = Object.keys(messages).map((name) => ({ $ref: `#/channels/party/messages/${name}` }));
  return { action, summary, channel: { $ref: '#/channels/party' }, messages: listed };
}

function messages(
  side: 'client' | 'server',
  list: { type: string; summary: string; tag: string }[],
  { frames, components }: { frames: ReadonlyMap<string, Type.TSchema>; components: Components },
): JsonObject {
  const described = list.map(({ type, summary, tag }) => {
    const payload = components.refer(frames.get(type) ?? {});
    return [`${side}_${type}`, { name: type, summary, tags: [{ name: tag }], payload }];
  });
  return Object.fromEntries(described);
}
