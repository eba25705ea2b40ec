import path from "node:path";
import { expect } from "chai";
import { gridAt, gridSize } from "../../../src/space/grid.js";
import type { Claim } from "../../../src/study/claim.js";
import { openLedger } from "../../../src/study/ledger.js";
import { epochMs, spaceOf, temporaryFolder } from "../../support/journals.js";

const claim: Claim = { number: 1, assertHeld: () => {}, beat: () => {}, release: () => {} };
const order = { seen: null, initial: null, retryOf: null, request: null };

describe("the ledger", function () {
  // Each append waits for the disk, and a busy machine lets it wait.
  this.timeout(20_000);
  const folder = temporaryFolder();

  it("tries the points of a grid as they are, also where a draw would be rounded off them", () => {
    const space = spaceOf({ width: { kind: "q_uniform", min: 1, max: 10, q: 4 } });
    using ledger = openLedger({
      file: path.join(folder.path, "grid.log"),
      name: "grid",
      space,
      values: "grid",
      objective: undefined,
      claim,
    });
    for (let draw = 0; draw < gridSize(space); draw += 1) {
      const configuration = gridAt(space, draw)!;
      ledger.begin({ ...order, draw, configuration }, "CPU 0", epochMs);
    }
    expect(ledger.trials.map(({ configuration }) => configuration)).to.deep.equal([
      { width: 1 },
      { width: 5 },
      { width: 9 },
    ]);
  });

  it("pulls a far draw into the range, and leaves what somebody asked for by its values, first or later", () => {
    using ledger = openLedger({
      file: path.join(folder.path, "normal.log"),
      name: "normal",
      space: spaceOf({ x: { kind: "normal", mu: 0, sigma: 1 } }),
      values: "drawn",
      objective: undefined,
      claim,
    });
    const drawn = ledger.begin({ ...order, draw: 0, configuration: { x: 40 } }, "CPU 0", epochMs);
    const asked = ledger.begin(
      { ...order, draw: null, configuration: { x: 40 } },
      "CPU 0",
      epochMs,
    );
    const initial = ledger.begin(
      { ...order, draw: 1, initial: 1, configuration: { x: 40 } },
      "CPU 0",
      epochMs,
    );
    expect(drawn.configuration.x).to.be.closeTo(6, 0.01);
    expect(asked.configuration.x).to.equal(40);
    expect(initial).to.deep.include({ configuration: { x: 40 }, draw: 1, initial: 1 });
  });
});
