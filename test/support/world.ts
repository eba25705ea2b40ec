/**
 * A machine that trials run on, without processes: the executor and reader of the conductor's
 * tests. The world outlives its conductors, as processes do; a test ends trials by hand.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type {
  AttemptPlace,
  AttemptStatus,
  Executor,
  Launch,
  Slot,
  StopIntent,
} from "../../src/study/executor.js";
import { LaunchProblem } from "../../src/study/executor.js";
import { attemptDirectory } from "../../src/study/pursuit.js";
import type { Measurement, OpenReader } from "../../src/study/reader.js";

export interface Running {
  readonly launch: Launch;
  readonly slot: number;
  status: AttemptStatus;
  readonly measurements: Measurement[];
  intent: StopIntent | undefined;
}

export class World {
  readonly attempts = new Map<string, Running>();
  readonly retired = new Map<number, string>();
  /** Every start, in order: an attempt that was started twice stands here twice. */
  readonly starts: string[] = [];
  /** What a new attempt does at once; by default it just runs. */
  script: (run: Running) => void = () => {};
  launchProblem: string | undefined;
  /** Whether trials run on when they are to be stopped, until the test ends them. */
  isDeaf = false;
  /** Whether a runner claims what it is given. */
  claims = true;
  readonly #hints = new Set<() => void>();

  executor(slotCount: number): Executor {
    const slots: Slot[] = Array.from({ length: slotCount }, (_, index) => ({
      index,
      name: `CPU ${index}`,
    }));
    return {
      slots,
      launch: async (slot, launch) => this.#launch(slot, launch),
      status: (place) => this.attempts.get(key(place))?.status ?? { state: "unclaimed" },
      withdraw: (place) => {
        const run = this.attempts.get(key(place));
        if (run?.status.state !== "unclaimed") return false;
        run.status = { state: "withdrawn" };
        return true;
      },
      retired: () => this.retired,
      stop: (place, intent) => {
        const run = this.attempts.get(key(place));
        if (run === undefined) return;
        run.intent = intent;
        const file = path.join(attemptDirectory(place), "stop.json");
        writeFileSync(file, JSON.stringify({ ...intent, at: new Date().toISOString() }));
        if (run.status.state === "unclaimed") run.status = { state: "withdrawn" };
        else if (!this.isDeaf) this.end(run, 130);
      },
      memoryMiB: () => undefined,
      watch: (_place, hint) => {
        this.#hints.add(hint);
        return { [Symbol.dispose]: () => void this.#hints.delete(hint) };
      },
      close: async () => {},
    };
  }

  readonly openReader: OpenReader = (place) => {
    let read = 0;
    const next = () => {
      const all = this.attempts.get(key(place))?.measurements ?? [];
      const fresh = all.slice(read);
      read = all.length;
      return fresh;
    };
    return { read: next, readToEnd: next };
  };

  report(run: Running, metrics: Readonly<Record<string, number>>, step?: number): void {
    run.measurements.push({ step, metrics });
    this.#hint();
  }

  end(run: Running, code: number): void {
    run.status = { state: "ended", code, endedAtMs: Date.now() };
    this.#hint();
  }

  vanish(run: Running): void {
    run.status = { state: "gone", why: "exit unknown" };
    this.#hint();
  }

  /** The attempts that run at this moment, by trial. */
  get running(): readonly Running[] {
    return [...this.attempts.values()].filter((run) => run.status.state === "running");
  }

  #launch(slot: Slot, launch: Launch): void {
    if (this.launchProblem !== undefined) throw new LaunchProblem(this.launchProblem);
    const known = key(launch);
    if (this.attempts.has(known)) return;
    mkdirSync(attemptDirectory(launch), { recursive: true });
    const run: Running = {
      launch,
      slot: slot.index,
      status: this.claims ? { state: "running", slot: slot.index, pid: 1 } : { state: "unclaimed" },
      measurements: [],
      intent: undefined,
    };
    this.attempts.set(known, run);
    if (!this.claims) return;
    this.starts.push(known);
    this.script(run);
  }

  #hint(): void {
    for (const hint of this.#hints) hint();
  }
}

function key(place: AttemptPlace): string {
  return `${place.trial}/${place.attempt}`;
}
