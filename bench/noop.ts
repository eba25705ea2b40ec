/**
 * What starting a trial costs, seen from the files of a study whose trials do nothing.
 *
 * A slot runs one trial after another, so from the end of one trial to the end of the next is all
 * that a trial takes: closed, journaled, the next one asked for, journaled, assigned, claimed, and
 * its process. What the process itself takes is measured by starting it directly, as often and as
 * many at once.
 */
import { spawn } from "node:child_process";
import { openStudy } from "../src/study/study-view.js";
import { median, quantile } from "./statistics.js";

const argv = ["/bin/true"];

export function noopSweep(trials: number, slots: number): string {
  return `method: random
run_cap: ${trials}
command: ${JSON.stringify(argv)}
parameters:
  lr: {min: 0.0, max: 1.0}
sweepdeck:
  slots: {parallel: ${slots}, gpus: 0}
`;
}

/** How long each trial took its slot, in milliseconds, the first of each slot left out: its runner starts too. */
export function cyclesOf(studyDirectory: string): readonly number[] {
  const opened = openStudy(studyDirectory);
  if ("problem" in opened) throw new Error(opened.problem.code);
  const lastEnds = new Map<string, number>();
  const cycles: number[] = [];
  for (const { slot, state, endedAtMs } of opened.study.trials) {
    if (state !== "complete" || slot === null || endedAtMs === null) throw new Error("not a no-op");
    const before = lastEnds.get(slot);
    if (before !== undefined) cycles.push(endedAtMs - before);
    lastEnds.set(slot, endedAtMs);
  }
  return cycles;
}

/** The median time from spawn to exit of the process alone, `atOnce` of them side by side, in milliseconds. */
export async function processMs(times: number, atOnce: number): Promise<number> {
  const taken: number[] = [];
  const lane = async () => {
    while (taken.length < times) {
      const started = performance.now();
      await new Promise((resolve, reject) =>
        spawn(argv[0] ?? "", [], { stdio: "ignore" })
          .once("exit", resolve)
          .once("error", reject),
      );
      taken.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return median(taken);
}

export const launchHead = [
  "| started by | slots | a trial in its slot | of that the process | overhead (target: under 100 ms) | 19 of 20 under |",
  "|---|---|---|---|---|---|",
].join("\n");

export function launchRow(
  by: string,
  slots: number,
  cycles: readonly number[],
  alone: number,
): string {
  const cells = [
    by,
    String(slots),
    ms(median(cycles)),
    ms(alone),
    ms(median(cycles) - alone),
    ms(quantile(cycles, 0.95) - alone),
  ];
  return `| ${cells.join(" | ")} |`;
}

function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 1 : 0)} ms`;
}
