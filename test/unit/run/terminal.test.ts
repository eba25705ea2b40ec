import { PassThrough } from "node:stream";
import { expect } from "chai";
import { createTerminal } from "../../../src/run/terminal.js";

function shown(options: { readonly hasColour: boolean; readonly marksCommands: boolean }): string {
  const stream = new PassThrough();
  const terminal = createTerminal({ ...options, stream, onReady: () => undefined });
  terminal.line("── Trial 7", "header");
  terminal.line("── Trial 7 · done");
  return String(stream.read());
}

describe("what a runner shows", () => {
  it("is plain text where no terminal reads it", () => {
    expect(shown({ hasColour: false, marksCommands: false })).to.equal(
      "── Trial 7\n── Trial 7 · done\n",
    );
  });

  it("begins a command with each trial for a terminal that knows of commands", () => {
    const begun = "\u001b]633;D\u0007\u001b]633;A\u0007\u001b]633;B\u0007";
    expect(shown({ hasColour: false, marksCommands: true })).to.equal(
      `${begun}── Trial 7\u001b]633;C\u0007\n── Trial 7 · done\n`,
    );
  });
});
