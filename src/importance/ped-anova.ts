/**
 * PED-ANOVA: what mattered for being among the best trials (Watanabe, Bansal & Hutter, "PED-ANOVA:
 * Efficiently Quantifying Hyperparameter Importance in Arbitrary Subspaces", IJCAI 2023).
 *
 * Along each parameter the density of the best trials is compared with that of all trials, so it
 * sees what matters near the optimum, where fANOVA sees what matters in the whole space. Of a
 * conditional parameter only the trials are compared in which it exists.
 */
import { normalProbability } from "../space/normal.js";
import { cardinalityOf } from "../space/search-space.js";
import type { Axis, Results } from "./results.js";

/** The best tenth. */
const usualQuantile = 0.1;
/** A range is looked at in so many pieces at most. */
const mostPieces = 50;
/** With fewer there is no density to speak of. */
const leastTrials = 2;
/** Keeps a piece without any density from dividing by nothing. */
const leastDensity = 1e-12;

/**
 * Of each axis its share, summing to 1; all 0 where the best trials lie as all trials do.
 * `targetQuantile` in (0, 1) says which trials are the best.
 */
export function localImportance(
  results: Results,
  targetQuantile = usualQuantile,
): readonly number[] {
  const best = bestRows(results.losses, targetQuantile);
  const divergences = results.axes.map((axis, index) => divergence(results, index, axis, best));
  const total = divergences.reduce((sum, each) => sum + each, 0);
  return divergences.map((each) => (total > 0 ? each / total : 0));
}

/** Ties with the last of them are in. */
function bestRows(losses: Float64Array, quantile: number): readonly number[] {
  const sorted = losses.slice().sort();
  const cutoff = sorted[Math.max(0, Math.ceil(quantile * losses.length) - 1)] ?? 0;
  return [...losses.keys()].filter((row) => (losses[row] ?? 0) <= cutoff);
}

/** Pearson's divergence of the best from all, by theorem 1, weighted by how many trials have the parameter. */
function divergence(
  { columns, losses }: Results,
  index: number,
  axis: Axis,
  best: readonly number[],
): number {
  const column = columns[index];
  const exists = (row: number) => !Number.isNaN(column?.[row] ?? Number.NaN);
  const rows = [...losses.keys()].filter(exists);
  const bestHere = best.filter(exists);
  if (rows.length < leastTrials || bestHere.length === 0) return 0;
  const pieces = piecesOf(axis);
  const pieceOf = (row: number) => axisPiece(axis, pieces, column?.[row] ?? 0);
  const ofBest = density(counts(bestHere, pieces, pieceOf), axis);
  const ofAll = density(counts(rows, pieces, pieceOf), axis);
  const sum = ofAll.reduce(
    (total, all, piece) => total + all * ((ofBest[piece] ?? 0) / all - 1) ** 2,
    0,
  );
  const [among, inAll] = [bestHere.length / best.length, rows.length / losses.length];
  return (sum * among ** 2) / inAll;
}

function piecesOf({ dimension }: Axis): number {
  const count = cardinalityOf(dimension);
  return dimension.kind === "choice" ? count : Math.min(count, mostPieces);
}

/** Pieces lie around evenly spread points from end to end; a value right between two belongs to the lower. */
function axisPiece(axis: Axis, pieces: number, coordinate: number): number {
  const { dimension, weights } = axis;
  if (weights !== undefined) return coordinate;
  if (dimension.kind === "choice") {
    return dimension.choices.filter((_, choice) => axis.coordinateOf(choice) < coordinate).length;
  }
  const count = cardinalityOf(dimension);
  if (count <= pieces) return Math.min(pieces - 1, Math.floor(coordinate * count));
  const at = Math.ceil(coordinate * (pieces - 1) - 0.5);
  return Math.min(pieces - 1, Math.max(0, at));
}

function counts(
  rows: readonly number[],
  pieces: number,
  pieceOf: (row: number) => number,
): Float64Array {
  const seen = new Float64Array(pieces);
  for (const row of rows) {
    const piece = pieceOf(row);
    seen[piece] = (seen[piece] ?? 0) + 1;
  }
  return seen;
}

function density(seen: Float64Array, axis: Axis): Float64Array {
  return axis.weights === undefined ? orderedDensity(seen) : choiceDensity(seen);
}

/** Each observation is a kernel over all choices with one of the prior's weight added to its own, and so is the prior. */
function choiceDensity(seen: Float64Array): Float64Array {
  const kinds = seen.filter((count) => count > 0).length;
  const total = seen.reduce((sum, count) => sum + count, 0);
  const smoothing = 1 / (kinds + 1);
  const width = 1 + seen.length * smoothing;
  return seen.map((count) => {
    const fromKernels = (count * (1 + smoothing) + (total - count) * smoothing) / width;
    return (fromKernels + 1 / seen.length) / (total + 1) + leastDensity;
  });
}

/** Normal kernels cut at the ends, of the width that Scott's rule (1992) gives, and a wide one as the prior. */
function orderedDensity(seen: Float64Array): Float64Array {
  const observed = [...seen.keys()].filter((piece) => (seen[piece] ?? 0) > 0);
  const total = observed.reduce((sum, piece) => sum + (seen[piece] ?? 0), 0);
  const width = bandwidth(seen, observed, total);
  const last = seen.length - 1;
  const sum = new Float64Array(seen.length).fill(leastDensity);
  const add = (center: number, sigma: number, weight: number) => {
    const below = (edge: number) => normalProbability((edge - center) / sigma);
    const least = below(-0.5);
    const share = weight / (below(last + 0.5) - least) / (total + 1);
    let before = least;
    for (let piece = 0; piece <= last; piece += 1) {
      const after = below(piece + 0.5);
      sum[piece] = (sum[piece] ?? 0) + share * (after - before);
      before = after;
    }
  };
  for (const piece of observed) add(piece, width, seen[piece] ?? 0);
  add(last / 2, last + 1, 1);
  return sum;
}

function bandwidth(seen: Float64Array, observed: readonly number[], total: number): number {
  const mean = observed.reduce((sum, piece) => sum + piece * (seen[piece] ?? 0), 0) / total;
  const squares = observed.reduce(
    (sum, piece) => sum + (seen[piece] ?? 0) * (piece - mean) ** 2,
    0,
  );
  const deviation = Math.sqrt(squares / Math.max(1, total - 1));
  const cumulative: number[] = [];
  for (const piece of observed) cumulative.push((cumulative.at(-1) ?? 0) + (seen[piece] ?? 0));
  const lower = cumulative.findIndex((count) => count >= Math.floor(total / 4));
  const upper = cumulative.findIndex((count) => count > Math.floor((total * 3) / 4));
  const range = (observed.at(upper < 0 ? -1 : upper) ?? 0) - (observed[Math.max(0, lower)] ?? 0);
  const scott = 1.059 * Math.min(range / 1.34, deviation) * total ** -0.2;
  // At least nine tenths of a kernel may lie in its own piece.
  return Math.max(scott, 0.5 / 1.64);
}
