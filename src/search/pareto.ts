/**
 * Pareto dominance among rows of losses: one number for each objective, all minimised.
 *
 * A loss that is not a number counts as Infinity: it is worse than any other, and equal to another
 * of its kind.
 */

export type Losses = readonly number[];

/** Whether `a` is nowhere worse than `b`, and better somewhere. */
export function dominates(a: Losses, b: Losses): boolean {
  let isBetter = false;
  for (let objective = 0; objective < a.length; objective += 1) {
    const mine = numberOf(a[objective]);
    const theirs = numberOf(b[objective]);
    if (mine > theirs) return false;
    if (mine < theirs) isBetter = true;
  }
  return isBetter;
}

/**
 * Indexes of the rows, front by front: those that none dominates, those that only members of the
 * first front dominate, and so on; within a front in the order of the rows.
 *
 * Efficient non-dominated sort with binary search, ENS-BS (Zhang, Tian, Cheng & Jin, "An efficient
 * approach to nondominated sorting for evolutionary multiobjective optimization", 2015): in
 * lexicographic order nobody is dominated by one who comes later, so that each row is compared with
 * the fronts as they stand. With two objectives the last of a front has its least second loss, and
 * is the only one to compare with: n log n in all.
 */
export function frontsOf(rows: readonly Losses[]): readonly (readonly number[])[] {
  const order = rows.map((_, index) => index);
  order.sort((a, b) => lexicographic(rows[a] ?? [], rows[b] ?? []) || a - b);
  const fronts: number[][] = [];
  for (const index of order) {
    const row = rows[index] ?? [];
    const isDominatedBy = (front: readonly number[]) => {
      const least = row.length <= 2 ? front.length - 1 : 0;
      for (let at = front.length - 1; at >= least; at -= 1) {
        if (dominates(rows[front[at] ?? 0] ?? [], row)) return true;
      }
      return false;
    };
    let low = 0;
    let high = fronts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isDominatedBy(fronts[middle] ?? [])) low = middle + 1;
      else high = middle;
    }
    const front = fronts[low];
    if (front === undefined) fronts.push([index]);
    else front.push(index);
  }
  return fronts.map((front) => front.sort((a, b) => a - b));
}

export interface Constrained {
  readonly losses: Losses;
  /** By how much outcome constraints are missed in all; 0 where they hold. */
  readonly violation: number;
}

/**
 * `frontsOf` under constrained domination (Deb, Pratap, Agarwal & Meyarivan, "A fast and elitist
 * multiobjective genetic algorithm: NSGA-II", 2002, section VI): whoever keeps the constraints comes
 * before whoever breaks them, and among those the smaller violation alone decides.
 */
export function constrainedFrontsOf(
  members: readonly Constrained[],
): readonly (readonly number[])[] {
  const feasible: number[] = [];
  const infeasible: number[] = [];
  members.forEach(({ violation }, index) => {
    (violation <= 0 ? feasible : infeasible).push(index);
  });
  const fronts = (group: readonly number[], rowOf: (member: Constrained) => Losses) =>
    frontsOf(picked(members, group).map(rowOf)).map((front) => picked(group, front));
  return [
    ...fronts(feasible, ({ losses }) => losses),
    ...fronts(infeasible, ({ violation }) => [violation]),
  ];
}

/**
 * How alone each row is among those of its front: the sum over objectives of the gap between its
 * two neighbours, over the range of that objective; Infinity at the ends (Deb et al. 2002, section III B).
 */
export function crowdingDistances(front: readonly Losses[]): readonly number[] {
  const distances = front.map(() => 0);
  const objectives = front[0]?.length ?? 0;
  for (let objective = 0; objective < objectives; objective += 1) {
    const losses = front.map((row) => numberOf(row[objective]));
    const order = losses.map((_, index) => index);
    order.sort((a, b) => compare(losses[a] ?? 0, losses[b] ?? 0) || a - b);
    const finite = picked(losses, order).filter(Number.isFinite);
    const range = (finite.at(-1) ?? 0) - (finite[0] ?? 0);
    order.forEach((index, at) => {
      const before = losses[order[at - 1] ?? -1] ?? -Infinity;
      const after = losses[order[at + 1] ?? -1] ?? Infinity;
      // Two infinities of one sign have no gap between them.
      const gap = before === after ? 0 : after - before;
      distances[index] = (distances[index] ?? 0) + gap / (range > 0 ? range : 1);
    });
  }
  return distances;
}

/**
 * The volume of what the rows dominate below `reference`; rows that are not below it in every
 * objective add nothing.
 *
 * Two objectives by a sweep along the first; more by the exclusive volumes of WFG (While, Bradstreet
 * & Barone, "A fast way of calculating exact hypervolumes", 2012): meant for a few hundred rows of
 * up to about five objectives.
 */
export function hypervolume(rows: readonly Losses[], reference: Losses): number {
  const inside = rows.filter((row) =>
    reference.every((limit, objective) => numberOf(row[objective]) < limit),
  );
  const [front = []] = frontsOf(inside);
  return volumeOf(picked(inside, front), reference);
}

/** Of rows none of which dominates another. */
function volumeOf(front: readonly Losses[], reference: Losses): number {
  if (front.length === 0) return 0;
  const sorted = [...front].sort(lexicographic);
  if (reference.length <= 2) return areaOf(sorted, reference);
  let volume = 0;
  for (const [index, row] of sorted.entries()) {
    const limited = sorted
      .slice(index + 1)
      .map((other) => other.map((loss, at) => Math.max(loss, row[at] ?? loss)));
    const [kept = []] = frontsOf(limited);
    volume += boxOf(row, reference) - volumeOf(distinct(picked(limited, kept)), reference);
  }
  return volume;
}

function areaOf(sorted: readonly Losses[], [first = 0, second]: Losses): number {
  const [least] = sorted;
  if (second === undefined) return first - (least?.[0] ?? first);
  let area = 0;
  let ceiling = second;
  for (const [x = first, y = second] of sorted) {
    if (y >= ceiling) continue;
    area += (first - x) * (ceiling - y);
    ceiling = y;
  }
  return area;
}

function boxOf(row: Losses, reference: Losses): number {
  return reference.reduce(
    (product, limit, objective) => product * (limit - (row[objective] ?? limit)),
    1,
  );
}

/** Limiting makes equal ones of different rows. */
function distinct(rows: readonly Losses[]): readonly Losses[] {
  const sorted = [...rows].sort(lexicographic);
  return sorted.filter(
    (row, index) => index === 0 || lexicographic(sorted[index - 1] ?? [], row) !== 0,
  );
}

function lexicographic(a: Losses, b: Losses): number {
  for (let objective = 0; objective < a.length; objective += 1) {
    const order = compare(numberOf(a[objective]), numberOf(b[objective]));
    if (order !== 0) return order;
  }
  return 0;
}

/** Subtracting would make NaN of two infinities. */
function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function numberOf(loss: number | undefined): number {
  return loss === undefined || Number.isNaN(loss) ? Infinity : loss;
}

function picked<T>(rows: readonly T[], indexes: readonly number[]): readonly T[] {
  return indexes.flatMap((index) => rows.slice(index, index + 1));
}
