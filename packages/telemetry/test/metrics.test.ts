import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { createTelemetry, type Metric, metricsMarkdown, metricTable, type Telemetry } from '@partyline/telemetry';

const vocabulary = {
  routes: ['/api/party/{party_id}/join'],
  close_codes: [4000, 4100],
  server_messages: ['question', 'reveal'],
  client_messages: ['start'],
  refusals: ['late'],
};

function telemetryOf(t: TestContext): Telemetry {
  const telemetry = createTelemetry({ level: 'silent', node_id: 'test', vocabulary });
  t.after(() => telemetry.stop());
  return telemetry;
}

const metrics = Object.entries<Metric>(metricTable);

for (const [name, { type, help, labels = {}, buckets }] of metrics) {
  test(`${name} is named after what it counts and its unit, and says what it tells`, () => {
    assert.match(name, /^partyline_[a-z]+(_[a-z]+)+$/);
    assert.equal(name.endsWith('_total'), type === 'counter', 'counters, and only they, end in _total');
    assert.match(help, /^[A-Z0-9][^|\n]+\.$/);
    assert.equal(buckets !== undefined, type === 'histogram');
    assert.deepEqual(
      buckets,
      buckets?.toSorted((a, b) => a - b),
    );
    for (const label of Object.keys(labels)) assert.match(label, /^[a-z]+$/);
  });
}

test('no label takes what a person typed, and no number of them adds a series', async (t) => {
  const telemetry = telemetryOf(t);
  const series = async (): Promise<number> => (await telemetry.metricsText()).match(/^partyline_/gm)?.length ?? 0;
  const flood = (typed: string, n: number) => {
    telemetry.gateway.request(`/api/party/${typed}/join`, 600 + n, 1);
    telemetry.gateway.socketClosed(5_000 + n);
    telemetry.gateway.answered(typed, 1);
    telemetry.gateway.delivered(typed, 1, { here_ms: 1, since_told_ms: 1 });
    telemetry.gateway.command(typed);
    telemetry.gateway.rateLimited(typed as 'join');
    telemetry.gateway.socketOpened(typed as 'host');
    telemetry.gateway.resumed(typed as 'gap');
    telemetry.store.command(typed, 1, 'done');
    telemetry.store.junk(typed);
    telemetry.archive.query({ name: typed, ms: 1, failed: false });
    telemetry.archive.write(typed as 'enroll', 1, 'done');
  };
  flood('Zoë "; DROP', 1);
  const before = await series();
  for (let n = 0; n < 10_000; n += 1) flood(`Zoë ${n}\n{evil="1"}`, n);
  const text = await telemetry.metricsText();
  assert.equal(await series(), before);
  assert.doesNotMatch(text, /Zo|DROP|evil/);
});

test('names of files are held in number too', async (t) => {
  const telemetry = telemetryOf(t);
  for (let n = 0; n < 1_000; n += 1) telemetry.archive.query({ name: `area/find-${n}`, ms: 1, failed: false });
  const text = await telemetry.metricsText();
  const queries = text.match(/^partyline_archive_queries_total\{/gm)?.length ?? 0;
  assert.ok(queries > 100 && queries <= 129, `${queries} series`);
  assert.match(text, /partyline_archive_queries_total\{query="other",outcome="done"\} 872/);
});

test('each part counts in its own words, and times come out in seconds', async (t) => {
  const telemetry = telemetryOf(t);
  telemetry.leader.claimed(1);
  telemetry.leader.claimed(2);
  telemetry.leader.refused('fenced');
  telemetry.leader.leads(7);
  telemetry.leader.gap(1_200);
  telemetry.leader.tickLate(3);
  telemetry.leader.scored(40);
  telemetry.gateway.request('/api/party/{party_id}/join', 200, 20);
  telemetry.gateway.socketClosed(4100);
  telemetry.gateway.socketClosed(1006);
  telemetry.gateway.answered('accepted', 4);
  telemetry.gateway.delivered('question', 500, { here_ms: 12, since_told_ms: 30 });
  telemetry.gateway.delivered('question', 500, { here_ms: 12, since_told_ms: null });
  telemetry.store.command('accept-answers', 1, 'done');
  telemetry.store.emptied();
  telemetry.archive.write('save_results', 100, 'failed');
  telemetry.watch('partyline_open_sockets', () => 3);
  telemetry.watch('partyline_archive_connections', () => ({ busy: 1, idle: 2, waiting: 0 }));
  const text = await telemetry.metricsText();
  for (const line of [
    'partyline_claims_total{history="original"} 1',
    'partyline_claims_total{history="restored"} 1',
    'partyline_fenced_commits_total 1',
    'partyline_led_parties 7',
    'partyline_leader_gap_seconds_sum 1.2',
    'partyline_tick_lateness_seconds_sum 0.003',
    'partyline_scored_players_total 40',
    'partyline_http_requests_total{route="/api/party/{party_id}/join",status="200"} 1',
    'partyline_http_request_seconds_sum{route="/api/party/{party_id}/join"} 0.02',
    'partyline_closed_sockets_total{code="4100"} 1',
    'partyline_closed_sockets_total{code="1006"} 1',
    'partyline_answers_total{result="accepted"} 1',
    'partyline_answers_total{result="late"} 0',
    'partyline_answer_ack_seconds_sum 0.004',
    'partyline_broadcast_frames_total{type="question"} 1000',
    'partyline_broadcast_delay_seconds_count{type="question"} 2',
    'partyline_broadcast_skew_seconds_sum{type="question"} 0.03',
    'partyline_broadcast_skew_seconds_count{type="question"} 1',
    'partyline_store_commands_total{script="accept-answers",outcome="done"} 1',
    'partyline_store_emptied_total 1',
    'partyline_archive_writes_total{write="save_results",outcome="failed"} 1',
    'partyline_open_sockets 3',
    'partyline_archive_connections{state="idle"} 2',
  ]) {
    assert.ok(text.includes(`${line}\n`), line);
  }
  assert.match(text, /^partyline_loop_lag_seconds\{quantile="0.99"\} \d/m);
  assert.match(text, /^process_resident_memory_bytes \d/m);
  assert.doesNotMatch(text, /^nodejs_eventloop_lag/m, 'the loop is watched once, by us');
});

test('two nodes in one process count apart', async (t) => {
  const [one, other] = [telemetryOf(t), telemetryOf(t)];
  one.leader.failed();
  assert.match(await one.metricsText(), /^partyline_failed_steps_total 1$/m);
  assert.match(await other.metricsText(), /^partyline_failed_steps_total 0$/m);
});

test('the markdown has one row for each metric', () => {
  const rows = metricsMarkdown().split('\n').slice(2);
  assert.equal(rows.length, metrics.length);
  for (const [index, [name]] of metrics.entries()) {
    assert.ok(rows[index]?.startsWith(`| \`${name}\` | `), name);
    assert.equal(rows[index]?.split(' | ').length, 4, 'four cells');
  }
});
