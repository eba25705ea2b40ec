/** From a tree without errors to a `Sweep`. */
import type * as z from "zod";
import { spaceOf } from "./build-space.js";
import { commandOf } from "./command-rules.js";
import { deckOf } from "./deck-build.js";
import { sweepFile } from "./grammar.js";
import { metricOf } from "./metric-build.js";
import { present } from "./present.js";
import { readAs } from "./read-as.js";
import type { Hyperband, Sweep } from "./sweep.js";
import { type MapNode, valueAt } from "./tree.js";

/** All but what is built from the tree itself, for its order and for how it is written. */
const head = sweepFile.omit({ parameters: true, command: true });
type Head = z.output<typeof head>;

/** Undefined only where the checker has found an error. */
export function buildSweep(root: MapNode): Sweep | undefined {
  const read = head.safeParse(readAs(head, root)).data;
  if (read === undefined) return undefined;
  const { name, description, project, entity, program } = read;
  return present<Sweep>({
    ...present({ name, description, project, entity, program }),
    method: read.method,
    metric: read.metric && metricOf(read.metric),
    command: commandOf(root),
    space: spaceOf(valueAt(root, "parameters")),
    runCap: read.run_cap,
    earlyTerminate: read.early_terminate && hyperbandOf(read.early_terminate),
    deck: deckOf(read.sweepdeck ?? {}, root),
  });
}

function hyperbandOf(read: NonNullable<Head["early_terminate"]>): Hyperband {
  const { type, min_iter: minIter, max_iter: maxIter, s, eta, strict } = read;
  return present<Hyperband>({ type, minIter, maxIter, s, eta, strict });
}
