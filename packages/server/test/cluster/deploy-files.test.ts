/** The files of deploy/, each checked by its own tool where there is one, else by its schema; and that they agree with each other and with us. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { promisify } from 'node:util';
import { metricTable } from '@partyline/telemetry';
import { deployFile, type Json, type JsonObject, loadChecks } from '../../../../deploy/check/check.ts';
import { dashboardExpressions, readDashboard, ruleExpressions, rules } from '../../../../deploy/check/expressions.ts';
import { nginxConfig } from '../../../../deploy/check/nginx-config.ts';
import { mostNodes } from '../../../../deploy/cluster/balancer.ts';
import { findTool } from '../../../../deploy/cluster/tool.ts';
import { knownValues } from '../../../telemetry/src/label-values.ts';
import type { Metric } from '../../../telemetry/src/metric-table.ts';
import { readNodeEnvironment } from '../../src/config.ts';
import { type Variable, variables } from '../../src/config-schema.ts';
import { vocabulary } from '../../src/role-options.ts';

const run = promisify(execFile);
const text = (...path: string[]): Promise<string> => readFile(deployFile(...path), 'utf8');
const seconds = (duration: string): number => Number.parseInt(duration, 10) * (duration.endsWith('m') ? 60 : 1);
const idleLimit = variables.WS_IDLE_TIMEOUT_SECONDS.default;

async function yaml(...path: string[]): Promise<JsonObject[]> {
  return (await loadChecks()).yaml(await text(...path)) as JsonObject[];
}

async function scratch(t: TestContext): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'pl-'));
  t.after(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** What a path of keys leads to; undefined where it ends early. */
function at(document: Json | undefined, ...keys: (string | number)[]): Json | undefined {
  return keys.reduce<Json | undefined>(
    (value, key) => (typeof value === 'object' && value !== null ? (value as JsonObject)[key] : undefined),
    document,
  );
}

test('haproxy accepts its configuration, with every option on and with none', async (t) => {
  const haproxy = await findTool('haproxy');
  const dir = await scratch(t);
  const check = (env: Record<string, string>) =>
    run(haproxy, ['-c', '-f', deployFile('haproxy/haproxy.cfg')], { env: { PATH: process.env.PATH, ...env } });
  const node = (index: number) => ({ [`NODE_${index}`]: `127.0.0.1:${9_000 + index}` });
  const all = Object.assign({}, ...Array.from({ length: mostNodes }, (_, index) => node(index + 1)));
  await check(node(1));
  const options = {
    HAPROXY_MAXCONN: '1000',
    HAPROXY_SOCKET: join(dir, 's'),
    HAPROXY_ACCEPT_PROXY: '1',
    HAPROXY_SLOWSTART: '5s',
  };
  await check({ ...all, ...options });
  await assert.rejects(
    check({ ...all, HAPROXY_CERTIFICATE: join(dir, 'nowhere.pem') }),
    /unable to (stat|load)|No such file/,
  );
  const config = await text('haproxy/haproxy.cfg');
  assert.equal(config.match(/^ {2}server node-/gm)?.length, mostNodes);
  assert.match(config, /balance leastconn/);
  assert.match(config, /uri \/readyz/);
  assert.ok(seconds(/timeout tunnel (\w+)/.exec(config)?.[1] ?? '') > idleLimit, 'a node closes a silent socket first');
});

test('nginx accepts its configuration', async (t) => {
  const dir = await scratch(t);
  const config = await nginxConfig({
    NGINX_LISTEN: '127.0.0.1:18080',
    NGINX_TMP: dir,
    NGINX_SERVERS: 'server 127.0.0.1:9001 max_fails=2 fail_timeout=5s;',
  });
  await writeFile(join(dir, 'nginx.conf'), config);
  await run(await findTool('nginx'), ['-t', '-p', dir, '-c', 'nginx.conf', '-e', 'stderr', '-g', 'pid nginx.pid;']);
  assert.match(config, /least_conn;/);
  for (const [, timeout] of config.matchAll(/proxy_(?:read|send)_timeout (\w+);/g)) {
    assert.ok(seconds(timeout ?? '') > idleLimit);
  }
});

test('promtool accepts configuration and rules, and the rules pass their tests', async (t) => {
  const promtool = await findTool('promtool');
  const at = { cwd: deployFile('prometheus') };
  await run(promtool, ['check', 'config', 'prometheus.yml'], at);
  const [ofRules, ofDashboard] = await Promise.all([
    run(promtool, ['test', 'rules', 'alerts.test.yml'], at),
    checkDashboard(await scratch(t)),
  ]);
  assert.match(`${ofRules.stdout}${ofRules.stderr}`, /SUCCESS/);
  assert.match(ofDashboard, /SUCCESS/);

  /** As rules, since those are what promtool parses. */
  async function checkDashboard(dir: string): Promise<string> {
    const { expressions } = await dashboardExpressions();
    const asRules = expressions.map(({ expression }, index) => ({ record: `panel:${index}`, expr: expression }));
    await writeFile(join(dir, 'rules.yml'), JSON.stringify({ groups: [{ name: 'dashboard', rules: asRules }] }));
    const { stdout, stderr } = await run(promtool, ['check', 'rules', join(dir, 'rules.yml')]);
    return stdout + stderr;
  }
});

/** Beside the table: what Prometheus, prom-client and our own recording rules make. */
const others = /^(up|ALERTS|process_(cpu_seconds_total|resident_memory_bytes|open_fds|max_fds))$/;
const added = ['instance', 'job', 'le', 'namespace', 'pod'];

test('dashboard, alerts and service levels ask only for metrics and labels there are', async () => {
  const { selectors } = await loadChecks();
  const recorded = new Set((await rules('slo.yml')).map(({ record }) => record));
  const { expressions } = await dashboardExpressions();
  const asked = [...expressions, ...(await ruleExpressions())].flatMap(({ expression }) => selectors(expression));
  assert.ok(asked.length > 150, `${asked.length}`);
  for (const { metric, matchers } of asked) {
    if (others.test(metric) || recorded.has(metric)) continue;
    const [name, found] = tableEntry(metric);
    assert.ok(found, `${metric} is not in the table`);
    for (const { label, op, value } of matchers) {
      if (added.includes(label)) continue;
      const values = found.labels?.[label];
      assert.ok(values, `${name} has no label ${label}`);
      const known = knownValues(values, vocabulary);
      if (known === null || op === '!=') continue;
      for (const each of op === '=' ? [value] : value.split('|')) {
        const isKnown = known.some((one) => (op === '=' ? one === each : new RegExp(`^(?:${each})$`).test(one)));
        assert.ok(isKnown, `${name} never has ${label}="${each}"`);
      }
    }
    for (const bucket of matchers.filter(({ label, op }) => label === 'le' && op === '=')) {
      assert.ok(found.buckets?.includes(Number(bucket.value)), `${name} has no bucket ${bucket.value}`);
    }
  }
});

function tableEntry(metric: string): [string, Metric | undefined] {
  const table: Readonly<Record<string, Metric>> = metricTable;
  const base = metric.replace(/_(bucket|sum|count)$/, '');
  return table[base]?.type === 'histogram' ? [base, table[base]] : [metric, table[metric]];
}

test('scripts that expressions name are files', async () => {
  const { selectors } = await loadChecks();
  const scripts = (await readdir(new URL('../../../redis/src/lua', import.meta.url))).map((file) => file.split('.')[0]);
  for (const { matchers } of (await ruleExpressions()).flatMap(({ expression }) => selectors(expression))) {
    for (const { label, value } of matchers) {
      if (label === 'script') for (const name of value.split('|')) assert.ok(scripts.includes(name), name);
    }
  }
});

test('the dashboard shows every metric of the table', async () => {
  const { selectors } = await loadChecks();
  const { expressions } = await dashboardExpressions();
  const shown = new Set(expressions.flatMap(({ expression }) => selectors(expression)).map(({ metric }) => metric));
  const missing = Object.keys(metricTable).filter(
    (name) => !['', '_bucket', '_count'].some((suffix) => shown.has(`${name}${suffix}`)),
  );
  assert.deepEqual(missing, []);
  const { panels } = await readDashboard();
  for (const { datasource, targets = [] } of panels) {
    for (const each of [datasource, ...targets.map((target) => target.datasource)]) {
      if (each !== undefined) assert.match(each.uid, /^\$\{datasource\}$/, 'loads into any Grafana');
    }
  }
});

test('every alert has a severity, a section of the runbook, and fires in a test', async () => {
  const runbook = await text('runbook.md');
  const sections = [...runbook.matchAll(/^### (\w+)$/gm)].map(([, name]) => name);
  const alerts = await rules('alerts.yml');
  assert.deepEqual(
    sections,
    alerts.map(({ alert }) => alert),
    'sections are the alerts, in their order',
  );
  const tested = await text('prometheus/alerts.test.yml');
  for (const { alert = '', labels, annotations } of alerts) {
    assert.match(labels?.severity ?? '', /^(page|ticket)$/);
    assert.ok(annotations?.summary && annotations.description, alert);
    assert.equal(annotations.runbook_url, `deploy/runbook.md#${alert.toLowerCase()}`);
    assert.ok(tested.includes(`alertname="${alert}", alertstate="firing"`), `${alert} fires in no test`);
  }
  const { panels } = await readDashboard();
  const titles = new Set(panels.map(({ title }) => title));
  for (const [, name = ''] of runbook.matchAll(/(?<!\*)\*([^*\n]+)\*(?!\*)/g)) {
    const [panel = '', row] = name.split(' › ').reverse();
    const isPage = name === 'Alerts' || name === "the nodes' part";
    const isRow = row === undefined || [...titles].some((title) => title.startsWith(row));
    assert.ok(isPage || (titles.has(panel) && isRow), `*${name}* is no panel of the dashboard`);
  }
  const anchors = new Set(sections.map((name) => name?.toLowerCase()));
  for (const [, anchor] of runbook.matchAll(/\(#(\w+)\)/g)) assert.ok(anchors.has(anchor), `#${anchor}`);
});

test('every command that is written down is one of make, which brings its own Node', async () => {
  const makefile = await text('../Makefile');
  const targets = new Set([...makefile.matchAll(/^([a-z-]+):/gm)].map(([, target]) => target));
  const files = [
    '../README.md',
    '../loadtest/README.md',
    'README.md',
    'runbook.md',
    'SCALING.md',
    'cluster/cluster.ts',
  ];
  for (const file of files) {
    const content = await text(file);
    for (const [, target = ''] of content.matchAll(/(?:^|[`'"])make ([a-z-]+)/gm)) {
      assert.ok(targets.has(target), `${file}: make ${target}`);
    }
    assert.doesNotMatch(content, /[`'"]node [\w./-]+\.(ts|mjs)/, file);
  }
});

test('compose.yaml fits its schema, and its parts fit each other', async () => {
  const { composeProblems } = await loadChecks();
  const [compose = {}] = await yaml('compose.yaml');
  assert.deepEqual(composeProblems(compose), []);
  assert.notDeepEqual(composeProblems({ services: { one: { imagge: 'x' } } }), []);
  const services = compose.services as Record<string, JsonObject>;
  const nodes = Object.keys(services).filter((name) => name.startsWith('node-'));
  assert.equal(nodes.length, 3);
  for (const [index, name] of nodes.entries()) {
    assert.equal(at(services.haproxy, 'environment', `NODE_${index + 1}`), `${name}:8080`);
    const environment = compositeEnvironment(at(services[name], 'environment') as Record<string, string>);
    const unknown = Object.keys(environment).filter((variable) => !(variable in variables));
    assert.deepEqual(unknown, []);
    const { NODE_ID, DRAIN_SECONDS } = readNodeEnvironment(environment);
    assert.equal(NODE_ID, name);
    assert.ok(seconds(String(at(services[name], 'stop_grace_period'))) >= DRAIN_SECONDS + 3);
    assert.equal(at(services[name], 'read_only'), true);
  }
  const [targets] = JSON.parse(await text('prometheus/targets/nodes.json'));
  assert.deepEqual(
    targets.targets,
    nodes.map((name) => `${name}:8081`),
  );
  const command = at(services.redis, 'command') as string[];
  assert.ok(
    command.join(' ').includes('--appendonly yes') && command.join(' ').includes('--maxmemory-policy noeviction'),
  );
  const [provider = {}] = await yaml('grafana/provisioning/dashboards/partyline.yaml');
  const folder = at(provider, 'providers', 0, 'options', 'path');
  assert.ok(
    (at(services.grafana, 'volumes') as string[]).some((volume) => volume.includes(`:${folder}/dashboard.json`)),
  );
  const [source = {}] = await yaml('grafana/provisioning/datasources/prometheus.yaml');
  assert.equal(at(source, 'datasources', 0, 'url'), 'http://prometheus:9090');
});

/** `${NAME:-default}` as compose fills it in. */
function compositeEnvironment(environment: Record<string, string>): Record<string, string> {
  const filled = Object.entries(environment).map(([name, value]) => [name, value.replace(/\$\{\w+:-([^}]*)\}/g, '$1')]);
  return Object.fromEntries(filled);
}

test('the image is of the pinned Node, runs as nobody in particular and gets its signals', async () => {
  const dockerfile = await text('docker/Dockerfile');
  const pinned = /PINNED=([\d.]+)/.exec(await text('../.make/node22.sh'))?.[1];
  assert.ok(dockerfile.includes(`node:${pinned}-`), `Node ${pinned}`);
  assert.match(dockerfile, /^USER 1000:1000$/m);
  assert.match(dockerfile, /^STOPSIGNAL SIGTERM$/m);
  assert.match(dockerfile, /^ENTRYPOINT \["node"\]$/m);
  assert.match(dockerfile, /verifyNativeFile\(\)/);
  for (const [, program = ''] of dockerfile.matchAll(/^CMD \["(.+)"\]$/gm)) await readFile(deployFile('..', program));
  const ignored = await text('../.dockerignore');
  for (const kept of ['!package-lock.json', '!packages', '!sql']) {
    assert.ok(ignored.includes(`${kept}\n`), kept);
  }
});

test('the manifests fit the schemas of Kubernetes and of the Prometheus operator', async () => {
  const { kubernetesProblems } = await loadChecks();
  const files = (await readdir(deployFile('kubernetes/base'))).filter((file) => file !== 'kustomization.yaml');
  const [kustomization = {}] = await yaml('kubernetes/base/kustomization.yaml');
  assert.deepEqual([...(kustomization.resources as string[])].sort(), files.sort());
  for (const file of files) {
    for (const document of await yaml('kubernetes/base', file)) {
      assert.deepEqual(await kubernetesProblems(document), [], file);
    }
  }
  const misspelt = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'x' }, spec: { selektor: { a: 'b' } } };
  assert.deepEqual(await kubernetesProblems(misspelt), [
    '/spec/selektor/a is not known to the schema',
    '/spec/selektor is not known to the schema',
  ]);
});

test('the manifests say what a node needs, and agree with it', async () => {
  const [deployment = {}] = await yaml('kubernetes/base/deployment.yaml');
  const pod = at(deployment, 'spec', 'template', 'spec') as JsonObject;
  const container = at(pod, 'containers', 0) as JsonObject;
  const [kustomization = {}] = await yaml('kubernetes/base/kustomization.yaml');
  const literals = (at(kustomization, 'configMapGenerator', 0, 'literals') as string[]).map((pair) => pair.split('='));
  const env = container.env as { name: string; value?: string; valueFrom?: JsonObject }[];
  for (const name of [...literals.map(([key = '']) => key), ...env.map((each) => each.name)]) {
    assert.ok(name in variables, `${name} is no variable of ours`);
  }
  for (const { name, value, valueFrom } of env) {
    assert.equal(value, undefined);
    const variable: Variable = variables[name as keyof typeof variables];
    if (variable.secret) assert.ok(valueFrom?.secretKeyRef, `${name} comes from a secret`);
  }
  readNodeEnvironment({
    ...Object.fromEntries(literals),
    ...{ NODE_ENV: 'production', REDIS_URL: 'redis://r:6379', DATABASE_URL: 'postgres://p/p' },
    TOKEN_KEYS: 'mZ5rXv0qL8sT2wYb7NcK4dHgJ1fPaE9u',
  });
  const needed = Object.entries<Variable>(variables).flatMap(([name, { secret }]) => (secret ? [name] : []));
  const ofMakeRun = ['HOST_KEY'];
  assert.deepEqual(
    needed.filter((name) => !env.some((each) => each.name === name)),
    ofMakeRun,
    'every secret of a node has its reference',
  );
  const [policy = {}] = await yaml('kubernetes/base/network-policy.yaml');
  const letOut = (at(policy, 'spec', 'egress') as JsonObject[]).flatMap((rule) => rule.ports as { port: number }[]);
  const letIn = (at(policy, 'spec', 'ingress') as JsonObject[]).flatMap((rule) => rule.ports as { port: string }[]);
  const readme = await text('README.md');
  const stores = [...readme.matchAll(/host:(\d+)/g)].map(([, port]) => Number(port));
  assert.ok(stores.length > 0);
  for (const port of [6379, 26379, 5432, ...stores])
    assert.ok(
      letOut.some((each) => each.port === port),
      `${port}`,
    );
  const open = (container.ports as { name: string }[]).map(({ name }) => name);
  assert.deepEqual(letIn.map(({ port }) => port).sort(), open.sort());
  const drain = Number(literals.find(([key]) => key === 'DRAIN_SECONDS')?.[1]);
  const preStop = Number(at(container, 'lifecycle', 'preStop', 'sleep', 'seconds'));
  assert.ok(Number(pod.terminationGracePeriodSeconds) > preStop + drain + 3);
  assert.equal(at(container, 'readinessProbe', 'httpGet', 'path'), '/readyz');
  assert.equal(at(container, 'livenessProbe', 'httpGet', 'path'), '/healthz');
  assert.equal(at(pod, 'securityContext', 'runAsNonRoot'), true);
  assert.equal(at(container, 'securityContext', 'readOnlyRootFilesystem'), true);
  assert.equal(at(container, 'resources', 'limits', 'cpu'), undefined);

  const [autoscaler = {}] = await yaml('kubernetes/base/horizontal-pod-autoscaler.yaml');
  const wanted = (at(autoscaler, 'spec', 'metrics') as JsonObject[]).map((metric) =>
    at(metric, 'pods', 'metric', 'name'),
  );
  const [adapter = {}] = await yaml('kubernetes/prometheus-adapter.yaml');
  const given = at(adapter, 'rules', 'custom') as JsonObject[];
  assert.deepEqual(
    wanted.filter((name) => name !== undefined),
    given.map((rule) => at(rule, 'name', 'as')),
  );
  const { selectors } = await loadChecks();
  for (const rule of given) {
    const [selector] = selectors(String(rule.seriesQuery));
    assert.ok(selector && selector.metric in metricTable, selector?.metric);
    const filled = String(rule.metricsQuery).replaceAll('<<.Series>>', selector.metric);
    selectors(filled.replaceAll('<<.GroupBy>>', 'pod').replaceAll('<<.LabelMatchers>>', 'pod="x"'));
  }
  const [ingress = {}] = await yaml('kubernetes/base/ingress.yaml');
  const annotations = at(ingress, 'metadata', 'annotations') as Record<string, string>;
  const timeouts = Object.entries(annotations).filter(([name]) =>
    /timeout-tunnel|proxy-(read|send)-timeout/.test(name),
  );
  assert.equal(timeouts.length, 4);
  for (const [name, value] of timeouts) assert.ok(seconds(value) > idleLimit, name);
});

test('kustomize builds the base and the example', async (t) => {
  const { kubernetesProblems, yaml: parse } = await loadChecks();
  for (const folder of ['base', 'example']) {
    const built = await run('kubectl', ['kustomize', deployFile('kubernetes', folder)]).catch((error) => {
      if (error.code !== 'ENOENT') throw error;
      return null;
    });
    if (built === null) return t.skip('no kubectl here');
    const documents = parse(built.stdout) as JsonObject[];
    assert.equal(documents.length, 10);
    for (const document of documents) assert.deepEqual(await kubernetesProblems(document), []);
    const pod = documents.find(({ kind }) => kind === 'Deployment');
    assert.equal(at(pod, 'spec', 'template', 'metadata', 'labels', 'app.kubernetes.io/part-of'), 'partyline');
    assert.match(String(at(pod, 'spec', 'template', 'spec', 'containers', 0, 'image')), /partyline:0\.1\.0$/);
  }
});
