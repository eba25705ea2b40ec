/** What a grid makes of its parameters, and how large it is. */
import { hasGrid } from "../space/grid.js";
import { searchGridSize } from "../space/search-grid.js";
import type { FileParameter } from "./file-parameter.js";
import type { Report } from "./problem.js";
import { searchedBy } from "./search-space.js";
import type { Sweep } from "./sweep.js";
import { entryOf, type MapNode, visibleRange } from "./tree.js";

export function checkGrid(parameters: readonly FileParameter[], report: Report): void {
  for (const parameter of parameters) {
    checkSteps(parameter, report);
    checkEnd(parameter, report);
  }
}

function checkSteps(
  { name, entry, node, definition, distribution }: FileParameter,
  report: Report,
): void {
  if (distribution === undefined || hasGrid(distribution)) return;
  const written = entryOf(node, "distribution") ?? entryOf(node, "probabilities");
  const range = written === undefined ? entry.keyRange : visibleRange(written);
  report(range, { code: "grid-needs-discrete", name, distribution: definition });
}

/** The points of `q_uniform` end before `max`, as those of NumPy's arange do. */
function checkEnd({ name, node, distribution }: FileParameter, report: Report): void {
  const entry = entryOf(node, "max");
  if (distribution?.kind !== "q_uniform" || entry === undefined) return;
  const { min, max, q } = distribution;
  const steps = (max - min) / q;
  // A `max` between two points was not meant to be one.
  if (steps < 1 || Math.abs(steps - Math.round(steps)) > 1e-9 * steps) return;
  const last = Number((min + (Math.ceil(steps - 1e-9) - 1) * q).toPrecision(12));
  // Steps too fine for the digits that are shown end at `max` for all that anyone can tell.
  if (last >= Number(max.toPrecision(12))) return;
  report(visibleRange(entry), { code: "grid-drops-max", name, min, max, q, last });
}

/** At a minute each these take ten weeks on one machine. */
const hugeGrid = 100_000;

export function adviseOnGrid(sweep: Sweep, root: MapNode, report: Report): void {
  if (sweep.method !== "grid") return;
  const grid = searchGridSize(searchedBy(sweep));
  const cap = entryOf(root, "run_cap");
  const method = entryOf(root, "method");
  if (sweep.runCap !== undefined && cap !== undefined) {
    if (sweep.runCap < grid) {
      report(visibleRange(cap), { code: "run-cap-below-grid", cap: sweep.runCap, grid });
    }
  } else if (grid >= hugeGrid && method !== undefined) {
    report(visibleRange(method), { code: "grid-huge", grid });
  }
}
