import { expect } from "chai";
import { inlayHintsOf } from "../../../src/language/inlay-hints.js";
import { nothingKnown, type Surroundings } from "../../../src/language/surroundings.js";
import { parseSweep } from "../../../src/sweep/parse.js";
import { yaml } from "../../support/cursor.js";

/** The text with each hint in brackets where it is shown. */
function hinted(text: string, around: Surroundings = nothingKnown): string {
  let shown = text;
  for (const { offset, label } of inlayHintsOf(parseSweep(text), around).toReversed()) {
    shown = `${shown.slice(0, offset)} «${label}»${shown.slice(offset)}`;
  }
  return shown;
}

describe("inlay hints", () => {
  it("count a grid as W&B runs it, duplicates once and q_uniform without its end", () => {
    const text = yaml`
      program: train.py
      method: grid
      parameters:
        depth: {min: 1, max: 3}
        width:
          values: [64, 128, 64]
        dropout: {distribution: q_uniform, min: 0, max: 0.5, q: 0.1}
        epochs: {value: 10}
    `;
    expect(hinted(text)).to.equal(yaml`
      program: train.py
      method: grid
      parameters: «30 combinations»
        depth: {min: 1, max: 3} «3 values»
        width: «2 values»
          values: [64, 128, 64]
        dropout: {distribution: q_uniform, min: 0, max: 0.5, q: 0.1} «5 values»
        epochs: {value: 10}
    `);
  });

  it("tell scales and steps where values are drawn", () => {
    const text = yaml`
      program: train.py
      method: random
      parameters:
        lr: # the one that matters
          distribution: log_uniform_values
          min: 1.0e-4
          max: 0.1
        momentum: {min: 0.8, max: 0.99}
        width: {distribution: q_log_uniform_values, min: 16, max: 640, q: 16}
        seed: {value: 1}
    `;
    expect(hinted(text)).to.equal(yaml`
      program: train.py
      method: random
      parameters: «3 searched, 1 fixed»
        lr: «continuous, log» # the one that matters
          distribution: log_uniform_values
          min: 1.0e-4
          max: 0.1
        momentum: {min: 0.8, max: 0.99} «continuous»
        width: {distribution: q_log_uniform_values, min: 16, max: 640, q: 16} «≈ 40 steps»
        seed: {value: 1}
    `);
  });

  it("count what groups hold", () => {
    const text = yaml`
      program: train.py
      method: grid
      parameters:
        optimizer:
          parameters:
            name: {values: [sgd, adam]}
    `;
    expect(hinted(text)).to.include("name: {values: [sgd, adam]} «2 values»");
  });

  it("tell how many trials each band leaves, and what the cap will cost", () => {
    const text = yaml`
      program: train.py
      method: random
      run_cap: 27
      metric: {name: val_loss}
      early_terminate:
        type: hyperband
        min_iter: 3
      parameters:
        lr: {min: 0.0, max: 1.0}
    `;
    const past = { study: "digits-1", secondsPerTrial: 200, slots: 2, best: [] };
    const shown = hinted(text, { ...nothingKnown, past });
    expect(shown).to.include("early_terminate: «27 → 10 → 4 → 2 → 1»");
    // 27 trials on two slots are fourteen rounds of 200 s.
    expect(shown).to.include("run_cap: 27 «≈ 47 min on 2 slots»");
  });

  it("stand broken files", () => {
    expect(hinted("method: gird\nparameters:\n  a: {values: [1, 2]}\n  b:\n")).to.include(
      "a: {values: [1, 2]} «2 values»",
    );
  });
});
