/**
 * The table's metrics as things to count with. The only file that knows prom-client: every label passes `boundedLabel` on
 * its way in, so that no caller has to think of it.
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { boundedLabel, knownValues } from './label-values.ts';
import { type Metric, type MetricName, type MetricTable, metricTable, type Vocabulary } from './metric-table.ts';

type NamesOf<Type extends Metric['type']> = {
  [Name in MetricName]: MetricTable[Name]['type'] extends Type ? Name : never;
}[MetricName];

export type Labels<Name extends MetricName> = MetricTable[Name] extends { labels: infer L }
  ? { readonly [Label in keyof L]: string }
  : Readonly<Record<never, string>>;

/** What a gauge shows: a number, or one for each value of its only label. */
export type Reading = number | Readonly<Record<string, number>>;

export interface Instruments {
  counter<Name extends NamesOf<'counter'>>(name: Name): (labels: Labels<Name>, amount?: number) => void;
  histogram<Name extends NamesOf<'histogram'>>(name: Name): (value: number, labels: Labels<Name>) => void;
  gauge<Name extends NamesOf<'gauge'>>(name: Name): (value: number, labels: Labels<Name>) => void;
  /** Reads the gauge anew at each scrape. */
  watch(name: NamesOf<'gauge'>, read: () => Reading): void;
  text(): Promise<string>;
  contentType: string;
}

export function createInstruments(vocabulary: Vocabulary): Instruments {
  const registry = new Registry();
  const counters = new Map<string, Counter>();
  const gauges = new Map<string, Gauge>();
  const histograms = new Map<string, Histogram>();
  const readings = new Map<string, () => Reading>();
  collectOfProcess(registry);

  for (const [name, metric] of Object.entries<Metric>(metricTable)) {
    const labelNames = Object.keys(metric.labels ?? {});
    const options = { name, help: metric.help, labelNames, registers: [registry] };
    if (metric.type === 'counter') counters.set(name, startAtZero(new Counter(options), metric, vocabulary));
    if (metric.type === 'histogram')
      histograms.set(name, new Histogram({ ...options, buckets: [...(metric.buckets ?? [])] }));
    if (metric.type === 'gauge') {
      const [label] = labelNames;
      const collect = () => show(gauges.get(name), label, readings.get(name));
      gauges.set(name, new Gauge({ ...options, collect }));
    }
  }

  function boundedLabels(name: MetricName): (labels: Readonly<Record<string, string>>) => Record<string, string> {
    const metric: Metric = metricTable[name];
    const bounds = Object.entries(metric.labels ?? {}).map(
      ([label, values]) => [label, boundedLabel(values, vocabulary)] as const,
    );
    return (labels) => {
      const held: Record<string, string> = {};
      for (const [label, bound] of bounds) held[label] = bound(String(labels[label]));
      return held;
    };
  }

  return {
    counter(name) {
      const counter = of(counters, name);
      const bound = boundedLabels(name);
      return (labels, amount = 1) => counter.inc(bound(labels), amount);
    },
    histogram(name) {
      const histogram = of(histograms, name);
      const bound = boundedLabels(name);
      return (value, labels) => histogram.observe(bound(labels), Number.isFinite(value) ? value : 0);
    },
    gauge(name) {
      const gauge = of(gauges, name);
      const bound = boundedLabels(name);
      return (value, labels) => gauge.set(bound(labels), value);
    },
    watch: (name, read) => void readings.set(name, read),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

/** What prom-client tells of any process, without its watch over the event loop: `partyline_loop_lag_seconds` is ours. */
function collectOfProcess(registry: Registry): void {
  // It cannot be left out, but be asked to look so seldom that it wakes nobody.
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 3_600_000 });
  for (const { name } of registry.getMetricsAsArray())
    if (name.startsWith('nodejs_eventloop_lag')) registry.removeSingleMetric(name);
}

function of<M>(metrics: Map<string, M>, name: string): M {
  const metric = metrics.get(name);
  if (metric === undefined) throw new RangeError(`${name} is not in the table under this type`);
  return metric;
}

/** A rate over a series that appears with its first event misses that event. */
function startAtZero(counter: Counter, { labels = {} }: Metric, vocabulary: Vocabulary): Counter {
  const [label, ...more] = Object.keys(labels);
  const values = label === undefined ? undefined : labels[label];
  if (label === undefined || values === undefined || more.length > 0) return counter;
  for (const value of knownValues(values, vocabulary) ?? []) counter.inc({ [label]: value }, 0);
  return counter;
}

function show(gauge: Gauge | undefined, label: string | undefined, read: (() => Reading) | undefined): void {
  if (gauge === undefined || read === undefined) return;
  const reading = read();
  if (typeof reading === 'number') return gauge.set(reading);
  if (label === undefined) return;
  for (const [value, number] of Object.entries(reading)) gauge.set({ [label]: value }, number);
}
