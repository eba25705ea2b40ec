/** A sweep file and a training script as long as they get. */

/** 1,000 lines: every shape of parameter that public sweeps have, over and over. */
export function longSweep(): string {
  const head = [
    "program: train.py",
    "method: bayes",
    "metric: {name: val_loss, goal: minimize}",
    "run_cap: 200",
    "parameters:",
  ];
  const shapes: readonly ((name: string) => readonly string[])[] = [
    (name) => [
      `  ${name}:`,
      "    distribution: log_uniform_values",
      "    min: 1.0e-5",
      "    max: 1.0e-1",
    ],
    (name) => [`  ${name}:`, "    values: [16, 32, 64, 128]"],
    (name) => [`  # what ${name} does to the loss`, `  ${name}:`, "    min: 1", "    max: 8"],
    (name) => [`  ${name}:`, "    values:", "      - adam", "      - sgd"],
    (name) => [`  ${name}: {value: 0.9}`],
  ];
  const lines = [...head];
  for (let index = 0; lines.length < 1000; index += 1) {
    lines.push(...(shapes[index % shapes.length]?.(`option_${index}`) ?? []));
  }
  return `${lines.slice(0, 1000).join("\n")}\n`;
}

/** 2,000 lines: options by the hundred, and the code that a training script is made of. */
export function longScript(): string {
  const lines = ["import argparse", "import math", "import wandb", "", ""];
  lines.push("def parse():", "    parser = argparse.ArgumentParser()");
  for (let index = 0; index < 400; index += 1) {
    const kind = index % 2 === 0 ? "type=float, default=0.1" : "type=int, default=16";
    lines.push(
      `    parser.add_argument("--option_${index}", ${kind}, help="the option of number ${index}")`,
    );
  }
  lines.push("    return parser.parse_args()", "");
  for (let index = 0; lines.length < 1970; index += 1) {
    lines.push(
      "",
      `class Block${index}:`,
      `    """Of the network, block ${index}."""`,
      "",
      "    def __init__(self, width, depth=2):",
      "        self.weights = [[0.0] * width for _ in range(depth)]",
      '        self.scale = math.sqrt(width) if depth > 1 else {"scale": 1.0}["scale"]',
      "",
      "    def forward(self, batch, *, training=False):",
      "        for row in self.weights:",
      "            batch = [x * w + self.scale for x, w in zip(batch, row)]",
      "        if training and sum(batch) > 1e6:",
      '            raise ValueError(f"block {self.scale:.3f} diverged")',
      "        return batch",
    );
  }
  lines.push(
    "",
    "def main():",
    "    args = parse()",
    "    run = wandb.init(config=vars(args))",
    "    for epoch in range(args.option_1):",
    '        run.log({"val_loss": 1 / (epoch + 1), "epoch": epoch})',
    "",
    'if __name__ == "__main__":',
    "    main()",
  );
  return `${lines.join("\n")}\n`;
}
