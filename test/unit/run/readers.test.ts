import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { LineSplitter } from "../../../src/run/readers/lines.js";
import { openReader } from "../../../src/run/readers/open.js";
import { linePattern, outputReader } from "../../../src/run/readers/output.js";
import type { Measurement, Reader } from "../../../src/study/reader.js";

const fixture = (name: string) =>
  readFileSync(path.resolve(import.meta.dirname, "../../fixtures/output", name));

describe("readers of a trial", function () {
  this.timeout(20_000);
  let directory: string;
  let log: string;
  beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), "sweepdeck-readers-"));
    log = path.join(directory, "attempts/1/output.log");
    mkdirSync(path.dirname(log), { recursive: true });
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const place = () => ({ trial: 1, attempt: 1, trialDirectory: directory });
  const measured = (bytes: Buffer | string, reader: Reader = openReader()(place())) => {
    writeFileSync(log, bytes);
    return reader.readToEnd();
  };
  const columns = (measurements: readonly Measurement[], ...names: string[]) =>
    measurements
      .filter(({ metrics }) => names.every((name) => name in metrics))
      .map(({ step, metrics }) => [step, ...names.map((name) => metrics[name])]);

  it("reads Keras: an epoch's numbers once, when it is complete", () => {
    expect(columns(measured(fixture("keras.log")), "val_loss", "loss")).to.deep.equal([
      [1, 0.55, 0.91],
      [2, 0.41, 0.48],
      [3, 0.39, 0.36],
    ]);
  });

  it("reads Lightning's bar: a number is counted when it changes, in the epoch that it is of", () => {
    const all = measured(fixture("lightning.log"));
    expect(columns(all, "val_loss")).to.deep.equal([
      [0, 0.7],
      [1, 0.52],
      [2, 0.5],
    ]);
    expect(columns(all, "train_loss")).to.deep.equal([
      [0, 0.8],
      [1, 0.6],
      [2, 0.45],
    ]);
  });

  it("reads the dictionaries of Hugging Face's Trainer", () => {
    const all = measured(fixture("trainer.log"));
    expect(columns(all, "eval_loss", "eval_accuracy")).to.deep.equal([[1, 1.85, 0.41]]);
    expect(columns(all, "loss")).to.deep.equal([
      [undefined, 2.31],
      [1, 1.92],
    ]);
  });

  it("leaves out what the script prints back of its parameters", () => {
    writeFileSync(path.join(directory, "config.json"), '{"lr": 0.1, "opt": {"beta": 0.9}}');
    expect(measured("lr=0.1 beta=0.9 loss=0.5\n{'lr': 0.1, 'opt': {'beta': 0.9}}\n")).to.deep.equal(
      [{ step: undefined, metrics: { loss: 0.5 } }],
    );
  });

  it("waits for the end of a line, and takes the last one as it is when the trial has ended", () => {
    const reader = openReader()(place());
    expect(reader.read()).to.deep.equal([]);
    writeFileSync(log, "loss=0.5\nloss=0.2");
    expect(reader.read()).to.deep.equal([{ step: undefined, metrics: { loss: 0.5 } }]);
    appendFileSync(log, "5");
    expect(reader.read()).to.deep.equal([]);
    expect(reader.readToEnd()).to.deep.equal([{ step: undefined, metrics: { loss: 0.25 } }]);
    expect(reader.readToEnd()).to.deep.equal([]);
  });

  it("prefers what the Python helper reports to what is printed of the same name", () => {
    writeFileSync(
      path.join(directory, "metrics.jsonl"),
      '{"step": 0, "time": 1.5, "metrics": {"loss": 0.5}}\n{"step": 1, "metrics": {"loss": NaN}}\n{"step": 2, "me',
    );
    expect(measured("loss=0.51 acc=0.9\nloss=9\n")).to.deep.equal([
      { step: 0, metrics: { loss: 0.5 } },
      { step: 1, metrics: { loss: Number.NaN } },
      { step: undefined, metrics: { acc: 0.9 } },
    ]);
  });

  it("reads only where the sweep says", () => {
    writeFileSync(path.join(directory, "metrics.jsonl"), '{"step": 0, "metrics": {"loss": 0.5}}\n');
    const reader = openReader({ from: ["jsonl"] })(place());
    expect(measured("acc=0.9\n", reader)).to.deep.equal([{ step: 0, metrics: { loss: 0.5 } }]);
  });

  it("reads by the sweep's own expression, in Python's notation too, and by nothing else", () => {
    const pattern = String.raw`(?P<name>\w+) at (?P<step>\d+) is (?P<value>\S+)|rank (?<rank>\d+)`;
    const reader = openReader({ pattern })(place());
    expect(
      measured("loss at 3 is 1e-3 and acc at 3 is 0.9\nrank 5\nloss=0.5\n", reader),
    ).to.deep.equal([
      { step: 3, metrics: { loss: 1e-3, acc: 0.9 } },
      { step: undefined, metrics: { rank: 5 } },
    ]);
  });

  it("takes for a step of the sweep's own expression no number that others tie with", () => {
    const pattern = String.raw`at (?<step>\S+) (?<loss>\S+)`;
    const lines = "at 9007199254740993 0.5\nat -1 0.5\nat 1e3 0.5\nat 2.5 0.5\n";
    const measurements = measured(lines, openReader({ pattern })(place()));
    expect(measurements.map(({ step }) => step)).to.deep.equal(Array(4).fill(undefined));
  });

  it("gives no expression for what is none", () => {
    expect(linePattern("(")).to.equal(undefined);
  });

  it("measures the same, in whatever pieces the bytes come", () => {
    const bytes = Buffer.concat([
      fixture("keras.log"),
      fixture("lightning.log"),
      Buffer.from([0xff, 0xfe, 0x80, 10]),
      fixture("trainer.log"),
      Buffer.from("größe=0.5 naïve: 1\r\n名=3 loss=0.125"),
    ]);
    const whole = measured(bytes, outputReader({ file: log, parameters: () => new Set() }));
    expect(whole.length).to.be.greaterThan(10);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1 }), (sizes) => {
        writeFileSync(log, "");
        const reader = outputReader({ file: log, parameters: () => new Set() });
        const pieces: Measurement[] = [];
        for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
          const size = sizes[turn % sizes.length] ?? 1;
          appendFileSync(log, bytes.subarray(at, at + size));
          at += size;
          pieces.push(...reader.read());
        }
        pieces.push(...reader.readToEnd());
        expect(pieces).to.deep.equal(whole);
      }),
      { numRuns: 25 },
    );
  });

  it("cuts lines wherever the bytes are cut", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.array(fc.nat(50)), (text, cuts) => {
        const bytes = Buffer.from(text);
        const splitter = new LineSplitter();
        const lines: string[] = [];
        let at = 0;
        for (const size of [...cuts, bytes.length]) {
          lines.push(...splitter.push(bytes.subarray(at, at + size)));
          at += size;
        }
        lines.push(splitter.rest());
        expect(lines.filter((line) => line !== "")).to.deep.equal(
          bytes
            .toString()
            .split(/[\r\n]/)
            .filter((line) => line !== ""),
        );
      }),
    );
  });

  for (const [what, megabytes, piece] of [
    [
      "lines",
      10,
      "epoch 3 step=100 loss=0.5 acc: 0.9 and some more words to make it as long as lines are\n",
    ],
    ["one line without an end", 50, "aaaa bbbb=cccc, "],
    ["brackets", 50, "{[({'a': "],
    ["names without a value", 50, "x=x=x=loss: "],
  ] as const) {
    it(`is done with ${megabytes} MB of ${what} in a time that grows with the bytes alone`, function () {
      this.timeout(20_000);
      const million = Buffer.from(piece.repeat(Math.ceil(1e6 / piece.length)));
      writeFileSync(log, "");
      for (let megabyte = 0; megabyte < megabytes; megabyte += 1) appendFileSync(log, million);
      const measurements = openReader()(place()).readToEnd();
      expect(measurements.length).to.equal(
        what === "lines" ? Math.ceil(1e6 / piece.length) * megabytes : 0,
      );
    });
  }

  it("never throws, whatever is printed", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" })), (lines) => {
        expect(() => measured(lines.join("\n"))).to.not.throw();
      }),
      { numRuns: 200 },
    );
  });
});
