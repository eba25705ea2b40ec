/** What every command of the command line is, and how its words are read. */
import { parseArgs } from "node:util";

export type ExitCode = 0 | 1 | 2 | 3 | 130;

/** Bad usage, a file or a study that cannot be used: exit code 2. The message is shown as it is. */
export class Unusable extends Error {
  override readonly name = "Unusable";
}

export interface Option {
  readonly type: "boolean" | "string";
  readonly short?: string;
  /** What stands for the value in the help. */
  readonly value?: string;
  readonly about: string;
}

export interface Command {
  readonly name: string;
  /** The words after the name, as shown in the help. */
  readonly words: string;
  readonly summary: string;
  /** More for `--help`; paragraphs. */
  readonly about?: string;
  readonly options: Readonly<Record<string, Option>>;
  readonly run: (given: Given) => Promise<ExitCode>;
}

/** What a command was given, checked against its options. */
export interface Given {
  readonly words: readonly string[];
  flag(name: string): boolean;
  text(name: string): string | undefined;
  /** A whole number of at least `least`; throws `Unusable` for anything else. */
  count(name: string, least: number): number | undefined;
}

export const jsonOption: Option = { type: "boolean", about: "print JSON on standard output" };
const helpOption: Option = { type: "boolean", short: "h", about: "show this help" };

export async function runCommand(command: Command, argv: readonly string[]): Promise<ExitCode> {
  const given = read(command, argv);
  if (given.flag("help")) {
    process.stdout.write(helpOf(command));
    return 0;
  }
  return await command.run(given);
}

function read(command: Command, argv: readonly string[]): Given {
  const options = Object.fromEntries(
    Object.entries({ ...command.options, help: helpOption }).map(([name, { type, short }]) => [
      name,
      short === undefined ? { type } : { type, short },
    ]),
  );
  let parsed: { values: Record<string, unknown>; positionals: string[] };
  try {
    parsed = parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message.split(". ")[0] : String(error);
    throw new Unusable(`${reason}. See: sweepdeck ${command.name} --help`);
  }
  const { values, positionals } = parsed;
  const text = (name: string) => {
    const value = values[name];
    return typeof value === "string" ? value : undefined;
  };
  return {
    words: positionals,
    flag: (name) => values[name] === true,
    text,
    count: (name, least) => {
      const written = text(name);
      if (written === undefined) return undefined;
      const count = Number(written);
      if (written.trim() === "" || !Number.isSafeInteger(count) || count < least) {
        throw new Unusable(`--${name} takes a whole number from ${least} up, not "${written}".`);
      }
      return count;
    },
  };
}

export function helpOf(command: Command): string {
  const options = Object.entries({ ...command.options, help: helpOption }).map(([name, option]) => {
    const short = option.short === undefined ? "    " : `-${option.short}, `;
    const value = option.value === undefined ? "" : ` ${option.value}`;
    return [`  ${short}--${name}${value}`, option.about] as const;
  });
  const width = Math.max(...options.map(([left]) => left.length));
  const lines = options.map(([left, about]) => `${left.padEnd(width)}  ${about}`);
  const about = command.about === undefined ? "" : `\n${command.about}\n`;
  const usage = `sweepdeck ${command.name} ${command.words}`.trim();
  return `${command.summary}\n\nUsage: ${usage}\n${about}\nOptions:\n${lines.join("\n")}\n`;
}

/** The one word that a command takes. */
export function onlyWord(command: Command, given: Given, what: string): string {
  const [word, ...more] = given.words;
  if (word === undefined || more.length > 0) {
    throw new Unusable(
      `sweepdeck ${command.name} takes one ${what}. See: sweepdeck ${command.name} --help`,
    );
  }
  return word;
}
