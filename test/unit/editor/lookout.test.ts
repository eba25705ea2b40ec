import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { type Lookout, startLookout } from "../../../src/editor/language/lookout.js";
import type { Log } from "../../../src/editor/log.js";

const reply = "parentPort.postMessage({ kind: request.kind, id: request.id, sources: [] });";

describe("the thread that looks around sweep files", () => {
  let home: string;
  let lookout: Lookout;
  let warnings: string[];

  /** A thread that does with each request what `body` says. */
  const start = (body: string, patienceMs?: number) => {
    home = mkdtempSync(path.join(tmpdir(), "lookout-"));
    writeFileSync(
      path.join(home, "surroundings.js"),
      `const { parentPort } = require("node:worker_threads");
      parentPort.on("message", (request) => { ${body} });`,
    );
    warnings = [];
    const log: Pick<Log, "channel" | "handOver"> = {
      channel: { warn: (text: string) => warnings.push(text) } as unknown as Log["channel"],
      handOver: () => undefined,
    };
    lookout = startLookout(home, log, patienceMs);
  };
  afterEach(() => {
    lookout.dispose();
    rmSync(home, { recursive: true, force: true });
  });

  const read = (script: string) => lookout.read({ script, unsaved: new Map() });

  it("answers each question with its own answer", async () => {
    start(
      `if (request.script === "slow.py") setTimeout(() => { ${reply} }, 50); else { ${reply} }`,
    );
    const [slow, quick] = await Promise.all([read("slow.py"), read("quick.py")]);
    expect([slow?.id, quick?.id]).to.deep.equal([1, 2]);
  });

  it("answers nothing where it dies, says why, and is started again", async () => {
    start(`if (request.script === "bad.py") throw new Error("stumbled"); ${reply}`);
    expect(await read("bad.py")).to.equal(undefined);
    expect(warnings.join()).to.include("stumbled");
    expect(await read("good.py")).to.include({ kind: "read" });
  });

  it("answers nothing where a request fails, says why, and goes on in the same thread", async () => {
    start(`globalThis.asked = (globalThis.asked ?? 0) + 1;
      const failed = { kind: "failed", id: request.id, reason: "stumbled" };
      if (request.script === "bad.py") parentPort.postMessage(failed);
      else parentPort.postMessage({ kind: "read", id: request.id, reading: globalThis.asked });`);
    expect(await read("bad.py")).to.equal(undefined);
    expect(warnings.join()).to.include("stumbled");
    expect(await read("good.py")).to.include({ reading: 2 });
  });

  it("answers nothing where it hangs, and is started again", async function () {
    this.timeout(20_000);
    start(`if (request.script === "bad.py") for (;;) {} ${reply}`, 3000);
    expect(await read("bad.py")).to.equal(undefined);
    expect(warnings.join()).to.include("no answer within 3 s");
    expect(await read("good.py")).to.include({ kind: "read" });
  });

  it("is left alone once it has died at each of several starts", async () => {
    start(`throw new Error("again");`);
    for (let times = 0; times < 8; times += 1) expect(await read("bad.py")).to.equal(undefined);
    expect(warnings).to.have.length(5);
  });
});
