import { expect } from "chai";
import { completionsAt } from "../../../src/language/completion.js";
import { nothingKnown } from "../../../src/language/surroundings.js";
import { accepted, labelsAt, offered } from "../../support/completing.js";
import { atCursor, type TextAtCursor } from "../../support/cursor.js";

describe("completion of keys at the top", () => {
  it("begins an empty file", () => {
    expect(labelsAt(atCursor`‸`)).to.include.members(["program", "method", "parameters"]);
  });

  it("does not offer again what is there, above the cursor or below it", () => {
    const labels = labelsAt(atCursor`
      method: random
      ‸
      parameters:
        lr:
          values: [1]
    `);
    expect(labels).to.include.members(["metric", "run_cap", "sweepdeck"]);
    expect(labels).not.to.include.members(["method"]);
    expect(labels).not.to.include.members(["parameters"]);
  });

  it("replaces the half-typed word", () => {
    expect(
      accepted(
        atCursor`
      method: grid
      run‸
    `,
        "run_cap",
      ),
    ).to.equal("method: grid\nrun_cap: 20\n");
  });

  it("renames a key without touching its value", () => {
    expect(accepted(atCursor`met‸hd: grid`, "method")).to.equal("method: grid");
  });

  it("fills a metric with a name and a goal", () => {
    expect(accepted(atCursor`‸`, "metric")).to.equal("metric:\n  name: _\n  goal: minimize");
  });

  it("writes W&B's default command out, its macros as they are", () => {
    expect(accepted(atCursor`‸`, "command")).to.equal(
      "command:\n  - ${env}\n  - ${interpreter}\n  - ${program}\n  - ${args}",
    );
  });

  it("puts what does nothing here behind what does", () => {
    const labels = labelsAt(atCursor`‸`);
    expect(labels.indexOf("scheduler")).to.be.greaterThan(labels.indexOf("sweepdeck"));
  });

  it("says what each key is for", () => {
    expect(offered(atCursor`‸`, "run_cap").documentation).to.match(/how many configurations/i);
  });
});

describe("completion inside blocks", () => {
  it("offers the keys of a metric that are not there", () => {
    const labels = labelsAt(atCursor`
      metric:
        name: val_loss
        ‸
    `);
    expect(labels).to.include.members(["goal", "target"]);
    expect(labels).not.to.include("name");
    expect(labels).not.to.include("method");
  });

  it("says of a new parameter alone that it takes the word that is typed", () => {
    const taking = (at: TextAtCursor) =>
      completionsAt(at.text, at.offset, nothingKnown).filter(({ takesWord }) => takesWord);
    const named = taking(atCursor`
      parameters:
        dro‸
    `);
    expect(named.map(({ label }) => label)).to.include("dro: uniform");
    expect(taking(atCursor`meth‸`)).to.deep.equal([]);
  });

  it("goes by the column of the cursor", () => {
    expect(
      labelsAt(atCursor`
        metric:
          name: val_loss
        ‸
      `),
    ).to.include("method");
  });

  it("knows the sweepdeck block, in depth", () => {
    const labels = labelsAt(atCursor`
      sweepdeck:
        limits:
          trial_time: 2h
          ‸
    `);
    expect(labels).to.include.members(["total_time", "failures"]);
    expect(labels).not.to.include("trial_time");
  });

  it("completes the keys of objects in lists", () => {
    const labels = labelsAt(atCursor`
      metrics:
        - name: loss
          ‸
        - name: accuracy
    `);
    expect(labels).to.include("goal");
    expect(labels).not.to.include("name");
    expect(labels).not.to.include("method");
  });

  it("completes behind a dash", () => {
    const at = atCursor`
      metrics:
        - na‸
    `;
    expect(accepted(at, "name")).to.equal("metrics:\n  - name: _\n");
  });

  it("works in brackets", () => {
    const labels = labelsAt(atCursor`metric: {name: loss, ‸}`);
    expect(labels).to.include("goal");
    expect(labels).not.to.include("name");
    expect(labelsAt(atCursor`metric: {‸, name: loss}`)).not.to.include("name");
  });

  it("works in a file that is all brackets, with its quotes", () => {
    const at = atCursor`{"method": "random", "met‸"}`;
    expect(labelsAt(at)).not.to.include("method");
    expect(offered(at, "metric").filterText).to.equal('"metric');
    expect(accepted(at, "metric")).to.equal('{"method": "random", "metric": {_}}');
  });
});

describe("completion of values", () => {
  it("offers the values of an enumeration, with their meaning", () => {
    const at = atCursor`method: ‸`;
    expect(labelsAt(at)).to.include.members(["grid", "random", "bayes"]);
    expect(offered(at, "grid").documentation).to.match(/every combination/i);
  });

  it("puts the space that is missing behind the colon", () => {
    expect(accepted(atCursor`method:‸`, "grid")).to.equal("method: grid");
  });

  it("replaces the value that is there", () => {
    expect(accepted(atCursor`method: ran‸dm # how`, "random")).to.equal("method: random # how");
  });

  it("quotes a word that YAML would read as something else", () => {
    const at = atCursor`
      metric:
        impute_while_running: ‸`;
    expect(accepted(at, "false")).to.equal('metric:\n  impute_while_running: "false"');
  });

  it("offers true and false", () => {
    expect(
      labelsAt(atCursor`
        early_terminate:
          strict: ‸
      `),
    ).to.include.members(["true", "false"]);
  });

  it("offers macros in the command", () => {
    const at = atCursor`
      command:
        - python
        - \${pro‸
    `;
    expect(accepted(at, "${program}")).to.equal("command:\n  - python\n  - ${program}\n");
    expect(labelsAt(atCursor`command: [python, \${ar‸]`)).to.include("${args_no_hyphens}");
  });

  it("starts an item of a list whose dash is not there", () => {
    const at = atCursor`
      command:
        - \${env}
        ‸
    `;
    expect(accepted(at, "${args}")).to.equal("command:\n  - ${env}\n  - ${args}\n");
  });

  it("offers macros only in the command", () => {
    expect(labelsAt(atCursor`program: \${‸`)).not.to.include("${args}");
  });
});

describe("completion of parameters", () => {
  it("offers whole parameters, learning rates among them", () => {
    const at = atCursor`
      parameters:
        ‸
    `;
    expect(accepted(at, "parameter: log_uniform_values")).to.equal(
      "parameters:\n  name:\n    distribution: log_uniform_values\n    min: 1.0e-5\n    max: 1.0e-1\n",
    );
  });

  it("keeps the name that is typed", () => {
    const at = atCursor`
      parameters:
        momentum: {value: 0.9}
        dropo‸
    `;
    expect(offered(at, "dropo: uniform").filterText).to.equal("dropo");
    expect(accepted(at, "dropo: uniform")).to.equal(
      "parameters:\n  momentum: {value: 0.9}\n  dropo:\n    min: 0.0\n    max: 1.0\n",
    );
    expect(accepted(atCursor`parameters: {lr‸}`, "lr: uniform")).to.equal(
      "parameters: {lr: {min: 0.0, max: 1.0}}",
    );
  });

  it("begins an empty parameter by its form or by a key", () => {
    const labels = labelsAt(atCursor`
      parameters:
        lr:
          ‸
        momentum:
          values: [0.9]
    `);
    expect(labels).to.include.members(["log_uniform_values", "values", "min", "distribution"]);
  });

  it("offers the keys that still fit", () => {
    const labels = labelsAt(atCursor`
      parameters:
        lr:
          min: 0.1
          ‸
    `);
    expect(labels).to.include.members(["max", "distribution", "q"]);
    expect(labels).not.to.include("values");
    expect(labels).not.to.include("mu");
  });

  it("goes by the distribution that is named", () => {
    const labels = labelsAt(atCursor`
      parameters:
        lr:
          distribution: normal
          ‸
    `);
    expect(labels).to.have.members(["mu", "sigma"]);
  });

  it("completes a distribution with the fields that it needs", () => {
    const at = atCursor`
      parameters:
        lr:
          distribution: log‸
          min: 1.0e-4
    `;
    expect(accepted(at, "log_uniform_values")).to.equal(
      "parameters:\n  lr:\n    distribution: log_uniform_values\n    max: 1.0e-1\n    min: 1.0e-4\n",
    );
  });

  it("offers deprecated distributions last, and says so", () => {
    const at = atCursor`
      parameters:
        lr:
          distribution: ‸
    `;
    const labels = labelsAt(at);
    expect(labels.indexOf("log_uniform")).to.be.greaterThan(labels.indexOf("log_uniform_values"));
    expect(offered(at, "log_uniform").deprecated).to.equal(true);
    expect(offered(at, "log_uniform_values").deprecated).to.equal(false);
  });

  it("works in groups and in brackets", () => {
    expect(
      labelsAt(atCursor`
        parameters:
          optimizer:
            parameters:
              lr: {min: 0.1, ‸
      `),
    ).to.include("max");
  });

  it("is not misled by a value called like a distribution's key", () => {
    expect(
      labelsAt(atCursor`
        parameters:
          distribution:
            ‸
      `),
    ).to.include("values");
  });
});

describe("completion of broken documents", () => {
  const brokenAround = {
    "a bracket that never closes": atCursor`
      parameters:
        batch_size:
          values: [32, 64
        lr:
          ‸
    `,
    "a quote that never closes": atCursor`
      program: "train.py
      parameters:
        lr:
          ‸
    `,
    "a key without a colon": atCursor`
      method
      parameters:
        lr:
          ‸
        momentum
    `,
    "a tab": atCursor`
      metric:
      \tname: x
      parameters:
        lr:
          ‸
    `,
    "Windows line breaks": atCursor`parameters:\r\n  lr:\r\n    ‸\r\nmethod: grid\r\n`,
  };
  for (const [what, at] of Object.entries(brokenAround)) {
    it(`stands ${what}`, () => expect(labelsAt(at)).to.include.members(["values", "min"]));
  }

  it("has nothing to say in comments, blocks of text and behind a value", () => {
    expect(labelsAt(atCursor`metric ‸: {}`)).to.deep.equal([]);
    expect(labelsAt(atCursor`# met‸`)).to.deep.equal([]);
    expect(labelsAt(atCursor`method: grid # ‸`)).to.deep.equal([]);
    expect(labelsAt(atCursor`method: grid ‸`)).to.deep.equal([]);
    expect(
      labelsAt(atCursor`
        description: |
          met‸
      `),
    ).to.deep.equal([]);
  });
});
