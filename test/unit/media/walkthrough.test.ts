import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";

const root = path.resolve(import.meta.dirname, "../../..");

interface Step {
  readonly id: string;
  readonly media: { readonly svg: string; readonly altText: string };
  readonly completionEvents: readonly string[];
}

interface Manifest {
  readonly icon: string;
  readonly contributes: {
    readonly walkthroughs: readonly { readonly id: string; readonly steps: readonly Step[] }[];
  };
}

const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as Manifest;
const steps =
  manifest.contributes.walkthroughs.find(({ id }) => id === "sweepdeck.start")?.steps ?? [];

describe("the walkthrough", () => {
  it("leads from the file to the comparison, each step completed by doing it", () => {
    const done = Object.fromEntries(
      steps.map(({ id, completionEvents }) => [id, completionEvents]),
    );
    expect(Object.keys(done)).to.deep.equal(["author", "try", "run", "compare"]);
    expect(done["try"]).to.include("onCommand:sweepdeck.tryOne");
    expect(done["run"]).to.include("onCommand:sweepdeck.run");
    expect(done["compare"]).to.include("onCommand:sweepdeck.compareTrials");
    for (const { completionEvents } of steps)
      expect(completionEvents).not.to.include("stepSelected");
  });

  for (const { id, media } of steps) {
    it(`draws the step "${id}" with what VS Code's page for it allows`, () => {
      const picture = readFileSync(path.join(root, media.svg), "utf8");
      // Its content security policy blocks styles; its own style sheet moves every <svg> there is.
      expect(picture).not.to.match(/<style|\sstyle=|<script|<image|<foreignObject/);
      expect(picture.match(/<svg/g)).to.have.length(1);
      const colours = [...picture.matchAll(/\s(?:fill|stroke)="([^"]*)"/g)].map(
        (match) => match[1],
      );
      for (const colour of colours) expect(colour).to.match(/^(none|var\(--vscode-.*\))$/);
      expect(media.altText).not.to.equal("");
    });
  }
});

describe("the icon", () => {
  it("is there, as the 128 pixels that the gallery shows", () => {
    const png = readFileSync(path.join(root, manifest.icon));
    expect(png.subarray(1, 4).toString("latin1")).to.equal("PNG");
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).to.deep.equal([128, 128]);
  });
});
