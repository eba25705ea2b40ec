import { once } from "node:events";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { expect } from "chai";
import type { SurroundingsRequest } from "../../../src/engine/surroundings-messages.js";

const file = path.resolve(import.meta.dirname, "../../../src/engine/surroundings-worker.ts");

describe("the thread that reads", function () {
  this.timeout(60_000);

  it("says that a request failed, and answers the next one", async () => {
    const worker = new Worker(
      `import("tsx/esm/api").then(({ register }) => { register(); import(${JSON.stringify(file)}); });`,
      { eval: true },
    );
    try {
      const ask = async (request: unknown) => {
        const answer = once(worker, "message");
        worker.postMessage(request);
        return (await answer)[0];
      };
      const good: SurroundingsRequest = {
        kind: "read",
        id: 2,
        script: path.join(import.meta.dirname, "no-script.py"),
        unsaved: new Map(),
      };
      expect(await ask({ ...good, id: 1, script: null })).to.deep.include({
        kind: "failed",
        id: 1,
      });
      expect(await ask(good)).to.deep.include({ kind: "read", id: 2 });
    } finally {
      await worker.terminate();
    }
  });
});
