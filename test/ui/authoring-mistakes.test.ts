import { until } from "../support/until.js";
import { textEditorOf } from "./support/text-editor.js";
import { openWorkbench, type Workbench } from "./support/workbench.js";

interface Mistake {
  readonly file: string;
  readonly is: string;
  /** The sweep, as it is written first. */
  readonly text: string;
  /** What is marked in it. */
  readonly marked: string;
  /** What is offered to cure it. */
  readonly fix: string;
  /** What stands there then. */
  readonly cured: string;
}

const head = "program: train.py\nmethod: random\nrun_cap: 9\n";
const metric = "metric: {name: val_loss, goal: minimize}\n";

/** Of those that cost a night: seen in public sweeps, and passed by the schema of W&B. */
const mistakes: readonly Mistake[] = [
  {
    file: "log.sweep.yaml",
    is: "real bounds for the distribution that takes exponents",
    text: `${head}${metric}parameters:\n  lr:\n    distribution: log_uniform\n    min: 1.0e-5\n    max: 1.0e-2\n`,
    marked: "log_uniform",
    fix: "Use log_uniform_values",
    cured: "distribution: log_uniform_values",
  },
  {
    file: "text.sweep.yaml",
    is: "a number that Python's YAML reads as text",
    text: `${head}${metric}parameters:\n  lr: {distribution: log_uniform_values, min: 1e-4, max: 1.0}\n`,
    marked: "1e-4",
    fix: "Write 1.0e-4",
    cured: "min: 1.0e-4",
  },
  {
    file: "goal.sweep.yaml",
    is: "a goal that W&B does not know, and so minimises",
    text: `${head}metric: {name: val_accuracy, goal: maximise}\nparameters:\n  lr: {values: [1, 2]}\n`,
    marked: "maximise",
    fix: "Change to maximize",
    cured: "goal: maximize",
  },
  {
    file: "key.sweep.yaml",
    is: "a key that is nearly one",
    text: `${head}${metric}parameter:\n  lr: {values: [1, 2]}\n`,
    marked: "parameter",
    fix: "Change to parameters",
    cured: "parameters:\n  lr",
  },
  {
    file: "bounds.sweep.yaml",
    is: "bounds the wrong way round",
    text: `${head}${metric}parameters:\n  lr: {min: 1.0, max: 0.1}\n`,
    marked: "1.0",
    fix: "Swap min and max",
    cured: "lr: {min: 0.1, max: 1.0}",
  },
  {
    file: "name.sweep.yaml",
    is: "a name that the script refuses",
    text: `${head}${metric}parameters:\n  batchsize: {values: [16, 32]}\n`,
    marked: "batchsize",
    fix: "Change to batch_size",
    cured: "batch_size: {values: [16, 32]}",
  },
  {
    file: "command.sweep.yaml",
    is: "a command with several words in one",
    text: `${head}${metric}command:\n  - python train.py\n  - \${args}\nparameters:\n  lr: {values: [1, 2]}\n`,
    marked: "python train.py",
    fix: "Put each word on a line of its own",
    cured: "- python\n  - train.py",
  },
];

describe("the classic mistakes in a sweep", () => {
  let bench: Workbench;
  before(async () => {
    const files = Object.fromEntries(mistakes.map(({ file, text }) => [file, text]));
    bench = await openWorkbench({ example: "digits", open: "sweep.yaml", files });
  });
  after(() => bench.close());

  for (const { file, is, marked, fix, cured } of mistakes) {
    it(`marks and cures ${is}`, async () => {
      const { page } = bench;
      await bench.openFile(file);
      const text = textEditorOf(page);
      await until("it is marked", async () => (await text.marked()).includes(marked));
      const cure = page.getByText(fix, { exact: true });
      await text.word(marked).click();
      // A menu that was opened before the lenses came is closed by them.
      await until("its cure is offered", async () => {
        await page.keyboard.press("ControlOrMeta+.");
        await cure.click({ timeout: 3000 });
        return true;
      });
      await until("it is cured", async () => (await text.text()).includes(cured));
      await until("no mark is left", async () => (await text.marked()).length === 0);
    });
  }
});
