import { expect } from "chai";
import { changesBetween, withChanges } from "../../../src/engine/history-change.js";
import type { Observation } from "../../../src/space/history.js";

function observation(number: number, more: Partial<Observation> = {}): Observation {
  return {
    number,
    configuration: { lr: number },
    state: "running",
    draw: number,
    ended: null,
    value: null,
    values: [],
    violation: 0,
    reports: [],
    ...more,
  };
}

/** As it arrives on another thread. */
function sent<Message>(message: Message): Message {
  return structuredClone(message);
}

describe("a history told by its changes", () => {
  const first = observation(0);
  const second = observation(1);
  const start = [first, second];

  it("is the same at the other end, step by step, numbers that are none included", () => {
    const steps: readonly (readonly Observation[])[] = [
      [],
      start,
      [
        { ...first, state: "complete", ended: 0, value: Number.POSITIVE_INFINITY },
        { ...second, reports: [[0, Number.NaN]], violation: -0 },
        observation(2),
      ],
    ];
    let here: readonly Observation[] = [];
    let there: readonly Observation[] = [];
    for (const step of steps) {
      there = withChanges(there, sent(changesBetween(here, step)));
      here = step;
      expect(there).to.deep.equal(step);
    }
  });

  it("holds what changed alone, and no configuration that is known there", () => {
    const running = { ...second, reports: [[0, 0.5]] as const };
    const { configuration: _, ...rest } = running;
    expect(changesBetween(start, [first, running])).to.deep.equal([{ at: 1, rest }]);
  });

  it("leaves the objects that did not change, and the configurations of those that did", () => {
    const there = withChanges([], sent(changesBetween([], start)));
    const now = [first, { ...second, value: 1 }];
    const later = withChanges(there, sent(changesBetween(start, now)));
    expect(later[0]).to.equal(there[0]);
    expect(later[1]?.configuration).to.equal(there[1]?.configuration);
  });
});
