/**
 * Runs one storey's files in mocha and writes what happens, as it happens, to a file: one JSON object
 * a line. `npm test` reads it, wherever the storey runs (a process, or VS Code's extension host), and
 * knows what had passed when a storey dies.
 */
import { appendFileSync } from "node:fs";
import type Mocha from "mocha";

export type TestEvent =
  | { readonly event: "pass"; readonly title: string; readonly ms: number }
  | { readonly event: "skip"; readonly title: string }
  | { readonly event: "fail"; readonly title: string; readonly message: string }
  | { readonly event: "end" };

export interface Storey {
  readonly files: readonly string[];
  /** Where the events are appended. */
  readonly events: string;
  /** Runs only the tests whose full title contains this. */
  readonly only?: string | undefined;
  readonly timeoutMs: number;
}

/** Resolves with the number of failures. */
export async function runStorey({ files, events, only, timeoutMs }: Storey): Promise<number> {
  // mocha is a module and the extension host's bundles are not: import() is how they get at it.
  const { default: MochaRunner } = await import("mocha");
  const mocha: Mocha = new MochaRunner({
    ui: "bdd",
    timeout: timeoutMs,
    // Prints nothing by itself: the events say it all.
    reporter: MochaRunner.reporters.Base,
    forbidOnly: process.env["CI"] !== undefined,
    ...(only === undefined ? {} : { fgrep: only }),
  });
  for (const file of files) mocha.addFile(file);
  await mocha.loadFilesAsync();
  const write = (event: TestEvent) => appendFileSync(events, `${JSON.stringify(event)}\n`);
  return new Promise((resolve) => {
    const runner = mocha.run((failures) => {
      write({ event: "end" });
      resolve(failures);
    });
    runner.on("pass", (test) =>
      write({ event: "pass", title: test.fullTitle(), ms: test.duration ?? 0 }),
    );
    runner.on("pending", (test) => write({ event: "skip", title: test.fullTitle() }));
    runner.on("fail", (test, error) =>
      write({ event: "fail", title: test.fullTitle(), message: described(error) }),
    );
  });
}

function described(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
