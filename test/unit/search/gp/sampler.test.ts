import { gpSampler } from "../../../../src/search/gp/sampler.js";
import type { Space } from "../../../../src/space/space.js";
import { samplerContract } from "../../../support/sampler-contract.js";

const space: Space = {
  parameters: [
    { name: "x", path: ["x"], distribution: { kind: "uniform", min: 0, max: 1 } },
    { name: "lr", path: ["lr"], distribution: { kind: "log_uniform_values", min: 1e-5, max: 1 } },
    { name: "n", path: ["n"], distribution: { kind: "int_uniform", min: 1, max: 9 } },
    { name: "c", path: ["c"], distribution: { kind: "categorical", values: ["a", "b", "c"] } },
  ],
};

samplerContract("gp", { make: (setup) => gpSampler(setup), space });
