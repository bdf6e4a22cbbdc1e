/** How a cost grows with a size: the exponent of the power law that fits best. 0: not at all, 1: in proportion. */

export function exponent(points: readonly (readonly [size: number, cost: number])[]): number {
  const logs = points
    .filter(([size, cost]) => size > 0 && cost > 0)
    .map(([size, cost]) => [Math.log(size), Math.log(cost)] as const);
  if (logs.length < 2) return Number.NaN;
  const mean = (at: 0 | 1): number => logs.reduce((sum, pair) => sum + pair[at], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const covariance = logs.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0);
  const variance = logs.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
  return covariance / variance;
}
