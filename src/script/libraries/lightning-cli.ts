/**
 * Lightning's `LightningCLI`: the signatures of a model, of a data module and of the trainer, by
 * jsonargparse. With `run=True`, its default, they stand behind a subcommand (`fit`); a model or a data
 * module that is not given is chosen by name, and its options are then anybody's.
 */
import { evaluate } from "../evaluate.js";
import type { Modules } from "../modules.js";
import { type ScopedCall, scopeOwnedBy } from "../python/module.js";
import type { Scope } from "../python/scope.js";
import type { Call, ClassDefinition, Expression } from "../python/syntax.js";
import { argumentOf, callsIn } from "../python/walk.js";
import type { CommandLine, Option, SourcePlace } from "../reading.js";
import { classLine, outsideBases, type Resolved, resolve } from "../resolve.js";
import { jsonargparseLine } from "./jsonargparse.js";
import { addTo, type BuiltLine, builtLine } from "./jsonargparse-parser.js";
import { declaredBy, signatureOf } from "./jsonargparse-signature.js";

export function lightningCliLines(modules: Modules, calls: readonly ScopedCall[]): CommandLine[] {
  return calls.flatMap(({ call, scope }) => {
    const resolved = resolve(modules, scope, call.callee);
    if (!isLightningCli(modules, resolved)) return [];
    const own = resolved?.kind === "class" ? resolved : undefined;
    return [lineOf(modules, scope, call, own)];
  });
}

function isLightningCli(modules: Modules, resolved: Resolved | undefined): boolean {
  const isNamed = (name: string) => /(?:^|\.)LightningCLI$/.test(name);
  if (resolved?.kind === "outside") return isNamed(resolved.name);
  if (resolved?.kind !== "class") return false;
  return outsideBases(modules, resolved.definition, resolved.scope).some(isNamed);
}

function lineOf(
  modules: Modules,
  scope: Scope,
  call: Call,
  own: { readonly definition: ClassDefinition; readonly scope: Scope } | undefined,
): CommandLine {
  const place = scope.module.place(call);
  const isOn = (keyword: string, otherwise: boolean): boolean => {
    const given = argumentOf(call, keyword);
    return given === undefined ? otherwise : evaluate(modules, scope, given) !== false;
  };
  const line: BuiltLine = { options: [], gaps: [], linked: new Set() };
  line.options.push(...trainerOptions(place));
  // The trainer's logger, callbacks and strategy are classes, with options of their own.
  line.gaps.push({ place, why: "options-from-library", prefix: "trainer" });
  const isModelChosen = isOn("subclass_mode_model", false);
  const isDataChosen = isOn("subclass_mode_data", false);
  addComponent(
    modules,
    scope,
    argumentOf(call, "model_class", 0),
    "model",
    isModelChosen,
    line,
    place,
  );
  addComponent(
    modules,
    scope,
    argumentOf(call, "datamodule_class", 1),
    "data",
    isDataChosen,
    line,
    place,
  );
  if (isOn("auto_configure_optimizers", true)) {
    for (const prefix of ["optimizer", "lr_scheduler"]) {
      line.gaps.push({ place, why: "options-from-library", prefix });
    }
  }
  for (const known of own === undefined ? [] : classLine(modules, own.definition, own.scope)) {
    readAdded(modules, known.definition, known.scope, line);
  }
  const built = builtLine(line);
  if (!isOn("run", true)) return jsonargparseLine(place, built);
  const commands = ["fit", "validate", "test", "predict"].map((name) => ({
    name,
    commandLine: jsonargparseLine(place, built),
  }));
  const [config, seed] = built.options.filter(({ name }) =>
    /^(?:config|seed_everything)$/.test(name),
  );
  return jsonargparseLine(place, {
    options: [config, seed].filter((option) => option !== undefined),
    commands,
  });
}

function addComponent(
  modules: Modules,
  scope: Scope,
  given: Expression | undefined,
  prefix: "model" | "data",
  isChosen: boolean,
  line: BuiltLine,
  place: SourcePlace,
): void {
  const component = given === undefined ? undefined : resolve(modules, scope, given);
  if (component?.kind !== "class" && component?.kind !== "function") {
    line.gaps.push({ place, why: "options-from-library", prefix });
    return;
  }
  const { options, gaps } = signatureOf(modules, declaredBy(modules, component), prefix);
  line.options.push(...options);
  line.gaps.push(...gaps);
  if (isChosen) line.gaps.push({ place, why: "options-computed", prefix });
}

/** `add_arguments_to_parser` of a class that extends the one of Lightning. */
function readAdded(
  modules: Modules,
  definition: ClassDefinition,
  scope: Scope,
  line: BuiltLine,
): void {
  for (const statement of definition.body) {
    if (statement.kind !== "function" || !/^add_.*arguments_to_parser$/.test(statement.name))
      continue;
    const parser = statement.parameters[1]?.name;
    const inside = scopeOwnedBy(scope.module, statement);
    if (inside === undefined) continue;
    for (const call of callsIn(statement.body)) {
      const { callee } = call;
      const isParser =
        callee.kind === "attribute" &&
        callee.object.kind === "name" &&
        callee.object.name === parser;
      if (isParser) addTo(modules, inside, call, callee.name, line);
    }
  }
}

/** What the trainer of Lightning 2 takes that is a plain value. */
const trainerArguments = {
  accelerator: "text",
  accumulate_grad_batches: "integer",
  benchmark: "boolean",
  check_val_every_n_epoch: "integer",
  default_root_dir: "text",
  deterministic: "unknown",
  devices: "unknown",
  enable_checkpointing: "boolean",
  enable_progress_bar: "boolean",
  fast_dev_run: "unknown",
  gradient_clip_algorithm: "text",
  gradient_clip_val: "number",
  limit_train_batches: "number",
  limit_val_batches: "number",
  log_every_n_steps: "integer",
  max_epochs: "integer",
  max_steps: "integer",
  min_epochs: "integer",
  num_nodes: "integer",
  overfit_batches: "number",
  precision: "unknown",
  strategy: "unknown",
  val_check_interval: "number",
} as const;

function trainerOptions(place: SourcePlace): Option[] {
  const common = { isRequired: false, place };
  const trainer = Object.entries(trainerArguments).map(([argument, kind]): Option => {
    const name = `trainer.${argument}`;
    const takes = kind === "boolean" ? ({ kind, reads: "words" } as const) : { kind };
    return { name, spellings: [`--${name}`], takes, ...common };
  });
  return [
    { name: "config", spellings: ["--config", "-c"], takes: { kind: "text" }, ...common },
    {
      name: "seed_everything",
      spellings: ["--seed_everything"],
      takes: { kind: "unknown" },
      ...common,
    },
    ...trainer,
  ];
}
