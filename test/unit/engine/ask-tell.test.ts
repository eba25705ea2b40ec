import { expect } from "chai";
import { type Answer, type AskedTrial, askTell } from "../../../src/engine/ask-tell.js";
import { parseSweep } from "../../../src/sweep/parse.js";
import type { Sweep } from "../../../src/sweep/sweep.js";

const plain = `
  program: train.py
  method: random
  metric: {name: loss, goal: minimize}
  parameters:
    lr: {distribution: log_uniform_values, min: 1.0e-4, max: 0.1}
    optimizer: {parameters: {name: {values: [adam, sgd]}}}`;

describe("ask-tell", () => {
  it("gives out trials with numbers and nested parameters", () => {
    const [first, second] = trialsIn(conversation(plain)({ ask: 2 }));
    expect([first?.number, second?.number]).to.deep.equal([0, 1]);
    expect(first?.params).to.have.keys("lr", "optimizer");
    expect(first?.params["optimizer"]).to.have.keys("name");
  });

  it("gives the same trials for the same lines and seed, others for another seed", () => {
    const lines = [{ ask: 1 }, { tell: 0, value: 0.3 }, { ask: 2 }];
    const said = (seed: number) => lines.map(conversation(plain, seed));
    expect(said(4)).to.deep.equal(said(4));
    expect(said(4)).to.not.deep.equal(said(5));
  });

  it("gives the same trials one by one as at once, where no value has come in between", () => {
    const say = conversation(plain);
    const oneByOne = [say({ ask: 1 }), say({ ask: 1 })].flatMap(trialsIn);
    expect(oneByOne).to.deep.equal(trialsIn(conversation(plain)({ ask: 2 })));
  });

  it("begins with the configurations that the sweep names first", () => {
    const sweep = sweepOf(plain);
    const configuration = { lr: 0.02, "optimizer.name": "sgd" };
    const say = askTell(sweep, 1, [{ configuration, origins: {} }]);
    expect(trialsIn(say('{"ask": 1}'))).to.deep.equal([
      { number: 0, params: { lr: 0.02, optimizer: { name: "sgd" } } },
    ]);
  });

  it("learns from what it is told: a sampler that models the values comes closer than chance", () => {
    const reached = (method: string) => {
      const say = conversation(quadratic(method));
      return Math.min(...Array.from({ length: 14 }, () => tellQuadratic(say)));
    };
    expect(reached("bayes")).to.be.below(reached("random") / 10);
  }).timeout(30_000);

  it("stops giving out trials at the cap, and where every configuration has been tried", () => {
    expect(conversation(`${plain}\n  run_cap: 2`)({ ask: 3 })).to.deep.include({ end: "run_cap" });
    const grid = `
      program: train.py
      method: grid
      parameters: {a: {values: [1, 2]}, b: {values: [3, 4]}}`;
    const answer = conversation(grid)({ ask: 9 });
    expect(answer).to.deep.include({ end: "exhausted" });
    expect(trialsIn(answer).map(({ params }) => params)).to.deep.equal([
      { a: 1, b: 3 },
      { a: 1, b: 4 },
      { a: 2, b: 3 },
      { a: 2, b: 4 },
    ]);
  });

  it("takes trials in any order, by value, failed, pruned or stopped", () => {
    const say = conversation(plain);
    say({ ask: 5 });
    const told = [
      { tell: 3, value: 1.5 },
      { tell: 0, state: "failed" },
      { tell: 4, state: "complete", value: -2 },
      { tell: 2, state: "pruned" },
      { tell: 1, state: "stopped" },
    ];
    expect(told.map(say)).to.deep.equal(told.map(() => ({ ok: true })));
  });

  it("takes a value for each of several objectives", () => {
    const say = conversation(`
      program: train.py
      method: random
      parameters: {lr: {min: 0.0, max: 1.0}}
      sweepdeck: {objectives: [{name: loss, goal: minimize}, {name: accuracy, goal: maximize}]}`);
    say({ ask: 2 });
    expect(say({ tell: 0, values: [0.3, 0.9] })).to.deep.equal({ ok: true });
    expect(errorIn(say({ tell: 1, value: 0.3 }))).to.equal(
      'The sweep has 2 objectives, and 1 values were told. Tell "values" in this order: loss, accuracy.',
    );
  });
});

describe("ask-tell, of reports", () => {
  const stopping = `${plain}\n  early_terminate: {type: hyperband, min_iter: 1}`;

  it("stops a trial by the sweep's rules, and says why", () => {
    const say = conversation(stopping);
    say({ ask: 2 });
    expect(say({ report: 0, step: 1, value: 0.2 })).to.deep.equal({ ok: true });
    const answer = say({ report: 1, step: 1, value: 0.9 });
    expect(answer).to.deep.include({ stop: true, as: "pruned" });
    expect("why" in answer && answer.why).to.match(
      /^early_terminate stopped it at step 1: loss 0\.9 /,
    );
    expect("reason" in answer && answer.reason).to.deep.include({
      rule: "early_terminate",
      step: 1,
      value: 0.9,
      threshold: 0.2,
      competitors: [{ trial: 0, value: 0.2 }],
    });
  });

  it("lets a stopped trial tell its last value once, and report no more", () => {
    const say = conversation(stopping);
    say({ ask: 2 });
    say({ report: 0, step: 1, value: 0.2 });
    say({ report: 1, step: 1, value: 0.9 });
    expect(errorIn(say({ report: 1, step: 2, value: 0.8 }))).to.equal(
      "Trial 1 has ended, and takes no more reports. Report before you tell how it ended.",
    );
    expect(say({ tell: 1, value: 0.9 })).to.deep.equal({ ok: true });
    expect(errorIn(say({ tell: 1, value: 0.9 }))).to.match(/^Trial 1 has been told before/);
  });

  it("takes a trial that has reached its target for complete", () => {
    const say = conversation(
      `${plain}\n  sweepdeck: {stopping: [{type: target, value: 0.1, metric: loss}]}`,
    );
    say({ ask: 1 });
    const answer = say({ report: 0, step: 1, value: 0.05 });
    expect(answer).to.deep.include({ stop: true, as: "complete" });
  });

  it("shows a rule the metric that it looks at, and no other", () => {
    const say = conversation(
      `${plain}\n  sweepdeck: {stopping: [{type: threshold, upper: 10, metric: gradient}]}`,
    );
    say({ ask: 1 });
    expect(say({ report: 0, step: 1, value: 99 })).to.deep.equal({ ok: true });
    expect(say({ report: 0, step: 1, value: 99, metric: "gradient" })).to.include({ stop: true });
  });

  it("takes null for a value that is no number, which the rule of divergence stops", () => {
    const say = conversation(`${plain}\n  sweepdeck: {stopping: [{type: divergence}]}`);
    say({ ask: 1 });
    expect(say({ report: 0, step: 1, value: 1 })).to.deep.equal({ ok: true });
    expect(say({ report: 0, step: 2, value: null })).to.include({ stop: true });
  });
});

describe("ask-tell, of lines that it cannot answer", () => {
  for (const [line, says] of [
    ["ask", /^The line is no JSON object\. Write one a line, such as \{"ask": 1\}\.$/],
    ["[1]", /^The line is no JSON object/],
    ['{"tell": 0, "value": NaN}', /^JSON has no NaN.*"state": "failed".*null/],
    ['{"tell": 0, "value": -Infinity}', /^JSON has no NaN and no infinities/],
    ["{}", /^The line asks nothing\. It needs "ask", "tell" or "report"/],
    ['{"ask": 1, "tell": 0, "value": 1}', /^The line has "ask" and "tell"\. Write a line for each/],
    ['{"ask": 1, "seed": 2}', /^"seed" means nothing beside "ask"\. Known are "ask"\.$/],
    ['{"ask": 0}', /^"ask" takes how many trials are wanted: a whole number from 1/],
    ['{"ask": 1.5}', /^"ask" takes how many/],
    ['{"ask": "2"}', /^"ask" takes how many/],
    ['{"ask": 1e9}', /^"ask" takes how many/],
    ['{"tell": "0", "value": 1}', /^"tell" takes the number of a trial/],
    [
      '{"tell": 7, "value": 1}',
      /^There is no trial 7\. Those asked for have the numbers 0 to 1\.$/,
    ],
    ['{"report": 7, "step": 1, "value": 1}', /^There is no trial 7\./],
    ['{"tell": 0}', /^How the trial ended is missing\./],
    ['{"tell": 0, "state": "complete"}', /^How the trial ended is missing\./],
    [
      '{"tell": 0, "state": "done"}',
      /^"state" takes "complete", "pruned", "failed" or "stopped"\.$/,
    ],
    ['{"tell": 0, "value": "low"}', /^"value" takes a number\. Where there is none/],
    ['{"tell": 0, "value": null}', /^"value" takes a number\./],
    ['{"tell": 0, "value": 1e999}', /^"value" takes a number\./],
    ['{"tell": 0, "values": 3}', /^"values" takes a list of numbers\./],
    ['{"tell": 0, "value": 1, "values": [1]}', /^The line has "value" and "values"\./],
    ['{"tell": 0, "values": [1, 2]}', /^The sweep has one objective, and 2 values were told\./],
    ['{"report": 0, "value": 1}', /^"step" takes a number/],
    ['{"report": 0, "step": 1}', /^"value" takes a number in a report, or null/],
    ['{"report": 0, "step": 1, "value": 1, "metric": 2}', /^"metric" takes the name of a metric\./],
  ] as const) {
    it(`says what is wrong with ${line}, and goes on as if it had not come`, () => {
      const say = askTell(sweepOf(plain), 1);
      const undisturbed = askTell(sweepOf(plain), 1);
      say('{"ask": 2}');
      undisturbed('{"ask": 2}');
      expect(errorIn(say(line))).to.match(says);
      for (const next of ['{"tell": 0, "value": 1}', '{"ask": 1}']) {
        expect(say(next)).to.deep.equal(undisturbed(next));
      }
    });
  }

  it("says that a trial was told before, and that nothing was asked for yet", () => {
    const say = conversation(plain);
    expect(errorIn(say({ tell: 0, value: 1 }))).to.match(/none was asked for yet\. Ask first\.$/);
    say({ ask: 1 });
    say({ tell: 0, value: 1 });
    expect(errorIn(say({ tell: 0, state: "failed" }))).to.equal(
      "Trial 0 has been told before, and that stands. Ask for a new trial to try again.",
    );
  });
});

type Say = (line: object) => Answer;

function conversation(text: string, seed = 1): Say {
  const say = askTell(sweepOf(text), seed);
  return (line) => say(JSON.stringify(line));
}

function sweepOf(text: string): Sweep {
  const { sweep, problems } = parseSweep(text);
  if (sweep === undefined) throw new Error(JSON.stringify(problems));
  return sweep;
}

function trialsIn(answer: Answer): readonly AskedTrial[] {
  if (!("trials" in answer)) throw new Error(JSON.stringify(answer));
  return answer.trials;
}

function errorIn(answer: Answer): string {
  if (!("error" in answer)) throw new Error(JSON.stringify(answer));
  return answer.error;
}

function quadratic(method: string): string {
  const parameters = ["a", "b"].map((name) => `${name}: {min: 0.0, max: 1.0}`).join(", ");
  return `{program: train.py, method: ${method}, metric: {name: loss}, parameters: {${parameters}}}`;
}

/** Runs one trial, and returns its value. */
function tellQuadratic(say: Say): number {
  const [trial] = trialsIn(say({ ask: 1 }));
  if (trial === undefined) throw new Error("nothing left to try");
  const value = ["a", "b"].reduce((sum, name) => sum + (Number(trial.params[name]) - 0.3) ** 2, 0);
  say({ tell: trial.number, value });
  return value;
}
