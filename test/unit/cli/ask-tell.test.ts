import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { expect } from "chai";
import { cliFile, Desk } from "../../support/cli.js";

const sweep = `
program: train.py
method: random
metric: {name: loss, goal: minimize}
parameters: {lr: {min: 0.0, max: 1.0}}
sweepdeck: {initial: [{lr: 0.25}]}
`;

describe("sweepdeck ask-tell", function () {
  this.timeout(60_000);

  it("answers each line before the next is written, and ends with its input", async () => {
    using desk = new Desk({ "sweep.yaml": sweep });
    const child = spawn(process.execPath, [await cliFile(), "ask-tell", "sweep.yaml"], {
      cwd: desk.folder,
    });
    const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const say = async (line: string) => {
      child.stdin.write(`${line}\n`);
      const { value } = await answers.next();
      return JSON.parse(value);
    };
    const ended = new Promise((resolve) => child.once("close", resolve));
    expect(await say('{"ask": 1}')).to.deep.equal({
      trials: [{ number: 0, params: { lr: 0.25 } }],
    });
    expect(await say("nonsense")).to.have.keys("error");
    expect(await say('{"tell": 0, "value": 0.5}')).to.deep.equal({ ok: true });
    child.stdin.end();
    expect(await ended).to.equal(0);
  });

  it("refuses a file that is no sweep, before it reads a line", async () => {
    using desk = new Desk({ "sweep.yaml": "method: random" });
    const { code, stdout, stderr } = await desk.run(["ask-tell", "sweep.yaml"]);
    expect([code, stdout]).to.deep.equal([2, ""]);
    expect(stderr).to.match(/^sweep\.yaml:1:1: /);
  });
});
