/** What a trial finds in its environment, and what is taken out of it. */
import path from "node:path";
import type { AttemptCommand } from "./attempt.js";

/** The environment that a command is started in, over the one that its starter has. */
export function environmentOf(
  command: Pick<AttemptCommand, "env" | "prepend" | "unset">,
  inherited: NodeJS.ProcessEnv,
): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(inherited)) {
    if (value !== undefined && !isUnset(name, command.unset)) environment[name] = value;
  }
  Object.assign(environment, command.env);
  for (const [name, folder] of Object.entries(command.prepend)) {
    const rest = environment[name];
    // An empty entry of PYTHONPATH means the current folder, so none is made.
    environment[name] = rest === undefined || rest === "" ? folder : folder + path.delimiter + rest;
  }
  return environment;
}

function isUnset(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) =>
    pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern,
  );
}
