/** Contrastive learning, diffusion, and what else weighs the terms of a loss. The evidence is thin. */
import type { Family } from "../family.js";
import { byFactors } from "./fields.js";

export const contrastive: readonly Family[] = [
  {
    id: "contrastive.temperature",
    title: "temperature of the contrastive loss",
    area: "contrastive and diffusion",
    role: "search",
    shared: { spellings: ["temperature", "tau", "temp"], signs: ["contrastive"] },
    changesLoss: true,
    defaultsWithin: [0.005, 2],
    what: "How sharply the nearest negatives count.",
    defaults:
      "0.5 in Lightly, 0.07 and 0.1 in pytorch-metric-learning, 0.1 (ImageNet) and 0.5 (CIFAR) in SimCLR",
    proposals: [
      {
        usual: byFactors(0.03, 0.5),
        reason: "It acts by factors, between the defaults of libraries.",
        sources: ["lightly", "metricLearning", "simClr"],
        standing: "judgement",
      },
    ],
    order: {
      place: 2,
      because: "After the learning rate.",
      sources: ["sweepdeck"],
      standing: "judgement",
    },
    advice: {
      text: "It rescales the loss: judge it by a probe or by retrieval.",
      sources: ["sweepdeck"],
      standing: "judgement",
    },
  },
  {
    id: "contrastive.margin",
    title: "margin",
    area: "contrastive and diffusion",
    role: "search",
    spellings: ["triplet_margin", "loss_margin"],
    shared: { spellings: ["margin"], signs: ["contrastive", "metric-learning"] },
    changesLoss: true,
    what: "How much farther a negative must be than a positive.",
    defaults:
      "0.05 in pytorch-metric-learning; 5 (triplet) and 0.5 (contrastive) in Sentence Transformers",
    proposals: [
      {
        around: { rule: "scale", factor: 10, min: 1e-3, max: 100 },
        reason: "It acts by factors, and depends on the distance.",
        sources: ["metricLearning", "sentenceTransformers"],
        standing: "read",
      },
    ],
    order: {
      place: 2,
      because: "After the learning rate.",
      sources: ["sweepdeck"],
      standing: "judgement",
    },
    advice: {
      text: "It changes the loss: judge it by a probe or by retrieval.",
      sources: ["sweepdeck"],
      standing: "judgement",
    },
  },
  {
    id: "diffusion.learning_rate",
    concept: "learning_rate",
    title: "learning rate of a diffusion model",
    area: "contrastive and diffusion",
    role: "search",
    shared: { spellings: ["lr", "learning_rate"], signs: ["diffusion"] },
    what: "The size of the optimiser's steps.",
    defaults: "1e-4 in full and for LoRA, 5e-6 for DreamBooth, in Diffusers",
    proposals: [
      {
        around: { rule: "scale", factor: 10, min: 1e-7, max: 1e-2 },
        usual: byFactors(1e-5, 1e-3),
        reason: "Learning rates differ by factors: a decade around the scripts' own.",
        sources: ["diffusers"],
        standing: "read",
      },
    ],
    order: {
      place: 1,
      because: "The first to search in any network.",
      sources: ["playbook"],
      standing: "read",
    },
    advice: {
      text: "The loss is a poor judge: use FID, or validation with fixed noise.",
      sources: ["sweepdeck"],
      standing: "judgement",
    },
  },
  {
    id: "diffusion.noise_schedule",
    title: "noise schedule",
    area: "contrastive and diffusion",
    role: "leave",
    spellings: ["beta_start", "beta_end", "snr_gamma"],
    changesLoss: true,
    what: "How much noise is added at which step, and how much each counts.",
    defaults: "1e-4 and 0.02; snr_gamma off, and 5.0 is what the scripts recommend, in Diffusers",
    proposals: [],
    advice: {
      text: "It changes the loss: judge it by samples.",
      sources: ["sweepdeck"],
      standing: "judgement",
    },
  },
  {
    id: "loss_weight",
    title: "weight of a term of the loss",
    area: "contrastive and diffusion",
    role: "search",
    spellings: [
      ...["loss_weight", "aux_weight", "aux_loss_weight", "kl_weight", "kl_coef", "kld_weight"],
      ...["recon_weight", "reconstruction_weight", "mask_ratio", "mlm_probability", "kl_beta"],
      ...["focal_gamma", "distill_weight", "kd_weight"],
    ],
    shared: { spellings: ["beta"], signs: ["autoencoder"] },
    changesLoss: true,
    what: "How much a part of the loss counts, or what it is taken of.",
    proposals: [],
    order: {
      place: 3,
      because: "After the learning rate.",
      sources: ["sweepdeck"],
      standing: "judgement",
    },
    advice: {
      text: "It changes the loss itself: judge it by a metric outside of it.",
      sources: ["sweepdeck"],
      standing: "judgement",
    },
  },
];
