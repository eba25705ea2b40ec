/** Where a running trial's measurements come from. `run/` implements it over the trial's files. */
import type { AttemptPlace } from "./executor.js";

export interface Measurement {
  /** What the script called the step (`step`, `epoch`, …), where it named one: a non-negative integer. */
  readonly step: number | undefined;
  /** By the names the script uses; NaN and infinities included. */
  readonly metrics: Readonly<Record<string, number>>;
}

export interface Reader {
  /**
   * What was measured since the last call, oldest first. The first call reads from the beginning
   * of the attempt, so that an adopted trial is read as if it had been watched all along.
   */
  read(): readonly Measurement[];
  /** As `read`, and takes a last line without a newline as whole: the trial has ended. */
  readToEnd(): readonly Measurement[];
}

export type OpenReader = (place: AttemptPlace) => Reader;
