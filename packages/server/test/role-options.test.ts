import assert from 'node:assert/strict';
import test from 'node:test';
import { closeCodes, serverMessageTypes, wsErrors } from '@partyline/protocol';
import { createTelemetry } from '@partyline/telemetry';
import { vocabulary } from '../src/role-options.ts';

test('what the protocol can say is counted under its own name, and nothing of it as "other"', async (t) => {
  const telemetry = createTelemetry({ level: 'silent', node_id: 'test', vocabulary });
  t.after(() => telemetry.stop());
  const { gateway } = telemetry;
  for (const { code } of Object.values(closeCodes)) gateway.socketClosed(code);
  for (const type of serverMessageTypes) gateway.delivered(type, 1, { here_ms: 1, since_told_ms: 1 });
  for (const code of Object.keys(wsErrors)) gateway.answered(code, 1);
  for (const type of ['start', 'next', 'kick', 'extend', 'end']) gateway.command(type);
  for (const route of ['/api/party/init', '/api/party/{party_id}/join', '/openapi.json', 'asset'])
    gateway.request(route, 200, 1);
  const text = await telemetry.metricsText();
  assert.doesNotMatch(text, /="other"/);
  gateway.request('other', 404, 1);
  assert.match(await telemetry.metricsText(), /route="other",status="404"/);
});
