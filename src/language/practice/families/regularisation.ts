/** What keeps a network from fitting its training data too well. */
import type { Family } from "../family.js";
import { byFactors, oneOf, uniform } from "./fields.js";

export const regularisation: readonly Family[] = [
  {
    id: "weight_decay",
    title: "weight decay",
    area: "regularisation",
    role: "search",
    spellings: [
      ...["weight_decay", "wd", "optimizer_weight_decay", "adam_weight_decay", "weightdecay"],
      ...["decay_weight", "l2_weight_decay"],
    ],
    what: "How strongly weights are pulled to zero at each step.",
    defaults:
      "0.01 for AdamW in PyTorch, 4e-3 in Keras, 1e-4 in Optax, 0 in Transformers, 0.05 in DeiT, 0.1 in nanoGPT; for SGD 0 in PyTorch, 1e-4 in Detectron2, 5e-4 in YOLO",
    proposals: [
      {
        where: ["yolo"],
        usual: uniform(0, 1e-3),
        reason: "The space of Ultralytics' own tuner.",
        sources: ["ultralytics"],
        standing: "read",
      },
      {
        where: ["sgd"],
        around: { rule: "scale", factor: 10, min: 1e-7, max: 1e-2 },
        usual: byFactors(1e-6, 1e-3),
        off: oneOf(0, 1e-5, 1e-4, 1e-3),
        reason:
          "Added to the gradient it acts far more strongly than decoupled, so its range is lower.",
        sources: ["algoPerf", "detectron", "ultralytics"],
        standing: "read",
      },
      {
        where: ["adam-l2"],
        around: { rule: "scale", factor: 10, min: 1e-7, max: 1e-2 },
        usual: byFactors(1e-6, 1e-3),
        off: oneOf(0, 1e-5, 1e-4, 1e-3),
        reason: "Adam adds it to the gradient, unlike AdamW, so its range is lower.",
        sources: ["torch", "algoPerf"],
        standing: "read",
      },
      {
        around: { rule: "scale", factor: 10, min: 1e-7, max: 1 },
        usual: byFactors(1e-3, 0.3),
        off: oneOf(0, 0.01, 0.05, 0.1),
        reason: "Decoupled decay differs by factors, and goes well up to about 0.3.",
        sources: ["algoPerf"],
        standing: "read",
      },
    ],
    order: {
      place: 2,
      because: "After the learning rate; it changes with the size of the model.",
      sources: ["playbook", "surrogates"],
      standing: "read",
    },
    advice: {
      text: "AdamW shrinks weights by lr times decay: doubling the learning rate doubles the decay.",
      sources: ["torch"],
      standing: "read",
    },
  },
  {
    id: "l2_penalty",
    concept: "weight_decay",
    title: "L2 penalty",
    area: "regularisation",
    role: "search",
    spellings: ["l2", "l2_reg", "reg_l2", "l2_penalty", "l2_weight"],
    changesLoss: true,
    what: "The weight of the squared weights in the loss.",
    proposals: [
      {
        around: { rule: "scale", factor: 10, min: 1e-7, max: 1e-2 },
        usual: byFactors(1e-6, 1e-3),
        off: oneOf(0, 1e-5, 1e-4, 1e-3),
        reason: "A penalty differs by factors.",
        sources: ["algoPerf"],
        standing: "read",
      },
    ],
    order: {
      place: 2,
      because: "The first regulariser to search.",
      sources: ["playbook"],
      standing: "read",
    },
  },
  {
    id: "dropout",
    title: "dropout",
    area: "regularisation",
    role: "search",
    spellings: [
      ...["dropout", "dropout_rate", "drop_rate", "p_drop", "drop", "dropout_prob", "dropout_p"],
      ...["hidden_dropout_prob", "hidden_dropout", "attention_dropout", "attn_dropout"],
      ...["attention_probs_dropout_prob", "emb_drop", "embedding_dropout", "resid_dropout"],
      ...["classifier_dropout", "ffn_dropout", "p_dropout", "dropout_probability"],
    ],
    defaultsWithin: [0, 1],
    what: "The chance that a unit is left out in a step of training.",
    defaults:
      "0.5 for nn.Dropout and 0.1 for nn.Transformer in PyTorch, 0.1 in BERT and T5, 0 in Llama, timm and nanoGPT",
    proposals: [
      {
        around: { rule: "fraction", min: 0, max: 0.6 },
        usual: uniform(0, 0.5),
        reason: "More than half seldom helps.",
        sources: ["autoGluon", "lcBench"],
        standing: "judgement",
      },
    ],
    order: {
      place: 3,
      because: "On tables it came last of seven, between 0 and 0.5.",
      sources: ["surrogates"],
      standing: "measured on surrogates",
    },
    advice: {
      text: "Dropout, weight decay, augmentation and a high learning rate stand in for each other: one strong knob first.",
      sources: ["smith"],
      standing: "from memory",
    },
  },
  {
    id: "label_smoothing",
    title: "label smoothing",
    area: "regularisation",
    role: "search",
    spellings: ["label_smoothing", "smoothing", "label_smoothing_factor", "ls_eps", "label_smooth"],
    defaultsWithin: [0, 1],
    changesLoss: true,
    what: "How much of each label is spread over the other classes.",
    defaults: "0 in PyTorch and Transformers, 0.1 in timm and DeiT",
    proposals: [
      {
        around: { rule: "usual-values" },
        usual: oneOf(0, 0.05, 0.1, 0.2),
        reason: "0.1 and 0.2 are what tuned recipes use.",
        sources: ["algoPerf", "timm"],
        standing: "read",
      },
    ],
    order: {
      place: 4,
      because: "For classification only.",
      sources: ["sweepdeck"],
      standing: "judgement",
    },
    advice: {
      text: "It changes the scale of the loss: judge it by accuracy.",
      sources: ["sweepdeck"],
      standing: "judgement",
    },
  },
  {
    id: "drop_path",
    title: "stochastic depth",
    area: "regularisation",
    role: "search",
    spellings: [
      ...["drop_path", "drop_path_rate", "stochastic_depth", "stochastic_depth_prob"],
      ...["drop_connect", "drop_connect_rate"],
    ],
    defaultsWithin: [0, 1],
    what: "The chance that a whole block is skipped in a step of training.",
    defaults: "off in timm, 0.1 in DeiT, 0.1 to 0.3 with the size of the model in MAE",
    proposals: [
      {
        around: { rule: "fraction", min: 0, max: 0.5 },
        usual: uniform(0, 0.4),
        reason: "The larger the model, the more of it goes well.",
        sources: ["mae", "deit"],
        standing: "judgement",
      },
    ],
    order: {
      place: 5,
      because: "For vision transformers and deep residual networks.",
      sources: ["mae"],
      standing: "read",
    },
  },
  {
    id: "ema_decay",
    title: "decay of averaged weights",
    area: "regularisation",
    role: "search",
    spellings: ["ema_decay", "model_ema_decay", "ema_momentum", "ema_rate"],
    defaultsWithin: [0.5, 1],
    what: "How long the running average of the weights remembers.",
    defaults: "0.9998 in timm, 0.99996 in DeiT, 0.99 in Keras, 0.9999 in Diffusers",
    proposals: [
      {
        around: { rule: "near-one", min: 0.9, max: 0.999_99 },
        usual: oneOf(0.99, 0.999, 0.9999),
        reason: "What counts is the distance from 1, so the values are spaced by it.",
        sources: ["timm", "keras", "diffusers"],
        standing: "judgement",
      },
    ],
    order: {
      place: 8,
      because: "The last of the regularisers.",
      sources: ["sweepdeck"],
      standing: "judgement",
    },
  },
];
