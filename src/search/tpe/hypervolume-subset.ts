/**
 * The rows that together dominate the most: greedily, one by one, which reaches at least 1 - 1/e of
 * the best (Guerreiro, Fonseca & Paquete, "Greedy hypervolume subset selection in low dimensions", 2016).
 */
import { hypervolume, type Losses } from "../pareto.js";

const tiny = 1e-12;

/** Indexes of `size` rows, as they were chosen. The reference point is a tenth beyond the worst of each objective. */
export function hypervolumeSubset(rows: readonly Losses[], size: number): readonly number[] {
  const { first, again } = distinct(rows);
  if (size >= first.length) return [...first, ...again.slice(0, size - first.length)];
  const reference = referenceOf(rows);
  if (!reference.every(Number.isFinite)) return first.slice(0, size);
  // A contribution only shrinks as more is chosen, so an old one is a bound, and few are worked out anew.
  const open = first.map((index) => {
    const contribution = hypervolume([rows[index] ?? []], reference);
    return { index, contribution, chosenThen: 0 };
  });
  const chosen: number[] = [];
  const volumes: Losses[] = [];
  let volume = 0;
  while (chosen.length < size) {
    const best = open.reduce((a, b) => (b.contribution > a.contribution ? b : a));
    if (best.chosenThen < chosen.length) {
      const grown = hypervolume([...volumes, rows[best.index] ?? []], reference);
      best.contribution = grown - volume;
      best.chosenThen = chosen.length;
      continue;
    }
    chosen.push(best.index);
    volumes.push(rows[best.index] ?? []);
    volume += best.contribution;
    open.splice(open.indexOf(best), 1);
  }
  return chosen;
}

function referenceOf(rows: readonly Losses[]): Losses {
  return (rows[0] ?? []).map((_, objective) => {
    const worst = rows.reduce((most, row) => Math.max(most, row[objective] ?? 0), -Infinity);
    return Math.max(1.1 * worst, 0.9 * worst) || tiny;
  });
}

/** Rows in lexicographic order, the first of equal ones; and the others in the order of the rows. */
function distinct(rows: readonly Losses[]): {
  readonly first: readonly number[];
  readonly again: readonly number[];
} {
  const order = rows.map((_, index) => index);
  order.sort((a, b) => lexicographic(rows[a] ?? [], rows[b] ?? []) || a - b);
  const isFirst = (at: number) =>
    at === 0 || lexicographic(rows[order[at - 1] ?? 0] ?? [], rows[order[at] ?? 0] ?? []) !== 0;
  const again = order.filter((_, at) => !isFirst(at)).sort((a, b) => a - b);
  return { first: order.filter((_, at) => isFirst(at)), again };
}

function lexicographic(a: Losses, b: Losses): number {
  for (const [at, each] of a.entries()) {
    const other = b[at] ?? 0;
    if (each !== other) return each < other ? -1 : 1;
  }
  return 0;
}
