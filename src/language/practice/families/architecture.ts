/** The size and the parts of a network. */
import type { Family } from "../family.js";
import { oneOf, whole } from "./fields.js";

export const architecture: readonly Family[] = [
  {
    id: "num_layers",
    title: "number of layers",
    area: "architecture",
    role: "search",
    spellings: [
      ...["num_layers", "n_layers", "num_blocks", "n_blocks", "num_hidden_layers", "n_layer"],
      ...["depth", "hidden_layer_depth", "n_hidden_layers", "num_conv_layers", "layers"],
    ],
    defaultsWithin: [1, 1000],
    what: "How deep the network is.",
    defaults: "4 in AutoGluon's network",
    proposals: [
      {
        around: { rule: "count", min: 1, max: 1000 },
        usual: whole(1, 5),
        reason: "One more or less matters, so each is a value of its own.",
        sources: ["lcBench", "autoGluon"],
        standing: "read",
      },
    ],
    order: {
      place: 2,
      because:
        "On tables the second after the learning rate; first in convolutional networks, with it.",
      sources: ["surrogates", "convolutional"],
      standing: "measured on surrogates",
    },
    advice: {
      text: "Each size wants its own learning rate: search both, and watch the cost.",
      sources: ["playbook"],
      standing: "read",
    },
  },
  {
    id: "width",
    title: "width",
    area: "architecture",
    role: "search",
    spellings: [
      ...["hidden_size", "hidden_dim", "hidden", "units", "n_units", "num_units", "d_model"],
      ...["n_embd", "d_block", "max_units", "hidden_units", "hidden_channels", "embed_dim"],
      ...["embedding_dim", "embedding_size", "hidden_layer_size", "n_hidden", "num_hidden"],
      ...["dim_feedforward", "ffn_dim", "d_ff", "fc_size", "fc_layer_size", "layer_size"],
      ...["latent_dim", "hidden_features", "dense_units", "lstm_units", "num_filters", "n_filters"],
      ...["dim_model", "dim_inner", "emb_dim", "mlp_dim", "intermediate_size", "base_filters"],
    ],
    defaultsWithin: [1, 1_000_000],
    what: "How many units a layer has.",
    defaults: "128 in AutoGluon's network",
    proposals: [
      {
        around: { rule: "sizes", factors: [0.5, 1, 2], min: 1, max: 1_000_000 },
        usual: oneOf(64, 128, 256, 512),
        reason: "Widths act by factors, and powers of two suit the hardware.",
        sources: ["lcBench", "hpoBench", "autoGluon"],
        standing: "read",
      },
    ],
    order: {
      place: 3,
      because: "Of little effect next to depth and learning rate, on tables.",
      sources: ["surrogates"],
      standing: "measured on surrogates",
    },
  },
  {
    id: "activation",
    title: "activation",
    area: "architecture",
    role: "search",
    spellings: [
      "activation",
      "act",
      "activation_fn",
      "nonlinearity",
      "act_fn",
      "activation_function",
    ],
    what: "The function between layers.",
    defaults: "relu in AutoGluon's network and in scikit-learn",
    proposals: [
      {
        around: { rule: "words", usual: ["relu", "gelu", "silu", "tanh", "elu"] },
        reason: "A choice of few words.",
        sources: ["autoGluon", "autoSklearn"],
        standing: "read",
      },
    ],
    order: {
      place: 5,
      because: "It comes after depth and width.",
      sources: ["sweepdeck"],
      standing: "judgement",
    },
  },
  {
    id: "num_heads",
    title: "attention heads",
    area: "architecture",
    role: "search",
    spellings: ["num_heads", "n_heads", "nhead", "n_head", "num_attention_heads", "heads"],
    defaultsWithin: [1, 1000],
    what: "How many attentions run side by side.",
    proposals: [
      {
        around: { rule: "sizes", factors: [0.5, 1, 2], min: 1, max: 1024 },
        usual: oneOf(2, 4, 8),
        reason: "The width must be a multiple of it.",
        sources: ["sweepdeck"],
        standing: "judgement",
      },
    ],
    order: {
      place: 5,
      because: "Keep the size of a head instead, and let their number follow the width.",
      sources: ["sweepdeck"],
      standing: "judgement",
    },
  },
  {
    id: "kernel_size",
    title: "kernel size",
    area: "architecture",
    role: "search",
    spellings: ["kernel_size", "filter_size", "conv_kernel_size"],
    defaultsWithin: [1, 101],
    what: "How many neighbours a convolution sees.",
    proposals: [
      {
        around: { rule: "usual-values" },
        usual: oneOf(3, 5),
        reason: "3 and 5 are what search spaces use.",
        sources: ["optunaExamples"],
        standing: "read",
      },
    ],
    order: {
      place: 5,
      because: "It comes after depth and width.",
      sources: ["sweepdeck"],
      standing: "judgement",
    },
  },
];
