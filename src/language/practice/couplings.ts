/** Parameters that go together: which hints look for, and which the documentation tells of. */
import type { Evidence } from "./family.js";

interface Coupling extends Evidence {
  readonly id: string;
  /**
   * `alone`: the first is of little use without the second. `twice`: both do the same. `note`: good to
   * know, and nothing that a sweep file shows to be wrong.
   */
  readonly kind: "alone" | "twice" | "note";
  /** Concepts of families; the hint stands at the first. */
  readonly between: readonly [one: string, other: string];
  /** For the documentation; a hint has words of its own. */
  readonly text: string;
}

export const couplings = [
  {
    id: "batch-size-and-rate",
    kind: "alone",
    between: ["batch_size", "learning_rate"],
    text: "The learning rate grows with the batch size: in proportion for SGD, with its square root for Adam and LAMB. Searching the batch size alone mostly measures a learning rate that does not fit.",
    sources: ["playbook", "mae", "timm"],
    standing: "read",
  },
  {
    id: "momentum-and-rate",
    kind: "alone",
    between: ["momentum", "learning_rate"],
    text: "The effective step is lr / (1 - momentum): when one goes up, the other comes down.",
    sources: ["sweepdeck"],
    standing: "judgement",
  },
  {
    id: "leaves-and-depth",
    kind: "twice",
    between: ["num_leaves", "lightgbm.max_depth"],
    text: "At most 2 to the power of the depth, and well below: 70 to 80 leaves at depth 7, not 127. Search one of them.",
    sources: ["lightGbm"],
    standing: "read",
  },
  {
    id: "rank-and-alpha",
    kind: "twice",
    between: ["lora_alpha", "lora_r"],
    text: "The update is scaled by alpha over rank. With alpha fixed, the best learning rate hardly changes with the rank.",
    sources: ["trl"],
    standing: "read",
  },
  {
    id: "rounds-and-rate",
    kind: "twice",
    between: ["boosting.rounds", "learning_rate"],
    text: "More trees and a larger learning rate do the same. Fix the trees high, stop early, and search the learning rate.",
    sources: ["autoGluon", "tabArena"],
    standing: "read",
  },
  {
    id: "decay-and-rate",
    kind: "note",
    between: ["weight_decay", "learning_rate"],
    text: "AdamW shrinks weights by lr times decay at each step. Search both by factors. Lion wants a learning rate 3 to 10 times lower, and a decay as much higher.",
    sources: ["torch", "lion"],
    standing: "read",
  },
  {
    id: "optimiser-and-rate",
    kind: "note",
    between: ["optimizer", "learning_rate"],
    text: "The learning rate of one optimiser is another parameter than that of the next, though it has the same name: one sweep for each.",
    sources: ["playbook"],
    standing: "read",
  },
  {
    id: "warm-up-and-length",
    kind: "note",
    between: ["warmup_steps", "budget"],
    text: "A fraction, not a number of steps, where trials differ in length; a tenth at most. The decay must end where training ends.",
    sources: ["playbook"],
    standing: "read",
  },
  {
    id: "heads-and-width",
    kind: "note",
    between: ["num_heads", "width"],
    text: "The width must be a multiple of the heads. Keep the size of a head.",
    sources: ["sweepdeck"],
    standing: "judgement",
  },
  {
    id: "size-and-rate",
    kind: "note",
    between: ["num_layers", "learning_rate"],
    text: "Each size of a model wants a learning rate of its own.",
    sources: ["playbook"],
    standing: "read",
  },
  {
    id: "regularisers",
    kind: "note",
    between: ["dropout", "weight_decay"],
    text: "Dropout, weight decay, augmentation and a high learning rate stand in for each other: one strong knob first.",
    sources: ["smith"],
    standing: "from memory",
  },
] as const satisfies readonly Coupling[];

type Of<K extends Coupling["kind"]> = Extract<(typeof couplings)[number], { kind: K }>;

/** A parameter that is of little use without another. */
export type Dependence = Of<"alone">["id"];

/** Two parameters that do the same. */
export type Overlap = Of<"twice">["id"];

export const dependences = couplings.filter((each) => each.kind === "alone");
export const overlaps = couplings.filter((each) => each.kind === "twice");
