/**
 * How long it takes to read a training script of two thousand lines: `npx tsx bench/script.ts`.
 *
 * Cold is the first reading of a process, warm the median of later ones of a text that has changed, kept
 * the reading of one that has not.
 */
import { scriptReader } from "../src/script/read-script.js";
import type { SourceFiles } from "../src/script/reading.js";
import { median } from "./statistics.js";

const turns = 30;

const block = (at: number): string => `
class Block${at}(nn.Module):
    """A residual block, number ${at}."""

    def __init__(self, width: int, config, dropout: float = 0.1):
        super().__init__()
        self.config = config
        self.layers = nn.ModuleList([nn.Linear(width, width * 2), nn.Linear(width * 2, width)])
        self.norm = nn.LayerNorm(width, eps=config.get("norm_eps", 1e-5))
        self.dropout = nn.Dropout(dropout if config.dropout is None else config.dropout)

    def forward(self, x, mask=None):
        residual = x
        for layer in self.layers:
            x = F.gelu(layer(self.norm(x)))
            if mask is not None:
                x = x.masked_fill(mask[:, :, None], float("-inf"))
        scores = {f"block${at}/{name}": value.item() for name, value in zip("abc", x.mean(0))}
        wandb.log({"block${at}/norm": x.norm().item(), **scores})
        return self.dropout(x) + residual


def evaluate_${at}(model, loader, args, config):
    total, count = 0.0, 0
    with torch.no_grad():
        for batch, (inputs, targets) in enumerate(loader):
            outputs = model(inputs.to(args.device), mask=None)
            total += F.cross_entropy(outputs, targets, reduction="sum").item()
            count += len(targets)
            if batch % args.log_every_${at} == 0 and args.verbose:
                print(f"step {batch}: loss={total / max(count, 1):.4f} of ${at}")
    return {"val/loss": total / count, "val/count": count}
`;

const header = `import argparse
import torch, wandb
import torch.nn as nn
import torch.nn.functional as F
`;

const footer = (blocks: number): string => `
def parse():
    parser = argparse.ArgumentParser()
${Array.from({ length: blocks }, (_, at) => `    parser.add_argument("--log-every-${at}", type=int, default=${at}, help="steps")`).join("\n")}
    for name, value in dict(width=64, depth=2, dropout=0.1).items():
        parser.add_argument(f"--{name}", type=type(value), default=value)
    return parser.parse_args()

if __name__ == "__main__":
    args = parse()
    wandb.init(config=vars(args))
    model = nn.Sequential(*[Block0(args.width, wandb.config) for _ in range(args.depth)])
${Array.from({ length: blocks }, (_, at) => `    evaluate_${at}(model, [], args, wandb.config)`).join("\n")}
`;

function scriptOf(lines: number): string {
  let text = header;
  let blocks = 0;
  while (text.split("\n").length + 2 * blocks < lines - 20) {
    text += block(blocks);
    blocks += 1;
  }
  return text + footer(blocks);
}

const text = scriptOf(2_000);
const filesOf = (program: string): SourceFiles => ({
  read: (path) => (path === "train.py" ? program : undefined),
  list: () => ["train.py"],
});

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

const read = scriptReader();
const cold = timed(() => read("train.py", filesOf(text)));
const warm: number[] = [];
const kept: number[] = [];
for (let turn = 0; turn < turns; turn += 1) {
  const changed = filesOf(`${text}# ${turn}\n`);
  warm.push(timed(() => read("train.py", changed)));
  kept.push(timed(() => read("train.py", changed)));
}
const reading = read("train.py", filesOf(text));
const said = (ms: number): string => `${ms.toFixed(2)} ms`;
console.log(
  `a script of ${text.split("\n").length} lines, ${reading?.commandLines[0]?.options.length} options`,
);
console.log(`cold ${said(cold)}, warm ${said(median(warm))}, kept ${said(median(kept))}`);
