/** How the learning rate rises and falls. */
import type { Family } from "../family.js";
import { oneOf, uniform } from "./fields.js";

export const schedules: readonly Family[] = [
  {
    id: "warmup_fraction",
    title: "warm-up, as a fraction of the steps",
    area: "optimisation",
    role: "search",
    spellings: ["warmup_ratio", "warmup_proportion", "warmup_fraction", "warmup_percent"],
    defaultsWithin: [0, 1],
    what: "The part of training during which the learning rate rises.",
    defaults: "0 in Transformers, 0.05 in AlgoPerf",
    proposals: [
      {
        around: { rule: "usual-values" },
        usual: oneOf(0, 0.03, 0.06, 0.1),
        reason: "The shortest that keeps training stable is best, and a tenth is the most.",
        sources: ["playbook", "algoPerf"],
        standing: "read",
      },
    ],
    order: {
      place: 4,
      because: "It allows larger learning rates where training is unstable at first.",
      sources: ["playbook"],
      standing: "read",
    },
    advice: {
      text: "Search it as a fraction, not in steps, where trials differ in length.",
      sources: ["playbook"],
      standing: "read",
    },
  },
  {
    id: "warmup_steps",
    title: "warm-up steps",
    area: "optimisation",
    role: "search",
    spellings: [
      ...["warmup_steps", "warmup_iters", "lr_warmup_steps", "num_warmup_steps"],
      ...["warmup_updates", "n_warmup_steps"],
    ],
    what: "The steps during which the learning rate rises.",
    defaults:
      "0 in Transformers (below 1 a fraction since version 5), 500 in Diffusers, 1000 in Detectron2, 2000 in nanoGPT, 10000 in OpenCLIP",
    proposals: [
      {
        around: { rule: "sizes", factors: [0, 0.1, 1], min: 0, max: 1_000_000 },
        usual: oneOf(0, 100, 1000),
        off: oneOf(0, 100, 1000),
        reason:
          "Orders of magnitude, up to a tenth of all steps: the shortest that is stable is best.",
        sources: ["playbook"],
        standing: "read",
      },
    ],
    order: {
      place: 4,
      because: "It allows larger learning rates where training is unstable at first.",
      sources: ["playbook"],
      standing: "read",
    },
    advice: {
      text: "Search it as a fraction where trials differ in length.",
      sources: ["playbook"],
      standing: "read",
    },
  },
  {
    id: "warmup_epochs",
    title: "warm-up epochs",
    area: "optimisation",
    role: "search",
    spellings: ["warmup_epochs", "warm_up_epochs"],
    what: "The epochs during which the learning rate rises.",
    defaults: "5 in timm",
    proposals: [
      {
        around: { rule: "usual-values" },
        usual: oneOf(0, 1, 5),
        reason:
          "The shortest that keeps training stable is best, and a tenth of training is the most.",
        sources: ["playbook"],
        standing: "judgement",
      },
    ],
    order: {
      place: 4,
      because: "It allows larger learning rates where training is unstable at first.",
      sources: ["playbook"],
      standing: "read",
    },
  },
  {
    id: "schedule",
    title: "learning rate schedule",
    area: "optimisation",
    role: "search",
    spellings: [
      ...[
        "scheduler",
        "sched",
        "lr_scheduler",
        "lr_scheduler_type",
        "lr_schedule",
        "scheduler_type",
      ],
      ...["scheduler_name", "lr_policy", "lr_decay_style"],
    ],
    what: "How the learning rate falls during training.",
    defaults: "linear in Transformers, cosine in timm, constant in Diffusers, steps in Detectron2",
    proposals: [
      {
        where: ["transformers"],
        around: { rule: "words", usual: ["linear", "cosine", "constant"] },
        usual: oneOf("linear", "cosine", "constant"),
        reason: "Linear and cosine are the ones to begin with, and constant is the baseline.",
        sources: ["playbook", "transformers"],
        standing: "read",
      },
      {
        around: { rule: "words", usual: ["linear", "cosine", "constant", "none"] },
        reason: "Linear and cosine are the ones to begin with, and constant is the baseline.",
        sources: ["playbook"],
        standing: "read",
      },
    ],
    order: {
      place: 5,
      because: "That there is one matters more than which.",
      sources: ["playbook"],
      standing: "read",
    },
    advice: {
      text: "It must end where training ends, and one that is good for short runs may not be for long ones.",
      sources: ["playbook"],
      standing: "read",
    },
  },
  {
    id: "lr_floor_fraction",
    title: "final learning rate, as a fraction",
    area: "optimisation",
    role: "search",
    spellings: ["lrf", "end_factor", "min_lr_ratio", "final_lr_ratio", "lr_end_factor", "alpha_f"],
    defaultsWithin: [0, 1],
    what: "How much of the learning rate is left at the end.",
    defaults: "0.01 in YOLO, 0.1 in nanoGPT, 1e-3 and 1e-2 in AlgoPerf",
    proposals: [
      {
        where: ["yolo"],
        usual: uniform(0.01, 1),
        reason: "The space of Ultralytics' own tuner.",
        sources: ["ultralytics"],
        standing: "read",
      },
      {
        around: { rule: "usual-values" },
        usual: oneOf(0, 0.01, 0.1),
        reason: "It matters little, as long as it is small.",
        sources: ["algoPerf", "ultralytics", "nanoGpt"],
        standing: "read",
      },
    ],
    order: {
      place: 6,
      because: "It comes after the kind of schedule.",
      sources: ["sweepdeck"],
      standing: "judgement",
    },
  },
  {
    id: "lr_floor",
    title: "least learning rate",
    area: "optimisation",
    role: "leave",
    spellings: ["min_lr", "eta_min", "end_lr", "base_lr_end", "lr_min", "final_lr"],
    what: "The learning rate at the end of the schedule.",
    defaults: "0 in PyTorch's cosine schedule, a tenth of the learning rate in nanoGPT",
    proposals: [],
    advice: {
      text: "An absolute floor is another fraction for each learning rate: leave it, or let the script take a fraction.",
      sources: ["sweepdeck"],
      standing: "judgement",
    },
  },
  {
    id: "step_decay",
    title: "factor of a step schedule",
    area: "optimisation",
    role: "search",
    shared: {
      spellings: ["gamma", "lr_gamma", "step_gamma", "lr_decay_factor", "lr_decay_gamma"],
      signs: ["step-schedule"],
    },
    defaultsWithin: [0.001, 1],
    what: "What the learning rate is multiplied by at each step of the schedule.",
    defaults: "0.1 in PyTorch",
    proposals: [
      {
        around: { rule: "usual-values" },
        usual: oneOf(0.1, 0.3, 0.5),
        reason: "A tenth is usual, and gentler steps want more of them.",
        sources: ["torch"],
        standing: "read",
      },
    ],
    order: {
      place: 6,
      because: "It comes after the kind of schedule.",
      sources: ["sweepdeck"],
      standing: "judgement",
    },
  },
];
