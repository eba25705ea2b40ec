import { expect } from "chai";
import { messageOf } from "../../../src/sweep/messages.js";
import { factsOf, said, sweepOf, withLines } from "../../support/said.js";

const metric = "metric: {name: loss}";
const parameters = "parameters: {lr: {min: 0.1, max: 1.0}}";

describe("the top level of a sweep file", () => {
  it("needs a method and parameters", () => {
    expect(said(parameters)).to.deep.equal(["error missing-key «»"]);
    expect(said("method: random")).to.deep.equal(["error missing-key «»"]);
    expect(said("method: random\nparameters: {}")).to.deep.equal(["error too-few «{}»"]);
    expect(said("method: random\nparameters:")).to.deep.equal(["error wrong-type «parameters»"]);
  });

  it("has no keys but those of the grammar, and points at the key", () => {
    expect(said(withLines("colour: red"))).to.deep.equal(["error unknown-key «colour»"]);
    expect(factsOf(withLines("run_capp: 3"), "unknown-key").closest).to.equal("run_cap");
    expect(factsOf(withLines("runCap: 3"), "unknown-key").closest).to.equal("run_cap");
  });

  it("takes W&B's other keys, and says which of them do nothing here", () => {
    const text = withLines("apiVersion: v1", "kind: sweep", "project: p", "entity: e", "job: j");
    expect(said(text)).to.deep.equal(["info not-used-here «job»"]);
    expect(sweepOf(text)).to.include({ project: "p", entity: "e" });
  });

  it("takes text for names, also what would be a number elsewhere", () => {
    expect(sweepOf(withLines("name: 1e-4")).name).to.equal("1e-4");
    expect(said(withLines("name: 1e-4"))).to.be.empty;
    expect(said(withLines("name: 3"))).to.deep.equal(["error wrong-type «3»"]);
  });

  it("has a run_cap above 0, a whole number however it is written", () => {
    expect(sweepOf(withLines("run_cap: 10.0")).runCap).to.equal(10);
    expect(said(withLines("run_cap: 0"))).to.deep.equal(["error out-of-bounds «0»"]);
    expect(said(withLines("run_cap: 2.5"))).to.deep.equal(["error not-whole «2.5»"]);
    expect(said(withLines("run_cap: true"))).to.deep.equal(["error wrong-type «true»"]);
  });

  it("is not empty, and not a list", () => {
    expect(said("")).to.deep.equal(["error file-empty «»"]);
    expect(said("# nothing yet\n")).to.deep.equal(["error file-empty «»"]);
    expect(said("- a\n- b\n")).to.deep.equal(["error wrong-type «- a\n- b»"]);
    expect(said("just words")).to.deep.equal(["error wrong-type «just words»"]);
  });
});

describe("the metric", () => {
  it("needs a name and minimizes by default", () => {
    expect(sweepOf(withLines(metric)).metric).to.deep.equal({
      name: "loss",
      goal: "minimize",
      impute: "worst",
      imputeWhileRunning: "false",
    });
    expect(said(withLines("metric: {goal: maximize}"))).to.deep.equal([
      "error missing-key «{goal: maximize}»",
    ]);
  });

  it("has a name that is text", () => {
    expect(messageOf(factsOf(withLines("metric: {name: 3}"), "wrong-type"))).to.equal(
      "`metric.name` is a number. It must be text.",
    );
  });

  it("has a goal that is spelt as W&B spells it: maximise would minimize there", () => {
    const text = withLines("metric: {name: acc, goal: maximise}");
    expect(said(text)).to.deep.equal(["error unknown-value «maximise»"]);
    expect(factsOf(text, "unknown-value").closest).to.equal("maximize");
  });

  it("takes impute_while_running as text only: false needs its quotes", () => {
    expect(said(withLines("metric: {name: a, impute_while_running: false}"))).to.deep.equal([
      "error unknown-value «false»",
    ]);
    expect(said(withLines("metric: {name: a, impute_while_running: 'false'}"))).to.be.empty;
  });

  it("counts as absent where it is left empty", () => {
    expect(said(withLines("metric:"))).to.deep.equal(["hint null-block «metric»"]);
    expect(sweepOf(withLines("metric:")).metric).to.equal(undefined);
  });

  it("and metrics exclude each other; metrics is for custom schedulers", () => {
    const metrics = "metrics: [{name: a}, {name: b}]";
    expect(said(withLines(metrics))).to.include("error metrics-need-custom «metrics»");
    expect(said(withLines(metric, metrics))).to.include("error metric-and-metrics «metrics»");
    expect(said(`method: custom\n${parameters}\n${metrics}`)).to.deep.equal([
      "info no-custom-scheduler «custom»",
      "warning not-supported-yet «metrics»",
    ]);
    expect(said(`method: custom\n${parameters}\nmetrics: [{name: a}]`)).to.include(
      "error too-few «[{name: a}]»",
    );
  });

  it("is missed by a hint where there is none", () => {
    expect(factsOf(withLines(), "no-metric").severity).to.equal("hint");
  });
});

describe("the method", () => {
  it("a grid of large numbers ends before max where that can be seen", () => {
    const grid = (bounds: string) =>
      `method: grid\nparameters: {p: {distribution: q_uniform, ${bounds}}}`;
    const small = factsOf(grid("min: 1000000, max: 1000003"), "grid-drops-max");
    expect(messageOf(small)).to.include("1000002 is tried, 1000003 is not");
    expect(said(grid("min: 0, max: 1000000000000000")).join()).not.to.include("grid-drops-max");
  });

  it("grid takes lists without weights, constants, whole numbers and q_uniform only", () => {
    const grid = (lr: string) => said(`method: grid\nparameters: {lr: ${lr}}`);
    expect(grid("{values: [1]}")).to.be.empty;
    expect(grid("{value: 1}")).to.be.empty;
    expect(grid("{min: 1, max: 3}")).to.be.empty;
    expect(grid("{distribution: q_uniform, min: 1, max: 3.5}")).to.be.empty;
    expect(grid("{distribution: q_uniform, min: 1, max: 3}")).to.deep.equal([
      "warning grid-drops-max «3»",
    ]);
    expect(grid("{min: 0.1, max: 1}")).to.deep.equal(["error grid-needs-discrete «lr»"]);
    expect(grid("{distribution: q_normal}")).to.deep.equal([
      "error grid-needs-discrete «q_normal»",
    ]);
    expect(grid("{values: [1, 2], probabilities: [0.5, 0.5]}")).to.deep.equal([
      "error grid-needs-discrete «[0.5, 0.5]»",
    ]);
    expect(grid("{parameters: {x: {min: 0.1, max: 1}}}")).to.deep.equal([
      "error grid-needs-discrete «x»",
    ]);
  });

  it("bayes needs a metric and something to vary", () => {
    expect(said(`method: bayes\n${parameters}`)).to.deep.equal([
      "error bayes-needs-metric «bayes»",
    ]);
    expect(said(`method: bayes\n${metric}\nparameters: {lr: {value: 1}}`)).to.include(
      "error bayes-needs-variable «parameters»",
    );
    expect(said(`method: bayes\n${metric}\n${parameters}`)).to.be.empty;
  });

  it("that is misspelt is compared with those that exist", () => {
    expect(factsOf(`method: baeys\n${parameters}`, "unknown-value").closest).to.equal("bayes");
  });

  it("grid says so where run_cap ends it early", () => {
    const grid = "method: grid\nparameters: {a: {values: [1, 2, 2]}, b: {min: 1, max: 3}}\n";
    expect(said(`${grid}run_cap: 6`)).to.deep.equal(["info duplicate-value «2»"]);
    expect(factsOf(`${grid}run_cap: 5`, "run-cap-below-grid")).to.include({ cap: 5, grid: 6 });
  });
});

describe("early_terminate", () => {
  const stopping = (text: string) => said(withLines(metric, `early_terminate: ${text}`));

  it("is read whole, and nothing is said of what is right", () => {
    const text = withLines(metric, "early_terminate: {type: hyperband, min_iter: 3}");
    expect(said(text)).to.deep.equal([]);
    expect(sweepOf(text).earlyTerminate).to.deep.equal({
      type: "hyperband",
      minIter: 3,
      eta: 3,
      strict: true,
    });
  });

  it("needs min_iter, or max_iter and s", () => {
    expect(stopping("{type: hyperband}")).to.deep.equal([
      "error hyperband-incomplete «early_terminate»",
    ]);
    expect(stopping("{type: hyperband, max_iter: 27}")).to.deep.equal([
      "error hyperband-incomplete «early_terminate»",
    ]);
    expect(stopping("{type: hyperband, max_iter: 27, s: 2}")).to.be.empty;
  });

  it("warns of what fails in W&B when the first trial is stopped", () => {
    expect(stopping("{type: hyperband, min_iter: 3, max_iter: 27}")).to.deep.equal([
      "warning hyperband-without-s «max_iter»",
    ]);
    expect(stopping("{type: hyperband, max_iter: 27, s: 1.5}")).to.deep.equal([
      "warning hyperband-no-bands «1.5»",
    ]);
    expect(stopping("{type: hyperband, max_iter: 2, s: 3}")).to.deep.equal([
      "warning hyperband-no-bands «3»",
    ]);
  });

  it("has an eta above 1 and a min_iter of at least 1", () => {
    expect(stopping("{type: hyperband, min_iter: 0}")).to.deep.equal(["error out-of-bounds «0»"]);
    expect(stopping("{type: hyperband, min_iter: 3, eta: 1}")).to.deep.equal([
      "error out-of-bounds «1»",
    ]);
    expect(stopping("{type: median, min_iter: 3}")).to.deep.equal(["error unknown-value «median»"]);
  });

  it("needs a metric to compare", () => {
    expect(said(withLines("early_terminate: {type: hyperband, min_iter: 3}"))).to.include(
      "warning early-terminate-needs-metric «early_terminate»",
    );
  });
});

describe("a scheduler", () => {
  it("takes the methods of its engine, and does nothing here", () => {
    expect(said(withLines("scheduler: {engine: wandb}"))).to.deep.equal([
      "info not-used-here «scheduler»",
    ]);
    expect(said(withLines("scheduler: {engine: optuna}"))).to.include(
      "error scheduler-method «random»",
    );
  });

  it("excludes early_terminate and a local controller", () => {
    const scheduler = "scheduler: {engine: wandb}";
    expect(
      said(withLines(metric, scheduler, "early_terminate: {type: hyperband, min_iter: 1}")),
    ).to.include("error scheduler-excludes «early_terminate»");
    expect(said(withLines(scheduler, "controller: {type: local}"))).to.include(
      "error scheduler-excludes «controller»",
    );
    expect(said(withLines(scheduler, "controller: {type: cloud}"))).to.not.include(
      "error scheduler-excludes «controller»",
    );
  });

  it("needs a source for its functions, and parameters to run here", () => {
    const python = "scheduler: {engine: optuna, search_space: f}";
    expect(said(`method: custom\n${python}`)).to.include.members([
      "error scheduler-needs-source «search_space»",
      "error search-space-in-python «search_space»",
    ]);
  });
});
