/**
 * The process of a storey that needs no extension host: `run.ts EVENTS TIMEOUT_MS ONLY FILE...`,
 * where an empty ONLY means all tests.
 */
import { runStorey } from "./storey.js";

const [events = "", timeoutMs = "", only = "", ...files] = process.argv.slice(2);
const failures = await runStorey({
  files,
  events,
  only: only === "" ? undefined : only,
  timeoutMs: Number(timeoutMs),
});
// A child that a failed test left behind must not keep the storey open.
process.exit(failures === 0 ? 0 : 1);
