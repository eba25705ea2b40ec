/** Measurements that the script reported through the Python helper: `metrics.jsonl`, one object a line. */
import * as z from "zod";
import type { Measurement, Reader } from "../../study/reader.js";
import { parsePythonJson } from "../pythonJson.js";
import { tailLines } from "./lines.js";

const lineSchema = z.object({
  step: z.int().nonnegative().optional(),
  // NaN and infinities are numbers here: a loss that diverges is worth knowing.
  metrics: z.record(
    z.string(),
    z.custom<number>((value) => typeof value === "number"),
  ),
});

export function jsonlReader(file: string): Reader {
  const tail = tailLines(file);
  return {
    read: () => tail.read().flatMap(measurementOf),
    readToEnd: () => tail.readToEnd().flatMap(measurementOf),
  };
}

/** None for a line that a crash has torn. */
function measurementOf(line: string): readonly Measurement[] {
  const parsed = lineSchema.safeParse(parsePythonJson(line));
  return parsed.success ? [{ step: parsed.data.step, metrics: parsed.data.metrics }] : [];
}
