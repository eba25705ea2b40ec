/** Optimisers. */
import type { Family } from "../family.js";
import { byFactors, oneOf, uniform } from "./fields.js";

export const optimisers: readonly Family[] = [
  {
    id: "learning_rate",
    title: "learning rate",
    area: "optimisation",
    role: "search",
    spellings: [
      ...["lr", "learning_rate", "learn_rate", "lr0", "base_lr", "blr", "lr_base", "init_lr"],
      ...["initial_lr", "max_lr", "peak_lr", "body_learning_rate", "backbone_lr", "encoder_lr"],
      ...["head_lr", "optimizer_lr", "muon_lr", "g_lr", "d_lr", "generator_lr", "discriminator_lr"],
      ...["lr_g", "lr_d", "fine_tune_lr", "finetune_lr"],
    ],
    what: "The size of the optimiser's steps.",
    defaults:
      "1e-3 for SGD, Adam and AdamW in PyTorch, 1e-2 for SGD and 1e-3 for all others in Keras, 1e-2 in YOLO, 0.1 for a batch of 256 in timm",
    proposals: [
      {
        where: ["yolo"],
        around: { rule: "scale", factor: 10, min: 1e-7, max: 1 },
        usual: byFactors(1e-5, 1e-2),
        usualFirst: true,
        reason: "The space of Ultralytics' own tuner. With `optimizer=auto` it does nothing.",
        sources: ["ultralytics"],
        standing: "read",
      },
      {
        where: ["lion"],
        around: { rule: "scale", factor: 10, min: 1e-7, max: 1 },
        usual: byFactors(1e-5, 1e-3),
        reason: "Lion wants a learning rate 3 to 10 times below that of AdamW.",
        sources: ["lion", "algoPerf"],
        standing: "read",
      },
      {
        where: ["sgd"],
        around: { rule: "scale", factor: 10, min: 1e-7, max: 5 },
        usual: byFactors(1e-3, 1),
        reason: "Learning rates differ by factors, and SGD takes larger ones than Adam.",
        sources: ["algoPerf"],
        standing: "read",
      },
      {
        around: { rule: "scale", factor: 10, min: 1e-7, max: 1 },
        usual: byFactors(1e-4, 1e-2),
        reason: "Learning rates differ by factors, and good ones lie within about two decades.",
        sources: ["algoPerf"],
        standing: "read",
      },
    ],
    order: {
      place: 1,
      because: "With fewer than ten trials it is the only one worth searching.",
      sources: ["playbook", "bengio"],
      standing: "read",
    },
    advice: {
      text: "It goes with the batch size and with the optimiser: search one optimiser at a time, for they share no range.",
      sources: ["playbook"],
      standing: "read",
    },
  },
  {
    id: "momentum",
    title: "momentum, or Adam's beta1",
    area: "optimisation",
    role: "search",
    spellings: ["momentum", "mom", "beta1", "beta_1", "adam_beta1", "b1", "sgd_momentum"],
    defaultsWithin: [0, 1],
    what: "How much of the last step goes on in the next.",
    defaults:
      "0 for SGD in PyTorch and Keras, 0.9 in timm and Detectron2 and for Adam, 0.937 in YOLO",
    proposals: [
      {
        where: ["yolo"],
        usual: uniform(0.7, 0.98),
        reason: "The space of Ultralytics' own tuner. With `optimizer=auto` it does nothing.",
        sources: ["ultralytics"],
        standing: "read",
      },
      {
        around: { rule: "usual-values" },
        usual: oneOf(0.8, 0.9, 0.95, 0.98),
        reason: "What counts is the distance from 1, so the values are spaced by it.",
        sources: ["algoPerf"],
        standing: "read",
      },
    ],
    order: {
      place: 3,
      because: "The second to search, with 10 to 25 trials; of little effect in plain networks.",
      sources: ["playbook", "surrogates"],
      standing: "read",
    },
    advice: {
      text: "The effective step is lr / (1 - momentum): search it together with the learning rate.",
      sources: ["sweepdeck"],
      standing: "judgement",
    },
  },
  {
    id: "one_minus_beta1",
    title: "1 - beta1",
    area: "optimisation",
    role: "search",
    spellings: ["one_minus_beta1", "one_minus_beta_1", "one_minus_momentum"],
    what: "The distance of Adam's beta1, or of momentum, from 1.",
    proposals: [
      {
        around: { rule: "scale", factor: 10, min: 1e-3, max: 0.5 },
        usual: byFactors(0.02, 0.5),
        reason: "The distance from 1 differs by factors.",
        sources: ["algoPerf"],
        standing: "read",
      },
    ],
    order: {
      place: 3,
      because: "The second to search, with 10 to 25 trials.",
      sources: ["playbook"],
      standing: "read",
    },
  },
  {
    id: "batch_size",
    title: "batch size",
    area: "optimisation",
    role: "search",
    spellings: [
      ...["batch_size", "bs", "train_batch_size", "per_device_train_batch_size", "batchsize"],
      ...["per_gpu_train_batch_size", "micro_batch_size", "ims_per_batch", "training_batch_size"],
    ],
    shared: { spellings: ["batch"], signs: ["yolo"] },
    what: "How many examples one step of the optimiser sees.",
    defaults: "32 in Keras, 8 a device in Transformers, 128 in timm, 16 in YOLO and Detectron2",
    proposals: [
      {
        around: { rule: "sizes", factors: [0.5, 1, 2, 4], min: 1, max: 65_536 },
        usual: oneOf(16, 32, 64, 128),
        reason: "It sets the speed more than the quality; memory is its bound.",
        sources: ["playbook", "lcBench"],
        standing: "read",
      },
    ],
    order: {
      place: 3,
      because: "Worth it for speed, and only together with the learning rate.",
      sources: ["playbook", "surrogates"],
      standing: "read",
    },
    advice: {
      text: "Searched alone, it mostly measures a learning rate that does not fit it. A learning rate in proportion to it is usual for SGD, to its square root for Adam.",
      sources: ["playbook", "goyal", "timm"],
      standing: "from memory",
    },
  },
  {
    id: "grad_clip",
    title: "gradient clipping, by norm",
    area: "optimisation",
    role: "search",
    spellings: [
      ...["grad_clip", "max_grad_norm", "clip_grad", "gradient_clip_val", "grad_norm_clip"],
      ...["clipnorm", "global_clipnorm", "gradient_clip", "clip_grad_norm", "grad_clip_norm"],
    ],
    what: "The norm beyond which gradients are scaled down.",
    defaults: "1.0 in Transformers and nanoGPT, none in Lightning, timm and Detectron2",
    proposals: [
      {
        around: { rule: "usual-values" },
        usual: oneOf(0.5, 1, 2, 5),
        reason: "Begin at the 90th percentile of the norms that are logged.",
        sources: ["playbook", "transformers"],
        standing: "read",
      },
    ],
    order: {
      place: 7,
      because:
        "It keeps an unstable training alive; where more than half of the steps are clipped, lower the learning rate.",
      sources: ["playbook"],
      standing: "read",
    },
  },
  {
    id: "epsilon",
    title: "epsilon of the optimiser",
    area: "optimisation",
    role: "search",
    spellings: ["adam_epsilon", "opt_eps", "adam_eps", "optimizer_eps"],
    shared: { spellings: ["eps", "epsilon"], signs: ["adam"], defaultsWithin: [1e-16, 1e-4] },
    what: "What keeps Adam from dividing by zero, and damps its steps where it is large.",
    defaults: "1e-8 in PyTorch and Optax, 1e-7 in Keras, 1e-5 in fastai",
    proposals: [
      {
        usual: byFactors(1e-9, 1e-5),
        reason: "It acts by orders of magnitude.",
        sources: ["sweepdeck"],
        standing: "judgement",
      },
    ],
    order: {
      place: 8,
      because: "Worth it from 25 trials on, after momentum.",
      sources: ["playbook"],
      standing: "read",
    },
  },
  {
    id: "beta2",
    title: "Adam's beta2",
    area: "optimisation",
    role: "search",
    spellings: ["beta2", "beta_2", "adam_beta2", "b2", "sqr_mom", "sq_mom"],
    defaultsWithin: [0, 1],
    what: "How long Adam remembers the size of gradients.",
    defaults: "0.999 in PyTorch, Keras, Optax and Transformers, 0.99 in fastai, 0.95 in nanoGPT",
    proposals: [
      {
        around: { rule: "usual-values" },
        usual: oneOf(0.95, 0.98, 0.99, 0.999),
        reason: "What counts is the distance from 1, so the values are spaced by it.",
        sources: ["nanoGpt", "openClip", "torch"],
        standing: "read",
      },
    ],
    order: {
      place: 8,
      because: "Worth it well above 25 trials, after epsilon.",
      sources: ["playbook"],
      standing: "read",
    },
  },
  {
    id: "optimizer",
    title: "optimiser",
    area: "optimisation",
    role: "search",
    spellings: ["optimizer", "opt", "optim", "optimizer_name", "optimizer_type", "optimiser"],
    what: "The rule that turns gradients into steps.",
    defaults: "AdamW in Transformers, SGD in timm, Adam in fastai",
    proposals: [
      {
        around: { rule: "words", usual: ["adam", "adamw", "sgd"] },
        reason: "A choice, not a range. Each wants a learning rate of its own.",
        sources: ["playbook"],
        standing: "read",
      },
    ],
    order: {
      place: 9,
      because:
        "It changes what all other parameters mean, so compare optimisers in sweeps of their own.",
      sources: ["playbook"],
      standing: "read",
    },
  },
  {
    id: "batch_norm_momentum",
    title: "momentum of batch normalisation",
    area: "optimisation",
    role: "leave",
    shared: {
      spellings: ["momentum", "bn_momentum", "batch_norm_momentum"],
      signs: ["batch-norm"],
    },
    what: "How fast the running statistics of batch normalisation follow. PyTorch counts it from the other end than Keras.",
    defaults: "0.1 in PyTorch, 0.99 in Keras",
    proposals: [],
    advice: {
      text: "It is not the momentum of the optimiser. Leave it.",
      sources: ["torch", "keras"],
      standing: "read",
    },
  },
];
