import { expect } from "chai";
import { hoverAt } from "../../../src/language/hover.js";
import { nothingKnown, type Surroundings } from "../../../src/language/surroundings.js";
import { parseSweep } from "../../../src/sweep/parse.js";
import { atCursor, type TextAtCursor } from "../../support/cursor.js";
import { around, commandLine, option, placeAt, reported } from "../../support/script.js";

function hover({ text, offset }: TextAtCursor, known: Surroundings): string {
  return hoverAt(parseSweep(text).document, offset, known, "dark")?.markdown ?? "";
}

/** The text of the first picture. */
function pictureIn(markdown: string): string {
  const [, data = ""] = /\(data:image\/svg\+xml;base64,([^)]*)\)/.exec(markdown) ?? [];
  return Buffer.from(data, "base64").toString("utf8");
}

const learningRate = atCursor`
  program: train.py
  parameters:
    l‸r:
      distribution: log_uniform_values
      min: 1.0e-5
      max: 0.1
`;

describe("hover on a parameter", () => {
  it("draws what is drawn from, on a logarithmic axis where it is one", () => {
    const picture = pictureIn(hover(learningRate, nothingKnown));
    expect(picture).to.match(/^<svg [^>]*xmlns=/);
    expect(picture).to.include("log scale");
    for (const decade of ["1e-5", "1e-3", "0.1"]) expect(picture).to.include(`>${decade}</text>`);
  });

  it("marks the script's default in the drawing, also where it lies outside", () => {
    const known = (preset: number) =>
      around({ commandLines: [commandLine([option("lr", { default: preset })])] });
    expect(pictureIn(hover(learningRate, known(0.001)))).to.include(">default 1e-3</text>");
    expect(pictureIn(hover(learningRate, known(3)))).to.include(">default 3 ▸</text>");
    expect(pictureIn(hover(learningRate, known(0)))).to.include(">◂ default 0</text>");
  });

  it("draws choices as bars with their weights", () => {
    const picture = pictureIn(
      hover(
        atCursor`
          parameters:
            opti‸mizer: {values: [sgd, <b>&], probabilities: [0.25, 0.75]}
        `,
        around({ commandLines: [commandLine([option("optimizer", { default: "sgd" })])] }),
      ),
    );
    expect(picture).to.include("25 % ◂ default");
    expect(picture).to.include("75 %");
    expect(picture).to.include("&lt;b&gt;&amp;");
  });

  it("tells the script's help, its default and where it stands", () => {
    const lr = option("lr", { default: 0.001, help: "Step size of AdamW.", place: placeAt(11) });
    const said = hover(learningRate, around({ commandLines: [commandLine([lr])] }));
    expect(said).to.include("Step size of AdamW.");
    expect(said).to.include("`train.py`, line 12: a number");
    expect(said).to.include("The script's default is `0.001`");
  });

  it("takes the script's help for text, whatever stands in it", () => {
    const help = "![x](http://elsewhere/pixel.png) of\n  <b>";
    const lr = option("lr", { default: 0.001, help });
    const said = hover(learningRate, around({ commandLines: [commandLine([lr])] }));
    expect(said).to.include("\\!\\[x\\]\\(http://elsewhere/pixel.png\\) of \\<b\\>");
  });

  it("adds what established practice knows, with its source", () => {
    const said = hover(learningRate, nothingKnown);
    expect(said).to.match(/\*\*Learning rate\*\*/);
    expect(said).to.match(/Source/);
  });

  it("goes by the names that the script gives, hyphens or not", () => {
    const wd = option("weight-decay", { default: 0.01, help: "Decoupled." });
    const said = hover(
      atCursor`
        parameters:
          weight_de‸cay: {value: 0}
      `,
      around({ commandLines: [commandLine([wd])] }),
    );
    expect(said).to.include("Decoupled.");
  });
});

describe("hover on a parameter that is written short", () => {
  it("knows the option that its beginning stands for", () => {
    const size = option("batch_size", { default: 32, help: "Images in a step." });
    const at = atCursor`
      parameters:
        bat‸ch: {value: 64}
    `;
    expect(hover(at, around({ commandLines: [commandLine([size])] }))).to.include(
      "Images in a step.",
    );
  });

  it("tells for which choice it exists", () => {
    const beta = option("optim.beta", { onlyWith: [{ name: "optim", value: "adam" }] });
    const at = atCursor`
      parameters:
        optim.be‸ta: {value: 0.9}
    `;
    expect(hover(at, around({ commandLines: [commandLine([beta])] }))).to.include(
      "only with `optim=adam`",
    );
  });
});

describe("hover on the command", () => {
  const text = atCursor`
    command: [python, "\${program}", "\${arg‸s_no_hyphens}"]
    parameters:
      lr: {value: 0.1}
      bias: {value: true}
      optimizer: {parameters: {name: {value: sgd}}}
  `;

  it("shows the words that a macro becomes here, as Python writes them", () => {
    expect(hover(text, nothingKnown)).to.include("lr=0.1 bias=True 'optimizer={'\\''name'\\''");
  });

  it("draws the same example each time", () => {
    const random = atCursor`
      command: ["\${ar‸gs}"]
      parameters: {lr: {min: 0.0, max: 1.0}}
    `;
    expect(hover(random, nothingKnown)).to.match(/--lr=0\.\d+/);
    expect(hover(random, nothingKnown)).to.equal(hover(random, nothingKnown));
  });

  it("leaves flags away where a parameter is false", () => {
    const flags = atCursor`
      command: ["\${args_no_boolean_fl‸ags}"]
      parameters: {amp: {value: true}, bias: {value: false}}
    `;
    expect(hover(flags, nothingKnown)).to.match(/\n--amp\n/);
  });
});

describe("hover on the metric", () => {
  const text = atCursor`
    metric: {name: val_lo‸ss, goal: minimize}
    program: train.py
  `;

  it("tells where the script reports it, and which way is better", () => {
    const known = around({ metrics: { reported: [reported("val_loss")], open: [] } });
    const said = hover(text, known);
    expect(said).to.include("to minimize");
    expect(said).to.include("[train.py:42](file:///w/train.py#L42) by `wandb.log`");
  });

  it("finds names that the script composes", () => {
    const known = around({ metrics: { reported: [reported(["val_", null])], open: [] } });
    expect(hover(text, known)).to.include("train.py:42");
  });

  it("names what is reported instead", () => {
    const known = around({
      metrics: { reported: [reported("train/loss"), reported("valid/loss")], open: [] },
    });
    expect(hover(text, known)).to.match(/Not seen to be reported.*`valid\/loss`, `train\/loss`/);
  });
});

describe("hover on the program", () => {
  const text = atCursor`program: tra‸in.py`;

  it("tells the library, the arguments and what could not be followed", () => {
    const known = around({
      commandLines: [commandLine([option("lr"), option("depth")])],
      gaps: [{ place: placeAt(6), why: "computed-import" }],
    });
    const said = hover(text, known);
    expect(said).to.include("`/w/train.py`");
    expect(said).to.include("by argparse: `lr` and `depth`");
    expect(said).to.match(/Not understood:\n- \[train\.py:7\].* imports a module whose name/);
  });

  it("names files of that name where it is missing", () => {
    const known: Surroundings = {
      ...nothingKnown,
      program: { kind: "missing", similar: ["../src/train.py"] },
    };
    expect(hover(text, known)).to.include("Files of that name: `../src/train.py`");
  });
});

describe("hover within the sweepdeck block", () => {
  const known = around({ commandLines: [commandLine([option("lr", { default: 0.001 })])] });
  const at = (deck: TextAtCursor) => {
    const head = "parameters:\n  lr: {min: 0.25, max: 0.5}\n  depth: {value: 2}\n";
    return hover({ text: head + deck.text, offset: head.length + deck.offset }, known);
  };

  it("tells of a parameter what it is where it is defined", () => {
    expect(at(atCursor`sweepdeck: {constraints: ["depth * l‸r < 1"]}`)).to.include(
      "**lr**: A number from 0.25 to 0.5",
    );
    expect(at(atCursor`sweepdeck: {zip: [[l‸r, depth]]}`)).to.include("**lr**: A number");
  });

  it("lists what the script uses by itself, at the first configuration", () => {
    const said = at(atCursor`sweepdeck: {initial: [def‸aults]}`);
    expect(said).to.include("- `lr`: `0.001`");
    expect(said).to.include("- `depth`: not known");
  });
});

describe("hover on the stopping rule", () => {
  it("tells how many trials get how far, by W&B's own count", () => {
    const said = hover(
      atCursor`
        program: train.py
        method: random
        run_cap: 27
        metric: {name: val_loss}
        early_ter‸minate: {type: hyperband, min_iter: 3}
        parameters: {lr: {min: 0.0, max: 1.0}}
      `,
      nothingKnown,
    );
    expect(said).to.include("| 3 | 27 | 10 |\n| 9 | 10 | 4 |\n| 27 | 4 | 2 |\n| 81 | 2 | 1 |");
  });
});
