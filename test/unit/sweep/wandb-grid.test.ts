import { expect } from "chai";
import fc from "fast-check";
import { nest } from "../../../src/space/configuration.js";
import { gridAt, gridSize } from "../../../src/space/grid.js";
import { parseSweep } from "../../../src/sweep/parse.js";
import { gridText } from "../../support/sweep-texts.js";
import { wandbVerdicts } from "../../support/wandb.js";

const points = 40;

describe("the grid", function () {
  this.timeout(120_000);

  it("has the points of W&B's grid, in its order", () => {
    const texts = fc.sample(gridText, { numRuns: 400, seed: 5 });
    const verdicts = wandbVerdicts(texts, points);
    for (const [index, text] of texts.entries()) {
      const { sweep } = parseSweep(text);
      const theirs = (verdicts[index]?.grid ?? []).filter((point) => point !== null);
      if (sweep === undefined) throw new Error(`refused:\n${text}`);
      const ours = Array.from({ length: Math.min(points, gridSize(sweep.space)) }, (_, n) =>
        nest(sweep.space, gridAt(sweep.space, n) ?? {}),
      );
      expect({ text, grid: ours }).to.deep.equal({ text, grid: theirs });
    }
  });
});
