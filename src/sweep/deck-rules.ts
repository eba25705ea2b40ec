/** The `sweepdeck:` block: what its shape cannot say. */
import type { Report } from "./problem.js";
import { entryOf, type MapNode, numberOf, textOf, valueAt, visibleRange } from "./tree.js";

export function checkDeck(root: MapNode, report: Report): void {
  const deck = valueAt(root, "sweepdeck");
  checkPattern(entryOf(valueAt(deck, "metrics"), "pattern"), report);
  const gpus = entryOf(valueAt(deck, "slots"), "gpus");
  const count = numberOf(gpus?.value);
  if (gpus !== undefined && count !== undefined && !Number.isInteger(count)) {
    const key = `sweepdeck.slots.gpus: ${count}`;
    const whole = Math.ceil(count);
    const instead = `each trial gets ${whole} whole GPU${whole === 1 ? "" : "s"}`;
    report(visibleRange(gpus), { code: "not-supported-yet", key, instead });
  }
  const executor = entryOf(deck, "executor");
  if (executor?.value.kind === "map") {
    const key = `sweepdeck.executor: ${executor.value.entries[0]?.key ?? "{}"}`;
    const instead = "trials run on this machine";
    report(executor.keyRange, { code: "not-supported-yet", key, instead });
  }
}

function checkPattern(entry: ReturnType<typeof entryOf>, report: Report): void {
  const pattern = textOf(entry?.value);
  if (entry === undefined || pattern === undefined) return;
  try {
    new RegExp(pattern);
  } catch (thrown) {
    const detail = thrown instanceof Error ? thrown.message : String(thrown);
    report(visibleRange(entry), { code: "pattern-invalid", detail });
  }
}
