/** Small studies whose every value is in the test that uses them. */
import type { BoardStudy } from "../../../src/editor/board/boardHost.js";
import { type BoardRow, rowOf } from "../../../src/editor/board/boardRows.js";
import type { Trial } from "../../../src/study/trial.js";
import { now, studyOf } from "../../ui/support/panel-page/scenarios.js";

export { now, studyOf };

export function trial(number: number, more: Partial<Trial> = {}): Trial {
  return {
    id: number,
    number,
    state: "complete",
    configuration: { lr: 0.01, optimizer: "sgd" },
    value: null,
    values: [],
    reports: [],
    journaled: [],
    startedAtMs: now - 600_000 + number * 1000,
    endedAtMs: now - 540_000 + number * 1000,
    ended: null,
    reason: null,
    draw: number,
    initial: null,
    slot: "GPU 0",
    retryOf: null,
    attributes: {},
    ...more,
  };
}

export function rowsOf(trials: readonly Trial[], starred: readonly number[] = []): BoardRow[] {
  return trials.map((each) => rowOf(each, starred.includes(each.number), true));
}

/** Two parameters, no cap unless one is given. */
export function study(trials: readonly Trial[], more: Partial<BoardStudy> = {}): BoardStudy {
  return studyOf(trials, {
    space: {
      parameters: [
        {
          name: "lr",
          path: ["lr"],
          distribution: { kind: "log_uniform_values", min: 1e-4, max: 1e-1 },
        },
        {
          name: "optimizer",
          path: ["optimizer"],
          distribution: { kind: "categorical", values: ["sgd", "adam"] },
        },
      ],
    },
    starred: new Set(),
    cap: null,
    draws: trials.length,
    ...more,
  });
}
