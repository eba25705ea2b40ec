import { expect } from "chai";
import { changed, changeOf } from "../../../src/engine/history-change.js";
import type { History, Observation } from "../../../src/space/history.js";

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
  const start: History = { draws: 2, observations: [first, second] };

  it("is the same at the other end, step by step, numbers that are none included", () => {
    const steps: readonly History[] = [
      { draws: 0, observations: [] },
      start,
      {
        draws: 3,
        observations: [
          { ...first, state: "complete", ended: 0, value: Number.POSITIVE_INFINITY },
          { ...second, reports: [[0, Number.NaN]], violation: -0 },
          observation(2),
        ],
      },
    ];
    let here: readonly Observation[] = [];
    let there: History = { draws: 0, observations: [] };
    for (const step of steps) {
      there = changed(there.observations, sent(changeOf(here, step)));
      here = step.observations;
      expect(there).to.deep.equal(step);
    }
  });

  it("holds what changed alone, and no configuration that is known there", () => {
    const running = { ...second, reports: [[0, 0.5]] as const };
    const change = changeOf(start.observations, { draws: 2, observations: [first, running] });
    const { configuration: _, ...rest } = running;
    expect(change).to.deep.equal({ draws: 2, count: 2, changed: [{ at: 1, rest }] });
  });

  it("leaves the objects that did not change, and the configurations of those that did", () => {
    const there = changed([], sent(changeOf([], start)));
    const now = { draws: 2, observations: [first, { ...second, value: 1 }] };
    const later = changed(there.observations, sent(changeOf(start.observations, now)));
    expect(later.observations[0]).to.equal(there.observations[0]);
    expect(later.observations[1]?.configuration).to.equal(there.observations[1]?.configuration);
  });

  it("is shorter where the journal was cut", () => {
    const there = changed(
      start.observations,
      changeOf(start.observations, { draws: 1, observations: [first] }),
    );
    expect(there).to.deep.equal({ draws: 1, observations: [first] });
  });
});
