import { expect } from "chai";
import { gapsOf, lineOf, linesOf, shown } from "./shown.js";

// Seen with click 8.5.1.
describe("click", () => {
  it("tells what an option takes by its type, or else by its default", () => {
    expect(
      shown(`
import click

@click.command()
@click.option("--lr", "-l", type=float, default=1e-3)
@click.option("--batch-size", default=32)
@click.option("--dropout", default=0.5)
@click.option("--name")
@click.option("--layers", type=click.IntRange(1, 12), required=True)
@click.option("--optimizer", type=click.Choice(["sgd", "adam"]), default="sgd")
@click.option("--size", multiple=True, type=int)
@click.option("--pretrained", type=bool, default=False)
@click.option("--convert", type=lambda text: text.split(","))
def main(**options):
    ...

if __name__ == "__main__":
    main()
`),
    ).to.deep.equal([
      "--lr -l: number = 0.001",
      "--batch-size: integer = 32",
      "--dropout: number = 0.5",
      "--name: text",
      "--layers: integer required",
      "--optimizer: text of sgd adam = sgd",
      "--size: list of integer",
      "--pretrained: boolean = false",
      "--convert: unknown",
    ]);
  });

  it("knows flags, which refuse a value", () => {
    expect(
      shown(`
import click

@click.command()
@click.option("--amp", is_flag=True)
@click.option("--shuffle/--no-shuffle", default=True)
@click.option("--verbose", "-v", count=True)
def main(amp, shuffle, verbose): ...

main()
`),
    ).to.deep.equal([
      "--amp: flag on",
      "--shuffle: flag on, --no-shuffle off = true",
      "--verbose -v: flag on",
    ]);
  });

  it("takes names exactly and refuses others, unless the command says otherwise", () => {
    const strict = lineOf(`
import click
@click.command()
@click.option("--batch-size", default=32)
def main(batch_size): ...
main()
`);
    expect(strict).to.include({
      library: "click",
      refusesUnknown: true,
      hyphens: "exact",
      abbreviations: false,
      style: "hyphens",
    });
    const lax = lineOf(`
from click import command, option
SETTINGS = {"ignore_unknown_options": True}
@command(context_settings=SETTINGS)
@option("--lr", default=0.1)
def main(lr): ...
main()
`);
    expect(lax.refusesUnknown).to.equal(false);
  });

  it("lists the commands of a group by their words", () => {
    expect(
      shown(`
import click

@click.group()
@click.option("--seed", default=0)
def cli(seed): ...

@cli.command()
@click.option("--lr", default=0.1)
def train_model(lr): ...

@cli.command("test")
@click.option("--split", default="val")
def evaluate(split): ...

@click.command()
@click.option("--out")
def export_command(out): ...

cli.add_command(export_command)

if __name__ == "__main__":
    cli()
`),
    ).to.deep.equal([
      "--seed: integer = 0",
      "train-model",
      "  --lr: number = 0.1",
      "test",
      "  --split: text = val",
      // The suffix is dropped since click 8.2.
      "export",
      "  --out: text",
      "export-command",
      "  --out: text",
    ]);
  });

  it("follows options that a decorator of the workspace adds", () => {
    expect(
      shown({
        "train.py": `
import click
from options import common, seed_option

@click.command()
@common
@seed_option
def main(**options): ...

main()
`,
        "options.py": `
import click

seed_option = click.option("--seed", default=1)

def common(function):
    function = click.option("--lr", default=0.1, help="Step size.")(function)
    return click.option("--epochs", default=3)(function)
`,
      }),
    ).to.deep.equal(["--lr: number = 0.1", "--epochs: integer = 3", "--seed: integer = 1"]);
  });

  it("keeps the place and the help of an option", () => {
    const [option] = lineOf(`
import click
@click.command()
@click.option("--lr", default=0.1, help="""Step size of
    the optimizer.""")
def main(lr): ...
main()
`).options;
    expect(option?.place).to.include({ path: "train.py", line: 3 });
    expect(option?.help).to.equal("Step size of the optimizer.");
  });

  it("offers no choices where any case of them is taken", () => {
    expect(
      shown(`
import click
@click.command()
@click.option("--optimizer", type=click.Choice(["SGD", "Adam"], case_sensitive=False))
def main(optimizer): ...
main()
`),
    ).to.deep.equal(["--optimizer: text"]);
  });

  it("says so where an option's name is not written down", () => {
    const line = lineOf(`
import click, sys
@click.command()
@click.option(f"--{sys.platform}")
@click.option("--lr", default=0.1)
def main(**options): ...
main()
`);
    expect(gapsOf(line)).to.deep.equal(["options-computed"]);
  });

  it("sees no command line in a command that is never started", () => {
    expect(
      linesOf(`
import click
@click.command()
@click.option("--lr", default=0.1)
def convert(lr): ...
`),
    ).to.deep.equal([]);
  });

  it("does not take an imported module's own program for that of the program", () => {
    expect(
      linesOf({
        "train.py": "import convert\nprint(convert.now)\n",
        "convert.py": `
import click
now = 1
@click.command()
@click.option("--lr", default=0.1)
def main(lr): ...
if __name__ == "__main__":
    main()
`,
      }),
    ).to.deep.equal([]);
  });

  it("follows a program that starts a command of another module", () => {
    expect(
      shown({
        "train.py": "from app.cli import main\nmain()\n",
        "app/__init__.py": "",
        "app/cli.py": `
import click
@click.command()
@click.option("--lr", default=0.1)
def main(lr): ...
`,
      }),
    ).to.deep.equal(["--lr: number = 0.1"]);
  });

  const added = (decorators: string, command = "@add_options(OPTS)") => `
import functools
import click

OPTS = [click.option("--lr", type=float), click.option("--depth", type=int)]

${decorators}

@click.command()
${command}
@click.option("--width", type=int)
def main(**options): ...

main()
`;

  it("leaves a gap where a decorator adds options that it computes", () => {
    const looped = added(`
def add_options(options):
    def decorate(f):
        for option in reversed(options):
            f = option(f)
        return f
    return decorate`);
    expect(shown(looped)).to.deep.equal(["--lr: number", "--depth: integer", "--width: integer"]);
    expect(gapsOf(lineOf(looped))).to.include("options-computed");
    const reduced = added(
      `
def compose(*options):
    return lambda f: functools.reduce(lambda g, option: option(g), reversed(options), f)`,
      "@compose(*OPTS)",
    );
    expect(shown(reduced)).to.include("--lr: number");
    expect(gapsOf(lineOf(reduced))).to.include("options-computed");
    for (const unknown of ["@elsewhere.options", "@registry.common()", "@click_config_file.it()"]) {
      const line = lineOf(added("import elsewhere, click_config_file\nregistry = make()", unknown));
      expect(gapsOf(line), unknown).to.include("options-computed");
    }
  });

  it("leaves none where a decorator is wholly understood", () => {
    const timed = added(
      `
import time
lr = click.option("--lr", type=float)

def timed(f):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        start = time.time()
        result = f(*args, **kwargs)
        print(time.time() - start)
        return result
    return wrapper

def shared(f):
    f = lr(f)
    f = click.option("--seed", type=int)(f)
    return f`,
      "@timed\n@shared\n@click.pass_context",
    );
    expect(shown(timed)).to.have.members(["--lr: number", "--seed: integer", "--width: integer"]);
    expect(gapsOf(lineOf(timed))).to.deep.equal([]);
  });

  it("leaves a gap where commands are added that cannot be told", () => {
    const group = (rest: string) => `
import click

@click.group()
def cli(): ...

@click.command()
@click.option("--lr", type=float)
def train(lr): ...

${rest}
cli()
`;
    const looped = group("for command in [train]:\n    cli.add_command(command)\n");
    expect(gapsOf(lineOf(looped))).to.deep.equal(["options-computed"]);
    const plain = group("cli.add_command(train)\n");
    expect(gapsOf(lineOf(plain))).to.deep.equal([]);
    const within = group("def register(to):\n    to.add_command(train)\nregister(cli)\n");
    expect(shown(within)).to.deep.equal(["train", "  --lr: number"]);
  });

  it("leaves a gap where a command takes what it does not know", () => {
    const line = lineOf(`
import click

@click.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@click.pass_context
def main(ctx):
    print(ctx.args)

main()
`);
    expect(line.refusesUnknown).to.equal(false);
    expect(gapsOf(line)).to.deep.equal(["options-computed"]);
  });
});
