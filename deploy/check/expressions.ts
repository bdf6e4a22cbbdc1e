/** Every PromQL expression of the dashboard and of the rules, with where it stands. Knows nothing of what they ask. */
import { readFile } from 'node:fs/promises';
import { deployFile, type Json, type JsonObject, loadChecks } from './check.ts';

export interface Expression {
  readonly expression: string;
  /** Null for a rule. */
  readonly panel: string | null;
}

interface Panel {
  title: string;
  type: string;
  description?: string;
  datasource?: { uid: string };
  targets?: { expr: string; datasource: { uid: string } }[];
}

export interface Dashboard {
  panels: Panel[];
  annotations: { list: { name: string; expr: string }[] };
}

export const readDashboard = async (): Promise<Dashboard> =>
  JSON.parse(await readFile(deployFile('grafana/dashboard.json'), 'utf8'));

/** Grafana's variables as it would fill them in. */
const filledIn = (expression: string): string =>
  expression.replaceAll('$__rate_interval', '1m').replaceAll('$instance', '.*');

/** `panels`: the titles of those that ask something. */
export async function dashboardExpressions(): Promise<{ expressions: Expression[]; panels: string[] }> {
  const { panels, annotations } = await readDashboard();
  const asking = panels.filter(({ type }) => type !== 'row');
  const expressions = asking.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }) => ({ panel: title, expression: filledIn(expr) })),
  );
  const notes = annotations.list.map(({ expr }) => ({ panel: null, expression: filledIn(expr) }));
  return { expressions: [...expressions, ...notes], panels: asking.map(({ title }) => title) };
}

export interface Rule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

export async function rules(file: 'alerts.yml' | 'slo.yml'): Promise<Rule[]> {
  const { yaml } = await loadChecks();
  const [document] = yaml(await readFile(deployFile('prometheus', file), 'utf8'));
  const { groups = [] } = (document ?? {}) as { groups?: Json[] };
  return (groups as JsonObject[]).flatMap((group) => group.rules as unknown as Rule[]);
}

export async function ruleExpressions(): Promise<Expression[]> {
  const all = [...(await rules('slo.yml')), ...(await rules('alerts.yml'))];
  return all.map(({ expr }) => ({ panel: null, expression: expr }));
}
