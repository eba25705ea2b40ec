/** One of two contenders for 2,000 studies; `claim.test.ts` starts both and holds them in step. */
import { parentPort, workerData } from "node:worker_threads";
import { claimStudy } from "../../../src/study/claim.js";

interface RaceData {
  readonly directories: readonly string[];
  /** How many contenders have arrived at each study. */
  readonly arrivals: SharedArrayBuffer;
  readonly contenders: number;
}

const { directories, arrivals, contenders } = workerData as RaceData;
const arrived = new Int32Array(arrivals);
const won: number[] = [];
directories.forEach((directory, index) => {
  Atomics.add(arrived, index, 1);
  // Spinning starts both within microseconds of each other; waking from a wait would not.
  while (Atomics.load(arrived, index) < contenders);
  if (claimStudy(directory, "cli").held) won.push(index);
});
parentPort?.postMessage(won);
