import { expect } from "chai";
import type { Option } from "../../../src/script/reading.js";
import { accepted, labelsAt, offered } from "../../support/completing.js";
import { atCursor } from "../../support/cursor.js";
import { around, commandLine, configKey, option, reported } from "../../support/script.js";

/** Around a sweep whose script takes these by argparse. */
function taking(...options: readonly Option[]) {
  return around({ commandLines: [commandLine(options)] });
}

const usual = taking(
  option("epochs", { default: 10, takes: { kind: "integer" } }),
  option("seed", { default: 0, takes: { kind: "integer" } }),
  option("weight_decay", { default: 0.01 }),
  option("lr", { default: 0.001, help: "Step size." }),
  option("optimizer", { default: "adamw", choices: ["adamw", "sgd"] }),
  option("amp", { takes: { kind: "flag", sets: true } }),
  option("nesterov", { takes: { kind: "flag", sets: true } }),
  option("width-factor", { default: 4, takes: { kind: "integer" } }),
);

const inParameters = atCursor`
  program: train.py
  method: random
  parameters:
    ‸
`;

/** The parameter that is inserted for an option, from its name on. */
function parameterFor(name: string, known = usual): string {
  return accepted(inParameters, name, known).slice(inParameters.offset - "  ".length);
}

describe("completion of the script's options", () => {
  it("begins with what matters most, and ends with what is better left alone", () => {
    const labels = labelsAt(inParameters, usual);
    const at = (label: string) => labels.indexOf(label);
    expect(labels[0]).to.equal("lr");
    expect(at("weight_decay")).to.be.lessThan(at("epochs"));
    expect(at("weight_decay")).to.be.lessThan(at("seed"));
    expect(at("epochs")).to.be.lessThan(at("parameter: uniform"));
  });

  it("lays a learning rate a decade to each side of the script's own", () => {
    expect(parameterFor("lr")).to.equal(
      "  lr:\n    distribution: log_uniform_values\n    min: 1.0e-4\n    max: 1.0e-2\n",
    );
  });

  it("lists what an option accepts, and both ways of a flag", () => {
    expect(parameterFor("optimizer")).to.equal("  optimizer:\n    values: [adamw, sgd]\n");
    expect(parameterFor("nesterov")).to.equal("  nesterov:\n    values: [true, false]\n");
    expect(offered(inParameters, "nesterov", usual).documentation).to.include(
      "${args_no_boolean_flags}",
    );
  });

  it("fixes what should not be searched at the script's own value", () => {
    expect(parameterFor("epochs")).to.equal("  epochs:\n    value: 10\n");
    expect(parameterFor("amp")).to.equal("  amp:\n    value: true\n");
    expect(parameterFor("seed")).to.equal("  seed:\n    value: 0\n");
  });

  it("keeps whole numbers whole where nothing is known of the name", () => {
    const known = taking(option("n_prompts", { default: 6, takes: { kind: "integer" } }));
    expect(parameterFor("n_prompts", known)).to.equal(
      "  n_prompts:\n    distribution: int_uniform\n    min: 3\n    max: 12\n",
    );
  });

  it("gives the reason, the source, the script's help and its default", () => {
    const { documentation, detail } = offered(inParameters, "lr", usual);
    expect(documentation).to.include("Step size.");
    expect(documentation).to.include("default is `0.001`");
    expect(documentation).to.match(/Source/);
    expect(detail).to.equal("1.0e-4 to 1.0e-2, log");
  });

  it("leaves out what is swept already, above the cursor and below it", () => {
    const labels = labelsAt(
      atCursor`
        parameters:
          lr: {value: 0.1}
          ‸
          weight-decay:
            value: 0
      `,
      usual,
    );
    expect(labels).to.include("optimizer");
    expect(labels).not.to.include("lr");
    expect(labels).not.to.include("weight_decay");
  });

  it("works in brackets", () => {
    const at = atCursor`parameters: {‸}`;
    expect(accepted(at, "lr", usual)).to.equal(
      "parameters: {lr: {distribution: log_uniform_values, min: 1.0e-4, max: 1.0e-2}}",
    );
  });

  it("renames a parameter without touching its definition", () => {
    const at = atCursor`
      parameters:
        l‸earn: {value: 1}
    `;
    expect(accepted(at, "lr", usual)).to.equal("parameters:\n  lr: {value: 1}\n");
  });
});

describe("completion of a parameter that has its name", () => {
  const named = atCursor`
    parameters:
      lr:
        ‸
  `;

  it("proposes what the script and practice would have it be", () => {
    const [first = ""] = labelsAt(named, usual);
    expect(offered(named, first, usual).detail).to.equal("proposed");
    expect(accepted(named, first, usual)).to.equal(
      "parameters:\n  lr:\n    distribution: log_uniform_values\n    min: 1.0e-4\n    max: 1.0e-2\n",
    );
  });

  it("goes by practice alone where no script is known", () => {
    const [first = ""] = labelsAt(named);
    expect(accepted(named, first)).to.include("distribution: log_uniform_values");
    expect(offered(named, first).documentation).to.match(/Source/);
  });

  it("has nothing to propose for a name of which nothing is known", () => {
    const at = atCursor`
      parameters:
        zork:
          ‸
    `;
    expect(labelsAt(at)[0]).to.equal("categorical");
  });

  it("proposes it while the name is being typed", () => {
    const at = atCursor`
      parameters:
        weight_decay‸
    `;
    const label = labelsAt(at).find((each) => each.startsWith("weight_decay: ")) ?? "";
    expect(offered(at, label).detail).to.equal("proposed");
    expect(accepted(at, label)).to.match(/^parameters:\n {2}weight_decay:\n {4}\w/);
  });
});

describe("the names of options", () => {
  it("are spelt as the script takes them", () => {
    const known = taking(
      option("learning_rate", { spellings: ["--learning-rate", "-l"], default: 0.001 }),
    );
    const labels = labelsAt(inParameters, known);
    expect(labels).to.include("learning-rate");
    expect(labels).not.to.include("learning_rate");
  });

  it("leave out what only one letter can set", () => {
    const known = taking(option("verbose", { spellings: ["-v"] }));
    expect(labelsAt(inParameters, known)).not.to.include("verbose");
  });

  it("have the dots of Hydra's keys", () => {
    const lr = option("optim.lr", { spellings: ["optim.lr"], default: 0.001 });
    const known = around({
      commandLines: [commandLine([lr], { library: "hydra", style: "overrides" })],
    });
    expect(parameterFor("optim.lr", known)).to.equal(
      "  optim.lr:\n    distribution: log_uniform_values\n    min: 1.0e-4\n    max: 1.0e-2\n",
    );
  });

  it("of nested keys of wandb.config are groups", () => {
    const known = around({
      config: { isRead: true, keys: [configKey("optim.lr", { default: 0.01 })], passedOn: [] },
    });
    expect(parameterFor("optim.lr", known)).to.match(/^ {2}optim:\n {4}parameters:\n {6}lr:\n/);
    const inGroup = atCursor`
      parameters:
        optim:
          parameters:
            ‸
    `;
    expect(labelsAt(inGroup, known)).to.include("lr");
  });

  it("are those of the subcommand that the command names", () => {
    const line = commandLine([option("verbose_level")], {
      commands: [
        { name: "fit", commandLine: commandLine([option("lr", { default: 0.001 })]) },
        { name: "export", commandLine: commandLine([option("format")]) },
      ],
    });
    const labels = labelsAt(
      atCursor`
        command: [python, "\${program}", fit, "\${args}"]
        parameters:
          ‸
      `,
      around({ commandLines: [line] }),
    );
    expect(labels).to.include.members(["lr", "verbose_level"]);
    expect(labels).not.to.include("format");
  });
});

describe("completion of values from the script", () => {
  it("offers the metrics that it reports, validation first, and fills in the goal", () => {
    const known = around({
      metrics: {
        reported: [reported("train_loss"), reported("val_acc"), reported("test_acc")],
        open: [],
      },
    });
    const at = atCursor`
      metric:
        name: ‸
    `;
    expect(labelsAt(at, known)).to.deep.equal(["val_acc", "test_acc", "train_loss"]);
    expect(accepted(at, "val_acc", known)).to.equal("metric:\n  name: val_acc\n  goal: maximize\n");
    const withGoal = atCursor`metric: {goal: minimize, name: ‸}`;
    expect(accepted(withGoal, "val_acc", known)).to.equal(
      "metric: {goal: minimize, name: val_acc}",
    );
  });

  it("leaves a field where only a run knows a part of the name", () => {
    const known = around({ metrics: { reported: [reported(["val/", null])], open: [] } });
    const at = atCursor`metric: {name: ‸, goal: minimize}`;
    expect(accepted(at, "val/…", known)).to.equal("metric: {name: val/name, goal: minimize}");
  });

  it("offers the goal first that the metric's name tells", () => {
    const at = atCursor`
      metric:
        name: val_accuracy
        goal: ‸
    `;
    expect(labelsAt(at)).to.deep.equal(["maximize", "minimize"]);
  });

  it("offers what an option accepts, its default first", () => {
    const at = atCursor`
      parameters:
        optimizer:
          values:
            - ‸
    `;
    const known = taking(option("optimizer", { default: "sgd", choices: ["adamw", "sgd"] }));
    expect(labelsAt(at, known).slice(0, 2)).to.deep.equal(["sgd", "adamw"]);
    expect(offered(at, "sgd", known).detail).to.equal("the script's default");
    const whole = atCursor`parameters: {optimizer: {values: ‸}}`;
    expect(accepted(whole, "[adamw, sgd]", known)).to.equal(
      "parameters: {optimizer: {values: [adamw, sgd]}}",
    );
  });

  it("offers the bounds and the lists that are proposed, of the form that is begun", () => {
    const bound = atCursor`
      parameters:
        lr:
          distribution: log_uniform_values
          min: ‸
    `;
    expect(labelsAt(bound, usual)).to.deep.equal(["1.0e-4"]);
    const other = atCursor`parameters: {lr: {distribution: normal, mu: ‸}}`;
    expect(labelsAt(other, usual)).to.deep.equal([]);
    const list = atCursor`
      method: random
      parameters:
        batch_size:
          values: ‸
    `;
    const known = taking(option("batch_size", { default: 64, takes: { kind: "integer" } }));
    expect(labelsAt(list, known)[0]).to.match(/^\[.*\b64\b.*\]$/);
    const item = atCursor`
      parameters:
        batch_size:
          values:
            - ‸
    `;
    expect(labelsAt(item, known)).to.include("64");
  });

  it("offers programs, those of the missing one's name first", () => {
    const known = around(
      {},
      {
        programs: ["eval.py", "src/train.py"],
        program: { kind: "missing", similar: ["src/train.py"] },
      },
    );
    expect(labelsAt(atCursor`program: ‸`, known)).to.deep.equal(["src/train.py", "eval.py"]);
  });
});

describe("completion of the number of runs", () => {
  it("begins with what the parameters that are searched need", () => {
    const at = atCursor`
      run_cap: ‸
      parameters:
        lr: {min: 0.1, max: 1.0}
        wd: {values: [0, 1]}
        epochs: {value: 10}
    `;
    expect(labelsAt(at).slice(0, 2)).to.deep.equal(["25", "10"]);
    expect(offered(at, "25").detail).to.equal("for up to 2 parameters");
  });
});

describe("completion of the command from the script", () => {
  const hydra = around(
    { commandLines: [commandLine([], { library: "hydra", style: "overrides" })] },
    { interpreters: [".venv/bin/python"] },
  );

  it("begins with the form that fits the script", () => {
    const at = atCursor`
      command:
        ‸
    `;
    expect(labelsAt(at, hydra)[0]).to.equal("Hydra");
    expect(accepted(at, "Hydra", hydra)).to.equal(
      "command:\n  - ${env}\n  - ${interpreter}\n  - ${program}\n  - ${args_no_hyphens}\n",
    );
    expect(labelsAt(at, taking(option("lr")))[0]).to.equal("default");
    expect(labelsAt(at, usual)[0]).to.equal("with flags");
  });

  it("offers the interpreters of virtual environments, alone and in a whole command", () => {
    expect(labelsAt(atCursor`command: [‸]`, hydra)).to.include(".venv/bin/python");
    expect(accepted(atCursor`‸`, "command: .venv/bin/python", hydra)).to.equal(
      "command:\n  - .venv/bin/python\n  - ${program}\n  - ${args_no_hyphens}",
    );
  });
});

describe("completion that goes on, and ends", () => {
  it("opens the list of values behind a key that has one, and only there", () => {
    const known = {
      ...around({ metrics: { reported: [reported("val_loss")], open: [] } }),
      programs: ["train.py"],
    };
    const program = offered(atCursor`‸`, "program", known);
    expect(program.snippet).to.equal("program: $1");
    expect(program.suggestsNext).to.equal(true);
    expect(offered(atCursor`‸`, "metric", known).suggestsNext).to.equal(true);
    expect(offered(atCursor`‸`, "metric", usual).suggestsNext).to.equal(false);
    expect(offered(atCursor`‸`, "project", known).suggestsNext).to.equal(false);
  });

  it("offers nothing behind a complete value, whose Enter would be swallowed", () => {
    const known = { ...usual, programs: ["train.py", "src/train.py"] };
    expect(labelsAt(atCursor`method: random‸`)).to.deep.equal([]);
    expect(labelsAt(atCursor`program: train.py‸`, known)).to.deep.equal([]);
    expect(labelsAt(atCursor`method: rando‸`)).to.include("random");
    expect(labelsAt(atCursor`method‸: random`)).to.deep.equal([]);
    expect(labelsAt(atCursor`method‸`)).to.include("method");
  });

  it("has a list of values filtered as it is typed, so that Enter takes what is meant at once", () => {
    expect(offered(atCursor`method: ‸`, "random").takesWord).to.equal(false);
    expect(
      offered(
        atCursor`
          parameters:
            lr:
              distribution: ‸`,
        "log_uniform_values",
      ).takesWord,
    ).to.equal(false);
  });
});

describe("completion of whole blocks", () => {
  it("counts the options for which a label has no room", () => {
    const known = taking(
      option("learning_rate", { default: 0.001 }),
      option("weight_decay", { default: 0.01 }),
      option("dropout", { default: 0.1 }),
    );
    const whole = labelsAt(atCursor`‸`, known).find((label) => label.startsWith("parameters: "));
    expect(whole).to.equal("parameters: learning_rate and 2 more");
  });

  const begun = atCursor`
    program: train.py
    method: random
    ‸
  `;

  it("searches the few options that matter most", () => {
    const labels = labelsAt(begun, usual);
    const whole = labels[labels.indexOf("parameters") + 1] ?? "";
    expect(whole).to.match(/^parameters: lr, weight_decay/);
    expect(accepted(begun, whole, usual)).to.match(
      /\nparameters:\n {2}lr:\n {4}distribution: log_uniform_values\n {4}min: 1\.0e-4\n/,
    );
  });

  it("judges by the best of what the script reports", () => {
    const metrics = { reported: [reported("train_loss"), reported("val_acc")], open: [] };
    const at = accepted(begun, "metric: val_acc", around({ metrics }));
    expect(at).to.include("\nmetric:\n  name: val_acc\n  goal: maximize\n");
  });

  it("does not offer again what is there", () => {
    const at = atCursor`
      parameters:
        a: {value: 1}
      ‸
    `;
    expect(labelsAt(at, usual).filter((label) => label.startsWith("parameters"))).to.deep.equal([]);
  });
});

describe("completion of an empty file", () => {
  it("offers whole sweeps, of the programs around it first", () => {
    const labels = labelsAt(atCursor`‸`, usual);
    expect(labels[0]).to.equal("sweep of train.py");
    expect(labels).to.include.members(["random sweep", "grid sweep"]);
    expect(accepted(atCursor`‸`, "sweep of train.py", usual)).to.match(/^program: train\.py\n/);
  });

  it("offers one of each of several programs, and a choice where none is known", () => {
    const programs = ["a.py", "b.py", "c.py", "d.py", "e.py"];
    const known = { ...usual, programs };
    const labels = labelsAt(atCursor`‸`, known).filter((label) => label.startsWith("sweep of"));
    expect(labels).to.deep.equal(programs.map((program) => `sweep of ${program}`));
    const { snippet } = offered(atCursor`‸`, "sweep of b.py", known);
    expect(snippet).to.match(/^program: b\.py\n/);
    expect(snippet).to.include("name: ${1|val_loss,train_loss|}\n");
    expect(snippet).not.to.match(/\$\{\d+:/);
  });

  it("makes one of the script's own arguments where it has read the likeliest", () => {
    const { program, ...rest } = usual;
    expect(program?.kind).to.equal("read");
    const likely = program?.kind === "read" ? program.reading : undefined;
    const known = { ...rest, ...(likely !== undefined && { likely }) };
    const text = accepted(atCursor`‸`, "sweep of train.py", known);
    expect(text).to.match(/\n {2}lr:\n {4}distribution: log_uniform_values\n/);
    expect(text).to.include("# optimizer: {values: [adamw, sgd]}");
  });

  it("stays out of the way of a file that has begun", () => {
    expect(labelsAt(atCursor`method: grid\n‸`, usual)).not.to.include("grid sweep");
  });
});

describe("completion within the sweepdeck block", () => {
  it("offers the sweep's own parameters where they are spoken of", () => {
    const head = "parameters:\n  lr: {value: 1}\n  optimizer: {values: [sgd, adam]}\nsweepdeck:\n";
    const at = (below: string) => {
      const text = `${head}${below}`;
      return { text: text.replace("‸", ""), offset: text.indexOf("‸") };
    };
    expect(labelsAt(at("  conditions:\n    ‸"))).to.include.members(["lr", "optimizer"]);
    expect(labelsAt(at("  zip:\n    - [lr, ‸]"))).to.include("optimizer");
    expect(labelsAt(at("  initial:\n    - ‸"))).to.include.members(["defaults", "lr"]);
    expect(labelsAt(at("  initial:\n    - lr: 1\n      ‸"))).to.include("optimizer");
  });

  it("offers the values of the parameter that a condition names", () => {
    const head =
      "parameters:\n  lr: {value: 1}\n  optimizer:\n    values:\n    - sgd\n    - adam\n";
    const text = `${head}sweepdeck:\n  conditions:\n    lr: {optimizer: `;
    expect(labelsAt({ text, offset: text.length })).to.include.members(["sgd", "adam"]);
    const initial = `${head}sweepdeck:\n  initial:\n    - optimizer: `;
    expect(labelsAt({ text: initial, offset: initial.length })).to.include.members(["sgd"]);
  });

  it("offers the script's seed for repeats", () => {
    const at = atCursor`
      sweepdeck:
        repeats:
          seed_parameter: ‸
    `;
    expect(labelsAt(at, usual)).to.include("seed");
  });
});

describe("completion while typing fast", () => {
  it("leaves alone what Enter would finish: a number that has begun, a list on the next line", () => {
    const cap = atCursor`
      run_cap: ‸
      parameters: {lr: {min: 0.1, max: 1.0}}
    `;
    for (const label of labelsAt(cap)) {
      expect(offered(cap, label).filterText, label).not.to.match(/\d/);
    }
    const list = atCursor`
      parameters:
        lr:
          values:‸
    `;
    expect(labelsAt(list, usual)).to.deep.equal([]);
    const lr = atCursor`parameters: {lr: {value: ‸}}`;
    expect(offered(lr, "0.001", usual).filterText).not.to.match(/\d/);
  });

  it("inserts the word as it stands when Enter is pressed, not as it stood when it was asked", () => {
    const at = atCursor`
      parameters:
        dro‸
    `;
    const { snippet, takesWord } = offered(at, "dro: uniform");
    expect(takesWord).to.equal(true);
    expect(snippet).to.match(/^\$\{TM_CURRENT_WORD:dro\}:/);
    // The word of an editor would be `size` alone.
    const hyphen = atCursor`
      parameters:
        batch-size‸
    `;
    expect(offered(hyphen, "batch-size: uniform").snippet).to.match(/^batch-size:/);
  });
});
