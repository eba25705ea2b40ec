/** What Python's own functions do to things that are followed. */
import { evaluate } from "../evaluate.js";
import { argumentOf, positionalOf } from "../python/walk.js";
import { invokeWith } from "./calls.js";
import { type Follower, runModule } from "./flow.js";
import { noteLost, settingsOf } from "./settings.js";
import { type CallUse, followedOf, nothing, type Values } from "./values.js";

// They give the same values in another form.
const copies =
  /^(?:vars|dict|list|tuple|sorted|reversed|iter|enumerate|zip|copy\.(?:copy|deepcopy)|argparse\.Namespace|types\.SimpleNamespace|easydict\.EasyDict|(?:.*\.)?(?:AttrDict|DotMap|Munch|Box|ConfigDict|AttributeDict|DotDict|munchify|to_container|to_yaml)|omegaconf\.OmegaConf\.(?:create|to_container|merge)|omegaconf\.DictConfig|collections\.(?:OrderedDict|ChainMap))$/;

export const builtinsFollower: Follower = {
  outsideValue: () => nothing,
  outsideCall: (name, use) => {
    if (name === "getattr") return attributeByName(use);
    if (name === "hasattr") {
      attributeByName(use);
      return nothing;
    }
    if (name === "setattr") return setByName(use);
    if (name === "functools.partial") return partial(use);
    if (name === "importlib.import_module") return importedByName(use);
    if (copies.test(name)) {
      const given = use.given.flat();
      return given.length === 0 ? undefined : given;
    }
    return undefined;
  },
  unknownCall: (use) => {
    keepHyperparameters(use);
    return intoAttributes(use) ? nothing : undefined;
  },
  inherited: () => undefined,
  outsideAssigned: () => {},
};

function attributeByName(use: CallUse): Values {
  const [, name] = positionalOf(use.call);
  const called = name && evaluate(use.flow.modules, use.scope, name);
  const objects = followedOf(use.given[0] ?? nothing);
  if (typeof called !== "string") return nothing;
  return objects.flatMap((object) => object.attribute(called, use));
}

function setByName(use: CallUse): Values {
  const [, name, value] = positionalOf(use.call);
  const [objects = nothing, ...others] = use.given;
  const called = name && evaluate(use.flow.modules, use.scope, name);
  const given = followedOf(others.flat());
  for (const object of followedOf(objects)) {
    if (typeof called === "string" && value !== undefined) {
      object.setAttribute(called, use.given[2] ?? nothing, use, value);
    } else {
      object.absorb(given, use);
    }
  }
  const isKnown = objects.some((each) => each.kind === "followed" || each.kind === "instance");
  if (!isKnown) noteLost(given, use);
  return nothing;
}

function partial(use: CallUse): Values {
  const [callees = nothing, ...given] = use.given;
  for (const callee of callees) {
    if (callee.kind !== "function") continue;
    invokeWith(use, callee, use.call.arguments.slice(1), given);
  }
  return callees;
}

function importedByName(use: CallUse): Values {
  const name = argumentOf(use.call, "name", 0);
  if (name?.kind !== "constant" || typeof name.value !== "string") return nothing;
  const { modules } = use.flow;
  const level = /^\.*/.exec(name.value)?.[0].length ?? 0;
  const source = { level, module: name.value.slice(level) };
  const module = modules.imported(use.scope.module, source);
  if (module === undefined) return nothing;
  runModule(use.flow, module);
  return [{ kind: "module", module }];
}

/** `self.__dict__.update(config)`: what is asked for then are attributes, which stand in the text. */
function intoAttributes({ call: { callee }, given }: CallUse): boolean {
  if (callee.kind !== "attribute" || callee.name !== "update") return false;
  if (callee.object.kind !== "attribute" || callee.object.name !== "__dict__") return false;
  for (const followed of followedOf(given.flat())) {
    const settings = settingsOf(followed);
    if (settings !== undefined) settings.isUsed = true;
  }
  return true;
}

/** Lightning keeps what its module was made with as `self.hparams`. */
function keepHyperparameters(use: CallUse): void {
  const { callee } = use.call;
  if (callee.kind !== "attribute" || callee.name !== "save_hyperparameters") return;
  const given = use.given.flat().filter((value) => value.kind === "followed");
  const { owner } = use.scope;
  const self = owner?.kind === "function" ? owner.parameters[0] : undefined;
  for (const object of self === undefined
    ? nothing
    : (use.frame.values.get(self.name) ?? nothing)) {
    if (object.kind === "instance" && given.length > 0) object.attributes.set("hparams", given);
  }
}
