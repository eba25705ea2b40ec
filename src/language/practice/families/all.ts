/** Every family, in the order of the documentation. */
import type { Family } from "../family.js";
import { architecture } from "./architecture.js";
import { augmentation } from "./augmentation.js";
import { boosting } from "./boosting.js";
import { contrastive } from "./contrastive.js";
import { fineTuning } from "./fine-tuning.js";
import { forests } from "./forests.js";
import { kept } from "./kept.js";
import { linearModels } from "./linear-models.js";
import { optimisers } from "./optimisers.js";
import { regularisation } from "./regularisation.js";
import { reinforcement } from "./reinforcement.js";
import { schedules } from "./schedules.js";

export const families: readonly Family[] = [
  ...optimisers,
  ...schedules,
  ...fineTuning,
  ...boosting,
  ...linearModels,
  ...forests,
  ...reinforcement,
  ...contrastive,
  ...regularisation,
  ...architecture,
  ...augmentation,
  ...kept,
];
