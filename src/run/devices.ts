/** The slots of this machine: one a GPU, or a few for its CPU, with the reason for how many. */
import { execFile } from "node:child_process";
import { availableParallelism } from "node:os";
import { promisify } from "node:util";
import type { Slot } from "../study/executor.js";

export interface Gpu {
  readonly index: number;
  readonly uuid: string;
  readonly name: string;
  /** Undefined where the driver does not say: memory shared with the CPU. */
  readonly memoryMiB: number | undefined;
}

export type GpuListing =
  | { readonly gpus: readonly Gpu[] }
  /** Why none is used, as part of a sentence. */
  | { readonly gpus: readonly []; readonly why: string };

const run = promisify(execFile);
/** A driver that hangs must not keep the sweep from starting. */
const listingLimitMs = 10_000;

/** Asks `nvidia-smi`. Never rejects: a failure is a machine without a GPU, and says why. */
export async function listGpus(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<GpuListing> {
  try {
    const { stdout } = await run(
      "nvidia-smi",
      ["--query-gpu=index,uuid,name,memory.total", "--format=csv,noheader,nounits"],
      { timeout: listingLimitMs, env: { ...environment } },
    );
    const gpus = parseGpus(stdout);
    return gpus.length === 0 ? { gpus: [], why: "nvidia-smi lists no GPU" } : { gpus };
  } catch (error) {
    return { gpus: [], why: failureOf(error) };
  }
}

function failureOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ("code" in error && error.code === "ENOENT") return "there is no nvidia-smi";
  if ("killed" in error && error.killed === true) return "nvidia-smi did not answer";
  const said = "stdout" in error && typeof error.stdout === "string" ? error.stdout.trim() : "";
  return `nvidia-smi failed: ${(said === "" ? error.message : said).split("\n")[0]}`;
}

/** Reads `index, uuid, name, memory` lines; other lines are left out. A name may hold a comma, so fields count from both ends. */
export function parseGpus(text: string): readonly Gpu[] {
  return text.split("\n").flatMap((line) => {
    const fields = line.split(",").map((field) => field.trim());
    const [index = "", uuid = ""] = fields;
    if (fields.length < 4 || !/^\d+$/.test(index)) return [];
    const memory = /^\d+/.exec(fields.at(-1) ?? "");
    return [
      {
        index: Number(index),
        uuid,
        name: fields.slice(2, -1).join(", "),
        memoryMiB: memory === null ? undefined : Number(memory[0]),
      },
    ];
  });
}

export interface DeviceSlot extends Slot {
  /** What a trial in this slot finds in its environment besides. */
  readonly environment: Readonly<Record<string, string>>;
  readonly gpu?: Gpu;
}

export interface SlotPlan {
  readonly slots: readonly DeviceSlot[];
  /** Why there are so many, as a sentence. */
  readonly why: string;
}

export interface SlotInputs {
  readonly parallel: number | "auto";
  /** GPUs per trial, as the sweep says: 0 runs on the CPU. Absent: one where there is a GPU. */
  readonly gpusPerTrial?: number;
  readonly listing: GpuListing;
  /** CUDA_VISIBLE_DEVICES of the environment that we run in: a share of the machine is ours. */
  readonly visibleDevices: string | undefined;
  readonly cores?: number;
}

/** The slots that trials run in. Pure: the listing is made before. */
export function planSlots(inputs: SlotInputs): SlotPlan {
  const devices = inputs.gpusPerTrial === 0 ? [] : visibleGpus(inputs);
  return devices.length === 0 ? cpuSlots(inputs) : gpuSlots(inputs, devices);
}

interface VisibleGpu {
  readonly name: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly gpu?: Gpu;
}

function visibleGpus({ listing, visibleDevices }: SlotInputs): readonly VisibleGpu[] {
  if (visibleDevices === undefined) {
    return listing.gpus.map((gpu) => ({
      name: `GPU ${gpu.index}`,
      gpu,
      // CUDA counts the fastest first unless told to count as nvidia-smi does.
      environment: {
        CUDA_VISIBLE_DEVICES: String(gpu.index),
        CUDA_DEVICE_ORDER: "PCI_BUS_ID",
      },
    }));
  }
  const visible: VisibleGpu[] = [];
  for (const device of visibleDevices.split(",").map((entry) => entry.trim())) {
    const gpu = gpuNamed(device, listing.gpus);
    // CUDA itself stops at the first entry that names no device. What is no index (a MIG slice) is
    // taken at its word, in the user's own counting.
    if (gpu === undefined && !device.startsWith("MIG-")) break;
    const name = gpu === undefined ? `GPU ${device}` : `GPU ${gpu.index}`;
    const environment = { CUDA_VISIBLE_DEVICES: device };
    visible.push(gpu === undefined ? { name, environment } : { name, environment, gpu });
  }
  return visible;
}

function gpuNamed(device: string, gpus: readonly Gpu[]): Gpu | undefined {
  if (/^\d+$/.test(device)) return gpus.find((gpu) => gpu.index === Number(device));
  return device.startsWith("GPU-") ? gpus.find((gpu) => gpu.uuid.startsWith(device)) : undefined;
}

function gpuSlots({ parallel }: SlotInputs, devices: readonly VisibleGpu[]): SlotPlan {
  const count = parallel === "auto" ? devices.length : parallel;
  const shares = Math.ceil(count / devices.length);
  const slots = Array.from({ length: count }, (_, index): DeviceSlot => {
    const device = devices[index % devices.length];
    const share = Math.floor(index / devices.length) + 1;
    const name = device?.name ?? "";
    return {
      index,
      name: shares === 1 ? name : `${name} (${share} of ${shares})`,
      environment: device?.environment ?? {},
      ...(device?.gpu === undefined ? {} : { gpu: device.gpu }),
    };
  });
  const there = devices.length === 1 ? "one GPU" : `${devices.length} GPUs`;
  const why =
    parallel === "auto"
      ? `One trial a GPU: there ${devices.length === 1 ? "is" : "are"} ${there}.`
      : `${atOnce(count)}, as asked for, on ${there}.`;
  return { slots, why };
}

/** More trials than this at once are for the user to wish: memory runs out before cores do. */
const automaticLimit = 4;

function cpuSlots(inputs: SlotInputs): SlotPlan {
  const cores = inputs.cores ?? availableParallelism();
  const automatic = Math.max(1, Math.min(Math.floor(cores / 2), automaticLimit));
  const count = inputs.parallel === "auto" ? automatic : inputs.parallel;
  const slots = Array.from({ length: count }, (_, index) => ({
    index,
    name: `CPU ${index}`,
    environment: {},
  }));
  return { slots, why: `${cpuReason(inputs, count, cores)} ${whyNoGpu(inputs)}` };
}

function cpuReason({ parallel }: SlotInputs, count: number, cores: number): string {
  if (parallel !== "auto") return `${atOnce(count)}, as asked for.`;
  if (count === automaticLimit) return `${atOnce(count)}: set slots.parallel for more.`;
  const there = cores === 1 ? "one core" : `${cores} cores`;
  return `${atOnce(count)}: half of ${there}, since training uses more than one.`;
}

function whyNoGpu({ gpusPerTrial, listing, visibleDevices }: SlotInputs): string {
  if (gpusPerTrial === 0) return "No GPU is used, as the sweep says.";
  if ("why" in listing) return `No GPU is used: ${listing.why}.`;
  return `No GPU is used: CUDA_VISIBLE_DEVICES is "${visibleDevices ?? ""}" and names none of this machine.`;
}

function atOnce(count: number): string {
  return count === 1 ? "One trial at a time" : `${count} trials at once`;
}
