/**
 * What classes outside the workspace declare, as far as it is the same in their versions: the arguments
 * of Hugging Face's trainers (transformers 4.46.3 and 5.24.0 were read), and classes that declare
 * nothing. A class that is not known here may declare anything.
 */
import type { Gap, Literal, SourcePlace } from "../reading.js";
import type { Field, Fields } from "./field.js";

type Kind = "text" | "integer" | "number" | "boolean";

/** Fields that the class `name` declares, as a base named at `place`. */
export function libraryFields(name: string, place: SourcePlace): Fields {
  const last = name.split(".").at(-1) ?? name;
  if (plainBases.has(last)) return { fields: [], gaps: [], takesOthers: false };
  const tables = trainingTables[last];
  const gaps: Gap[] = [{ place, why: "options-from-library" }];
  if (tables === undefined) return { fields: [], gaps, takesOthers: false };
  const fields = tables.flatMap((table) =>
    Object.entries(table).map(([field, declared]) => libraryField(field, declared, place)),
  );
  return { fields, gaps, takesOthers: false };
}

/** Bases that add nothing to what a class takes. */
const plainBases = new Set(
  `object ABC Generic Protocol Enum NamedTuple TypedDict BaseModel Serializable FrozenSerializable
  SerializableMixin JsonSerializable YamlSerializable DataClassJsonMixin DataClassDictMixin
  JSONWizard YAMLWizard HelperFunctions SimpleNamespace Tap`.split(/\s+/),
);

function libraryField(name: string, [kind, value]: Declared, place: SourcePlace): Field {
  return {
    name,
    hint: { type: { kind }, isOptional: value === null, metadata: [] },
    ...(value !== undefined && { known: value }),
    isRequired: false,
    metadata: new Map(),
    keywordOnly: true,
    place,
  };
}

/** Its type, and its default where versions agree on one. */
type Declared = readonly [kind: Kind, value?: Literal];

const trainingArguments: Readonly<Record<string, Declared>> = {
  output_dir: ["text"],
  do_train: ["boolean", false],
  do_eval: ["boolean", false],
  do_predict: ["boolean", false],
  eval_strategy: ["text", "no"],
  per_device_train_batch_size: ["integer", 8],
  per_device_eval_batch_size: ["integer", 8],
  gradient_accumulation_steps: ["integer", 1],
  learning_rate: ["number", 5e-5],
  weight_decay: ["number", 0],
  adam_beta1: ["number", 0.9],
  adam_beta2: ["number", 0.999],
  adam_epsilon: ["number", 1e-8],
  max_grad_norm: ["number", 1],
  num_train_epochs: ["number", 3],
  max_steps: ["integer", -1],
  lr_scheduler_type: ["text", "linear"],
  // Of version 4 only.
  warmup_ratio: ["number", 0],
  // A whole number in version 4; in version 5 a fraction below 1 too.
  warmup_steps: ["number", 0],
  logging_strategy: ["text", "steps"],
  logging_steps: ["number", 500],
  save_strategy: ["text", "steps"],
  save_steps: ["number", 500],
  save_total_limit: ["integer", null],
  seed: ["integer", 42],
  data_seed: ["integer", null],
  bf16: ["boolean", false],
  fp16: ["boolean", false],
  tf32: ["boolean", null],
  eval_steps: ["number", null],
  dataloader_num_workers: ["integer", 0],
  dataloader_drop_last: ["boolean", false],
  run_name: ["text", null],
  remove_unused_columns: ["boolean", true],
  load_best_model_at_end: ["boolean", false],
  metric_for_best_model: ["text", null],
  greater_is_better: ["boolean", null],
  label_smoothing_factor: ["number", 0],
  optim: ["text"],
  gradient_checkpointing: ["boolean", false],
  auto_find_batch_size: ["boolean", false],
  full_determinism: ["boolean", false],
  torch_compile: ["boolean", false],
  neftune_noise_alpha: ["number", null],
};

const seq2seqArguments: Readonly<Record<string, Declared>> = {
  sortish_sampler: ["boolean", false],
  predict_with_generate: ["boolean", false],
  generation_max_length: ["integer", null],
  generation_num_beams: ["integer", null],
};

const trainingTables: Readonly<Record<string, readonly Readonly<Record<string, Declared>>[]>> = {
  TrainingArguments: [trainingArguments],
  Seq2SeqTrainingArguments: [trainingArguments, seq2seqArguments],
};
