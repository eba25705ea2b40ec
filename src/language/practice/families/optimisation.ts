/** Optimisers and schedules. */
import type { Family } from "../family.js";

export const optimisation: readonly Family[] = [
  {
    id: "learning_rate",
    title: "learning rate",
    area: "optimisation",
    role: "search",
    spellings: [
      "lr",
      "learning_rate",
      "learn_rate",
      "lr0",
      "base_lr",
      "blr",
      "lr_base",
      "init_lr",
      "initial_lr",
      "max_lr",
      "peak_lr",
      "body_learning_rate",
      "backbone_lr",
      "encoder_lr",
      "head_lr",
    ],
    what: "The size of the optimiser's steps.",
    defaults:
      "1e-3 for Adam, AdamW and SGD in PyTorch, 1e-2 for SGD in Keras, 1e-2 in YOLO, 0.1 for a batch of 256 in timm",
    proposals: [
      {
        where: ["lion"],
        around: { rule: "scale", factor: 10, min: 1e-7, max: 1 },
        usual: { distribution: "log_uniform_values", min: 1e-5, max: 1e-3 },
        reason: "Lion wants a learning rate 3 to 10 times below that of AdamW.",
        sources: ["lion", "algoPerf"],
        standing: "read",
      },
      {
        where: ["sgd"],
        around: { rule: "scale", factor: 10, min: 1e-7, max: 5 },
        usual: { distribution: "log_uniform_values", min: 1e-3, max: 1 },
        reason: "Learning rates differ by factors; SGD takes larger ones than Adam.",
        sources: ["algoPerf"],
        standing: "read",
      },
      {
        around: { rule: "scale", factor: 10, min: 1e-7, max: 1 },
        usual: { distribution: "log_uniform_values", min: 1e-4, max: 1e-2 },
        reason: "Learning rates differ by factors, and good ones span about two decades.",
        sources: ["algoPerf"],
        standing: "read",
      },
    ],
    order: {
      place: 1,
      because: "With fewer than ten trials it is the only one worth searching.",
      sources: ["playbook", "surrogates"],
      standing: "read",
    },
    advice:
      "It goes with the batch size, and with the optimiser: never share a range among several.",
  },
];
