import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { expect } from "chai";
import {
  type Claim,
  claimStudy,
  conductorOf,
  isFree,
  Overtaken,
} from "../../../src/study/claim.js";
import { activeMsOf, writeState } from "../../../src/study/state.js";

describe("who conducts a study", () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(path.join(tmpdir(), "claim-"));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  function claimed(takeOver: "free" | "by force" = "free"): Claim {
    const attempt = claimStudy(home, "cli", takeOver);
    if (!attempt.held) throw new Error("the study is held");
    return attempt.claim;
  }

  it("is nobody in a study that was never conducted", () => {
    expect(conductorOf(home)).to.equal(undefined);
    expect(isFree(conductorOf(home))).to.equal(true);
  });

  it("is the first to ask, and the second learns who", () => {
    claimed();
    const second = claimStudy(home, "editor");
    expect(second).to.deep.include({ held: false });
    expect(second.held ? undefined : second.by.pid).to.equal(process.pid);
  });

  it("is free again at once when it is released", () => {
    const first = claimed();
    first.release();
    expect(claimed().number).to.equal(first.number + 1);
  });

  it("is free when the holder's process is gone, whoever has its pid now", () => {
    const first = claimed();
    const record = path.join(home, `conductor-${first.number}.json`);
    const text = JSON.parse(readFileSync(record, "utf8"));
    const { pid } = spawnSync("true");
    writeFileSync(record, JSON.stringify({ ...text, pid }));
    expect(claimStudy(home, "cli").held).to.equal(true);
    writeFileSync(record, JSON.stringify({ ...text, startTime: "1" }));
    rmSync(path.join(home, `conductor-${first.number + 1}.json`));
    expect(claimStudy(home, "cli").held).to.equal(true);
  });

  it("is not free when the holder is on another machine, where nothing can be proven", () => {
    const first = claimed();
    const record = path.join(home, `conductor-${first.number}.json`);
    const text = JSON.parse(readFileSync(record, "utf8"));
    writeFileSync(
      record,
      JSON.stringify({ ...text, host: "elsewhere", bootId: "another", pid: 1 }),
    );
    expect(claimStudy(home, "cli").held).to.equal(false);
    expect(claimStudy(home, "cli", "by force").held).to.equal(true);
  });

  it("tells a conductor that was overtaken, and leaves the new one's record alone", () => {
    const first = claimed();
    const second = claimed("by force");
    expect(() => first.assertHeld()).to.throw(Overtaken);
    first.release();
    expect(conductorOf(home)?.number).to.equal(second.number);
    expect(conductorOf(home)?.released).to.equal(false);
    expect(() => second.assertHeld()).not.to.throw();
  });

  it("leaves to the next how long it has conducted, however it ended", () => {
    expect(activeMsOf(home)).to.equal(0);
    writeState(home, { state: "running", reason: "", activeMs: 1_000 });
    claimed().beat(61_000);
    expect(activeMsOf(home)).to.equal(61_000);
    writeState(home, { state: "paused", reason: "asked for", activeMs: 61_400 });
    expect(activeMsOf(home)).to.equal(61_400);
  });

  it("is one winner, whichever two start at the same instant, 2,000 times", async () => {
    const directories = Array.from({ length: 2000 }, (_, i) => path.join(home, String(i)));
    for (const directory of directories) mkdirSync(directory);
    const workerData = {
      directories,
      arrivals: new SharedArrayBuffer(4 * directories.length),
      contenders: 2,
    };
    // tsx leaves worker threads alone, so each registers it for itself.
    const race = `import("tsx/esm/api").then(({ register }) => {
      register();
      return import(${JSON.stringify(new URL("./claim.race.ts", import.meta.url).href)});
    })`;
    const contenders = [0, 1].map(
      () =>
        new Promise<number[]>((resolve, reject) => {
          new Worker(race, { workerData, eval: true })
            .once("message", resolve)
            .once("error", reject);
        }),
    );
    const [first = [], second = []] = await Promise.all(contenders);
    expect([...first, ...second].sort((a, b) => a - b)).to.deep.equal(directories.map((_, i) => i));
    for (const directory of directories) {
      expect(readdirSync(directory)).to.deep.equal(["conductor-1.json"]);
    }
    // Both were really in the race.
    expect(Math.min(first.length, second.length)).to.be.greaterThan(0);
  }).timeout(60_000);
});
