/** What the system refuses to hand to any program, said of the word that holds it and not in Node's words. */
import type { AttemptCommand } from "./attempt.js";

/** Linux's MAX_ARG_STRLEN, of which the last byte is the NUL at the end; other systems limit the sum alone. */
const wordLimitBytes = 128 * 1024 - 1;

/** What it is that cannot be handed over, and what to do, as a sentence; undefined where everything can be. */
export function unpassable({ argv, env }: Pick<AttemptCommand, "argv" | "env">) {
  for (const [index, word] of argv.entries()) {
    const trouble = troubleOf(word);
    if (trouble !== undefined) return `the argument ${argumentName(argv, index)} ${trouble}`;
  }
  for (const [name, value] of Object.entries(env)) {
    const trouble = troubleOf(`${name}=${value}`);
    if (trouble !== undefined) return `the environment variable ${shown(name)} ${trouble}`;
  }
  return undefined;
}

function troubleOf(word: string): string | undefined {
  if (word.includes("\0")) {
    return "holds a NUL character, which no program can be given; take it out of the value";
  }
  const bytes = Buffer.byteLength(word);
  if (process.platform !== "linux" || bytes <= wordLimitBytes) return undefined;
  return `is ${Math.ceil(bytes / 1024)} KiB long, and no program can be given more than 128 at once; put the value in a file, and sweep over the file's name`;
}

/** `--lr` of `--lr=0.1`, and of the two words `--lr` and `0.1`. */
function argumentName(argv: readonly string[], index: number): string {
  const word = argv[index] ?? "";
  const equals = word.indexOf("=");
  if (equals > 0) return shown(word.slice(0, equals));
  const before = argv[index - 1];
  return before?.startsWith("--") === true ? shown(before) : `number ${index}`;
}

function shown(name: string): string {
  const text = name.replaceAll("\0", "\\0");
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
