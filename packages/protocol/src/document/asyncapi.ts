/** The AsyncAPI 3.0 document of `/ws/{party_id}`, written from the messages, the refusals and the close codes. */
import { type ClientMessageType, clientFrame, clientMessages } from '../ws/client-message.ts';
import { closeCodes, meansReconnect } from '../ws/close-code.ts';
import { serverMessageTypes } from '../ws/message-type.ts';
import { serverFrame, serverMessages } from '../ws/server-message.ts';
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
  const said = messagesSaid(components);
  const told = messagesTold(components);
  const messages = { ...said, ...told };
  const listed = Object.keys(messages).map((name) => [name, { $ref: `#/components/messages/${name}` }]);
  return {
    asyncapi: '3.0.0',
    info: { title: 'Partyline', version, description },
    defaultContentType: 'application/json',
    channels: {
      party: {
        address: '/ws/{party_id}',
        parameters: { party_id: { description: 'The party: one live session.' } },
        messages: Object.fromEntries(listed),
      },
    },
    operations: {
      say: operation('receive', 'What clients send.', said),
      tell: operation('send', 'What the server sends.', told),
    },
    components: { messages, schemas: components.schemas() },
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

function messagesSaid(components: Components): JsonObject {
  const types = Object.keys(clientMessages) as ClientMessageType[];
  const messages = types.map((type) => {
    const { by, summary } = clientMessages[type];
    return [
      `client_${type}`,
      { name: type, summary, tags: [{ name: `by ${by}` }], payload: components.refer(clientFrame(type)) },
    ];
  });
  return Object.fromEntries(messages);
}

function messagesTold(components: Components): JsonObject {
  const messages = serverMessageTypes.map((type) => {
    const { to, summary } = serverMessages[type];
    return [
      `server_${type}`,
      { name: type, summary, tags: [{ name: `to ${to}` }], payload: components.refer(serverFrame(type)) },
    ];
  });
  return Object.fromEntries(messages);
}
