import { stoppingContract } from "../../support/stopping-contract.js";

stoppingContract("early_terminate", {
  written: "early_terminate: {type: hyperband, min_iter: 2}",
  compares: true,
});
stoppingContract("early_terminate, not strict", {
  written: "early_terminate: {type: hyperband, max_iter: 27, s: 2, strict: false}",
  compares: true,
});
stoppingContract("asha", { written: "{type: asha}", compares: true });
stoppingContract("asha with its rungs given", {
  written: "{type: asha, min_steps: 2, max_steps: 30, eta: 3}",
  compares: true,
});
stoppingContract("asha in brackets", {
  written: "{type: asha, min_steps: 1, max_steps: 30, eta: 3, brackets: 2}",
  compares: true,
});
stoppingContract("hyperband", { written: "{type: hyperband}", compares: true });
stoppingContract("median", { written: "{type: median}", compares: true });
stoppingContract("percentile", {
  written: "{type: percentile, percentile: 25, warmup_steps: 2, interval: 3}",
  compares: true,
});
stoppingContract("wilcoxon", { written: "{type: wilcoxon}", compares: true });
stoppingContract("patience", { written: "{type: patience, patience: 3}", compares: false });
stoppingContract("plateau", { written: "{type: plateau, std: 0.05}", compares: false });
stoppingContract("threshold", {
  written: "{type: threshold, upper: 4}",
  compares: false,
  hasBounds: true,
});
stoppingContract("target", {
  written: "{type: target, value: 0.05}",
  compares: false,
  hasBounds: true,
});
stoppingContract("divergence", {
  written: "{type: divergence, factor: 1.01}",
  compares: false,
  hasBounds: true,
});
