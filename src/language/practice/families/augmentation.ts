/** What is done to training data. */
import type { Family } from "../family.js";
import { oneOf, uniform, whole } from "./fields.js";

const first = {
  place: 1,
  because: "Strong augmentation wants longer training and weaker regularisers of other kinds.",
  sources: ["sweepdeck"],
  standing: "judgement",
} as const;

const third = {
  place: 3,
  because: "It comes after the strong kinds of augmentation.",
  sources: ["sweepdeck"],
  standing: "judgement",
} as const;

const tunedByUltralytics = [
  ["degrees", "rotation, in degrees", "0", uniform(0, 45)],
  ["translate", "shift", "0.1", uniform(0, 0.9)],
  ["scale", "scaling", "0.5", uniform(0, 0.95)],
  ["shear", "shear, in degrees", "0", uniform(0, 10)],
  ["hsv_h", "change of hue", "0.015", uniform(0, 0.1)],
  ["hsv_s", "change of saturation", "0.7", uniform(0, 0.9)],
  ["hsv_v", "change of brightness", "0.4", uniform(0, 0.9)],
] as const;

const yoloOrder = {
  place: 4,
  because: "After the learning rate, its final fraction, momentum and weight decay.",
  sources: ["ultralytics"],
  standing: "read",
} as const;

export const augmentation: readonly Family[] = [
  {
    id: "mixup",
    title: "mixup",
    area: "augmentation",
    role: "search",
    spellings: ["mixup", "mixup_alpha", "mix_alpha"],
    shared: { spellings: ["alpha"], signs: ["mixup"] },
    what: "How strongly pairs of examples are blended: the parameter of a beta distribution.",
    defaults: "0 in timm and YOLO, 0.8 in DeiT and MAE, 0.4 in fastai",
    proposals: [
      {
        around: { rule: "usual-values" },
        usual: oneOf(0, 0.2, 0.8),
        reason: "Off, weak, and as strong as vision transformers take it.",
        sources: ["deit", "mae", "timm"],
        standing: "read",
      },
    ],
    order: first,
  },
  {
    id: "cutmix",
    title: "CutMix",
    area: "augmentation",
    role: "search",
    spellings: ["cutmix", "cutmix_alpha"],
    what: "How strongly pieces of images are swapped: the parameter of a beta distribution.",
    defaults: "0 in timm and YOLO, 1.0 in DeiT, MAE and fastai",
    proposals: [
      {
        around: { rule: "usual-values" },
        usual: oneOf(0, 1),
        reason: "Off, and as recipes take it.",
        sources: ["deit", "mae", "fastai"],
        standing: "read",
      },
    ],
    order: first,
  },
  {
    id: "augmentation_magnitude",
    title: "strength of RandAugment",
    area: "augmentation",
    role: "search",
    spellings: [
      "ra_magnitude",
      "randaugment_magnitude",
      "rand_magnitude",
      "randaug_m",
      "aug_magnitude",
    ],
    what: "How strong the random transformations are, up to 30.",
    defaults: "9 in DeiT",
    proposals: [
      {
        usual: whole(5, 15),
        reason: "Around the 9 of the recipes.",
        sources: ["deit"],
        standing: "judgement",
      },
    ],
    order: first,
  },
  {
    id: "random_erasing",
    title: "random erasing",
    area: "augmentation",
    role: "search",
    spellings: ["reprob", "random_erasing", "random_erase", "erasing", "re_prob"],
    defaultsWithin: [0, 1],
    what: "The chance that a rectangle of an image is blanked.",
    defaults: "0 in timm, 0.25 in DeiT and MAE, 0.4 in YOLO classification",
    proposals: [
      {
        around: { rule: "usual-values" },
        usual: oneOf(0, 0.25, 0.4),
        reason: "Off, and what recipes use.",
        sources: ["timm", "deit", "ultralytics"],
        standing: "read",
      },
    ],
    order: third,
  },
  {
    id: "color_jitter",
    title: "colour jitter",
    area: "augmentation",
    role: "search",
    spellings: ["color_jitter", "jitter", "colour_jitter"],
    defaultsWithin: [0, 1],
    what: "How far colours are shifted.",
    defaults: "0.4 in timm, 0.3 in DeiT",
    proposals: [
      {
        usual: uniform(0, 0.5),
        reason: "From off to a little above what recipes use.",
        sources: ["timm", "deit"],
        standing: "read",
      },
    ],
    order: third,
  },
  {
    id: "crop_scale",
    title: "least part of an image that a crop keeps",
    area: "augmentation",
    role: "search",
    spellings: ["crop_scale", "min_crop_scale", "crop_min_scale", "min_scale"],
    defaultsWithin: [0, 1],
    what: "The smallest random crop, as a part of the image.",
    defaults: "0.08 in timm",
    proposals: [
      {
        around: { rule: "usual-values" },
        usual: oneOf(0.08, 0.25, 0.5),
        reason: "From the strongest crop in use to a weak one.",
        sources: ["timm"],
        standing: "read",
      },
    ],
    order: third,
  },
  ...tunedByUltralytics.map(
    ([spelling, title, preset, usual]): Family => ({
      id: `yolo.${spelling}`,
      title,
      area: "augmentation",
      role: "search",
      shared: { spellings: [spelling], signs: ["yolo"] },
      what: "How far training images are changed.",
      defaults: `${preset} in YOLO`,
      proposals: [
        {
          usual,
          reason: "The space of Ultralytics' own tuner.",
          sources: ["ultralytics"],
          standing: "read",
        },
      ],
      order: yoloOrder,
    }),
  ),
];
