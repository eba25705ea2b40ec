/** What a script says of itself, and what was not understood of it, in words. */
import type { CommandLine, Gap, Library, ScriptReading, SourcePlace } from "../script/reading.js";
import { paragraphs } from "./describe.js";
import { fileName } from "./parameter-proposal.js";
import { shownName } from "./reports.js";

const libraryNames: Readonly<Record<Library, string>> = {
  argparse: "argparse",
  click: "click",
  typer: "Typer",
  "hf-argument-parser": "HfArgumentParser",
  "simple-parsing": "simple-parsing",
  tyro: "tyro",
  tap: "Tap",
  pyrallis: "pyrallis",
  fire: "Fire",
  hydra: "Hydra",
  jsonargparse: "jsonargparse",
  absl: "absl flags",
  omegaconf: "OmegaConf",
  globals: "its own global variables",
};

const gapWords: Readonly<Record<Gap["why"], string>> = {
  "syntax-error": "has a syntax error",
  "computed-import": "imports a module whose name is computed",
  "executes-text": "executes text as code",
  "too-many-files": "imports more files than are read",
  "options-computed": "makes options whose names are computed",
  "options-from-library": "takes options from a library outside the workspace",
  "options-from-file": "takes options from a file that was not found",
  "parser-passed-on": "hands its parser to code that could not be followed",
  "config-missing": "names a configuration that was not found",
};

/** More names than this are counted, not listed. */
const namesListed = 12;
const gapsListed = 6;

/** Markdown: a paragraph for each thing, and a list of what could not be followed. */
export function describeReading(reading: ScriptReading): string {
  const { commandLines, config, metrics, files, gaps } = reading;
  const keys = config.keys.map(({ name }) => name);
  const reported = [...new Set(metrics.reported.map(shownName))];
  const modules = [...new Set(files.slice(1).map(fileName))].filter(
    (name) => name !== "__init__.py",
  );
  const unfollowed = [...gaps, ...commandLines.flatMap((line) => line.gaps)];
  return paragraphs([
    [...new Set(commandLines.map(commandLineInWords))].join("\n\n"),
    commandLines.length === 0 ? withoutParser(reading) : "",
    keys.length === 0 ? "" : `Reads ${listed(keys)} from \`wandb.config\`.`,
    config.passedOn.length === 0
      ? ""
      : `Hands \`wandb.config\` on whole (${linksTo(config.passedOn)}): other keys may be read there.`,
    reported.length === 0 ? "No metric was found in it." : `Reports ${listed(reported)}.`,
    metrics.open.length === 0
      ? ""
      : `Other metrics may be reported: names are composed at ${linksTo(metrics.open)}.`,
    modules.length > 0 ? `Read with it: ${listed(modules)}.` : "",
    gapsInWords(unfollowed),
  ]);
}

function commandLineInWords({ library, options, gaps, commands }: CommandLine): string {
  const names = options.map(({ name }) => name);
  const others = gaps.length === 0 ? "" : ", and others that could not be seen";
  const none = gaps.length === 0 ? "no options" : "options that could not be seen";
  const own = names.length === 0 ? none : `${listed(names)}${others}`;
  const sentence = `Takes its arguments by ${libraryNames[library]}: ${own}.`;
  if (commands.length === 0) return sentence;
  const lines = commands.map(({ name, commandLine }) => {
    const taken = listed(commandLine.options.map((option) => option.name));
    return `- \`${name}\`${taken === "" ? "" : `: ${taken}`}`;
  });
  return `${sentence} Its commands:\n${lines.join("\n")}`;
}

function withoutParser({ readsArguments, config }: ScriptReading): string {
  if (readsArguments) return "Reads its command line by itself, without a library that is known.";
  return config.isRead
    ? "Takes no arguments; its parameters come from `wandb.config`."
    : "Takes no arguments and reads no `wandb.config`: no parameter was seen to reach it.";
}

function gapsInWords(gaps: readonly Gap[]): string {
  const lines = [...new Set(gaps.map(gapInWords))];
  if (lines.length === 0) return "";
  const more = lines.length - gapsListed;
  const rest = more > 0 ? [`- and ${more} more`] : [];
  return `Not understood:\n${[...lines.slice(0, gapsListed), ...rest].join("\n")}`;
}

function gapInWords({ place, why, prefix }: Gap): string {
  const below = prefix === undefined ? "" : `: names below \`${prefix}\` may be more`;
  return `- ${linkTo(place)} ${gapWords[why]}${below}`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, namesListed).map((name) => `\`${name}\``);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(", ")} and ${more} more`;
  const last = shown.at(-1) ?? "";
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(", ")} and ${last}`;
}

function linksTo(places: readonly SourcePlace[]): string {
  const links = [...new Set(places.map(linkTo))];
  const more = links.length - 3;
  return `${links.slice(0, 3).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** `train.py:42`, a link where the path is absolute. */
export function linkTo({ path, line }: SourcePlace): string {
  const label = `${fileName(path)}:${line + 1}`;
  if (!path.startsWith("/")) return `\`${label}\``;
  const target = path.split("/").map(encodeURIComponent).join("/");
  return `[${label}](file://${target}#L${line + 1})`;
}
