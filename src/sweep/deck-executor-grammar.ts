/** The grammar of `sweepdeck.executor`: where trials run. */
import * as z from "zod";
import { duration, inDurations, size } from "./deck-units.js";
import { withFacts } from "./facts.js";

const elsewhere = "trials run on this machine";
const cpus = withFacts(z.number().int().min(1).optional(), "CPU cores for each trial.");
const memory = withFacts(size(), "Memory for each trial; `12GiB`.");

const slurm = z.strictObject({
  partition: withFacts(z.string().optional(), "The partition that jobs are handed to."),
  account: withFacts(z.string().optional(), "The account that is charged."),
  qos: withFacts(z.string().optional(), "The quality of service that is asked for."),
  constraint: withFacts(z.string().optional(), "The features that a node must have."),
  time: withFacts(duration(), `The longest that a job may take. ${inDurations}`),
  cpus,
  memory,
  gpu_type: withFacts(
    z.string().optional(),
    "The kind of GPU, as the cluster names it; how many is said by `slots.gpus`.",
  ),
  setup: withFacts(
    z.array(z.string()).optional(),
    "Lines of shell that a job runs before its trial: `module load cuda`.",
  ),
  options: withFacts(
    z.array(z.string()).optional(),
    "More words for `sbatch`, as they are: `--exclusive`.",
  ),
});

const ray = z.strictObject({
  address: withFacts(
    z.string().default("auto"),
    "The cluster's address; `auto`: the one that runs on this machine.",
  ),
  cpus,
  memory,
  resources: withFacts(
    z.record(z.string(), z.number().min(0)).optional(),
    "Resources of the cluster's own that each trial takes.",
  ),
  runtime_env: withFacts(
    z.record(z.string(), z.unknown()).optional(),
    "The environment that a trial's packages and files come from, in Ray's own form.",
  ),
});

const names = withFacts(z.enum(["local", "slurm", "ray"]), {
  description: "Where trials run.",
  values: {
    local: "On this machine.",
    slurm: "As jobs of a Slurm cluster.",
    ray: "As jobs of a Ray cluster.",
  },
  valuesNotYet: { slurm: elsewhere, ray: elsewhere },
});

const notYet = (description: string) => ({ description, notYet: elsewhere });

export const executor = z.union([
  names,
  z.strictObject({
    slurm: withFacts(slurm.optional(), notYet("As jobs of a Slurm cluster.")),
    ray: withFacts(ray.optional(), notYet("As jobs of a Ray cluster.")),
  }),
]);
