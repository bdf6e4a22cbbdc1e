/** The table as the README shows it. */
import { type LabelValues, type Metric, metricTable } from './metric-table.ts';

const words: Readonly<Record<string, string>> = {
  routes: 'path template',
  close_codes: 'close code',
  server_messages: 'message type',
  client_messages: 'message type',
  refusals: 'error code',
};

function described(values: LabelValues): string {
  if (values === 'file_names') return 'name';
  if ('of' in values) return [words[values.of], ...(values.of === 'close_codes' ? [] : (values.and ?? []))].join(', ');
  return values.length > 8 ? 'known values' : values.join(', ');
}

export function metricsMarkdown(): string {
  const rows = Object.entries<Metric>(metricTable).map(([name, { type, labels = {}, help }]) => {
    const shown = Object.entries(labels).map(([label, values]) => `\`${label}\` (${described(values)})`);
    return `| \`${name}\` | ${type} | ${shown.join('; ')} | ${help} |`;
  });
  return ['| Metric | Type | Labels | What it tells |', '|---|---|---|---|', ...rows].join('\n');
}
