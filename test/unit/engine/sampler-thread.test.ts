import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "chai";
import { proposerOnThread } from "../../../src/engine/sampler-thread.js";
import { type SamplerSource, samplerOf } from "../../../src/engine/study-sampler.js";
import type { Proposal, Sampler } from "../../../src/search/sampler.js";
import type { History, Observation } from "../../../src/space/history.js";
import { parseSweep } from "../../../src/sweep/parse.js";

const worker = path.resolve(import.meta.dirname, "../../../src/engine/sampler-worker.ts");

const tsx = pathToFileURL(
  createRequire(import.meta.url)
    .resolve("tsx/esm/api")
    .replace(/\.cjs$/, ".mjs"),
).href;

const source: SamplerSource = {
  text: `program: train.py
method: bayes
metric: {name: loss, goal: minimize}
parameters:
  lr: {distribution: log_uniform_values, min: 1.0e-5, max: 0.1}
  layers: {values: [1, 2, 3]}
sweepdeck: {sampler: {type: tpe}}
`,
  seed: 3,
  initial: [{ configuration: { lr: 0.01, layers: 2 }, origins: { lr: "sweep", layers: "sweep" } }],
};

function sampler(): Sampler {
  const { sweep } = parseSweep(source.text);
  if (sweep === undefined) throw new Error("the sweep is wrong");
  return samplerOf(source, sweep);
}

/** The history of a study in which each trial has ended before the next is proposed. */
function observed(number: number, proposal: Proposal): Observation {
  if (proposal.kind === "exhausted") throw new Error("exhausted");
  const { configuration } = proposal;
  const value = Math.abs(Math.log10(Number(configuration["lr"])) + 3);
  return {
    number,
    configuration,
    state: "complete",
    draw: number,
    ended: number,
    value,
    values: [],
    violation: 0,
    reports: [[0, value]],
  };
}

async function history(count: number, ask: (history: History) => Proposal | Promise<Proposal>) {
  const observations: Observation[] = [];
  for (let draws = 0; draws < count; draws += 1) {
    observations.push(observed(draws, await ask({ draws, observations: [...observations] })));
  }
  return observations;
}

describe("the thread of a sampler", function () {
  this.timeout(60_000);
  let folder: string;

  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "sampler-"));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function script(name: string, text: string): string {
    const file = path.join(folder, name);
    writeFileSync(file, text);
    return file;
  }
  const good = () =>
    script(
      "good.mjs",
      `import { register } from ${JSON.stringify(tsx)};
register();
await import(${JSON.stringify(worker)});`,
    );
  const neverHere = () => {
    throw new Error("it was asked in this thread");
  };

  it("proposes what the sampler proposes in this one", async () => {
    using proposer = proposerOnThread({ file: good(), source, here: neverHere });
    const there = await history(14, (past) => proposer.propose(past));
    const here = sampler();
    expect(there).to.deep.equal(await history(14, (past) => here.ask(past)));
  });

  it("answers from a new thread when the first has died, and is told the whole history", async () => {
    const marker = path.join(folder, "died");
    const file = script(
      "dies-once.mjs",
      `import { existsSync, writeFileSync } from "node:fs";
import { parentPort } from "node:worker_threads";
const marker = ${JSON.stringify(marker)};
const post = parentPort.postMessage.bind(parentPort);
let answers = existsSync(marker) ? 3 : 0;
parentPort.postMessage = (answer) => {
  answers += 1;
  if (answers !== 3) return post(answer);
  writeFileSync(marker, "");
  process.exit(1);
};
await import(${JSON.stringify(good())});`,
    );
    using proposer = proposerOnThread({ file, source, here: neverHere });
    const there = await history(5, (past) => proposer.propose(past));
    const here = sampler();
    expect(there).to.deep.equal(await history(5, (past) => here.ask(past)));
    expect(existsSync(marker)).to.equal(true);
  });

  it("is told a long history in pieces", async () => {
    using proposer = proposerOnThread({ file: good(), source, here: neverHere });
    const one = observed(0, { kind: "configuration", configuration: { lr: 0.01, layers: 2 } });
    const past = Array.from({ length: 250 }, (_, number) => ({
      ...one,
      number,
      draw: number,
      ended: number,
      value: number,
    }));
    const long = { draws: past.length, observations: past };
    expect(await proposer.propose(long)).to.deep.equal(sampler().ask(long));
  });

  it("answers from this thread where none lives", async () => {
    const file = path.join(folder, "there-is-none.mjs");
    using proposer = proposerOnThread({ file, source, here: sampler });
    const here = sampler();
    expect(await history(3, (past) => proposer.propose(past))).to.deep.equal(
      await history(3, (past) => here.ask(past)),
    );
  });

  it("throws what the sampler throws", async () => {
    const broken = { ...source, text: "method: [" };
    const here = () => {
      throw new Error("the sweep is wrong");
    };
    using proposer = proposerOnThread({ file: good(), source: broken, here });
    const asked = Promise.resolve(proposer.propose({ draws: 0, observations: [] }));
    const failure = await asked.then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).to.be.an("error").with.property("message", "the sweep is wrong");
  });
});
