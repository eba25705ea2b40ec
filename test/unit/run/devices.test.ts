import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { listGpus, planSlots, type SlotInputs } from "../../../src/run/devices.js";

describe("the GPUs of this machine", () => {
  let bin: string;
  beforeEach(() => {
    bin = mkdtempSync(path.join(tmpdir(), "sweepdeck-smi-"));
  });
  afterEach(() => rmSync(bin, { recursive: true }));

  /** A stand-in for nvidia-smi that prints `output`, if it is asked in the form that we rely on. */
  const smi = (output: string, code = 0) => {
    const file = path.join(bin, "nvidia-smi");
    writeFileSync(
      file,
      `#!/bin/sh
[ "$*" = "--query-gpu=index,uuid,name,memory.total --format=csv,noheader,nounits" ] || exit 9
cat <<'END'
${output}
END
exit ${code}
`,
    );
    chmodSync(file, 0o755);
    return listGpus({ PATH: `${bin}:/usr/bin:/bin` });
  };

  it("are those that nvidia-smi lists", async () => {
    expect(
      await smi("0, GPU-aa, NVIDIA H200, 143771\n1, GPU-bb, NVIDIA, Odd Name, [N/A]"),
    ).to.deep.equal({
      gpus: [
        { index: 0, uuid: "GPU-aa", name: "NVIDIA H200", memoryMiB: 143771 },
        { index: 1, uuid: "GPU-bb", name: "NVIDIA, Odd Name", memoryMiB: undefined },
      ],
    });
  });

  it("are none, with the reason, where it fails, lists nothing, or is not there", async () => {
    const said = "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.";
    expect(await smi(`${said}\nMore.`, 9)).to.deep.equal({
      gpus: [],
      why: `nvidia-smi failed: ${said}`,
    });
    expect(await smi("No devices were found")).to.deep.equal({
      gpus: [],
      why: "nvidia-smi lists no GPU",
    });
    expect(await listGpus({ PATH: "/nowhere" })).to.deep.equal({
      gpus: [],
      why: "there is no nvidia-smi",
    });
  });
});

describe("the slots of this machine", () => {
  const gpus = [0, 1].map((index) => ({
    index,
    uuid: `GPU-${index}a`,
    name: "H100",
    memoryMiB: 80_000,
  }));
  const plan = (more: Partial<SlotInputs> = {}) =>
    planSlots({
      parallel: "auto",
      listing: { gpus },
      visibleDevices: undefined,
      cores: 16,
      ...more,
    });
  const devices = (more: Partial<SlotInputs> = {}) =>
    plan(more).slots.map(({ name, environment }) => [name, environment.CUDA_VISIBLE_DEVICES]);

  it("are one a GPU, counted as nvidia-smi counts", () => {
    expect(
      plan().slots.map(({ index, name, environment }) => ({ index, name, environment })),
    ).to.deep.equal([
      {
        index: 0,
        name: "GPU 0",
        environment: { CUDA_VISIBLE_DEVICES: "0", CUDA_DEVICE_ORDER: "PCI_BUS_ID" },
      },
      {
        index: 1,
        name: "GPU 1",
        environment: { CUDA_VISIBLE_DEVICES: "1", CUDA_DEVICE_ORDER: "PCI_BUS_ID" },
      },
    ]);
    expect(plan().why).to.equal("One trial a GPU: there are 2 GPUs.");
  });

  it("are as many as the sweep says, sharing GPUs where they are fewer", () => {
    expect(devices({ parallel: 1 })).to.deep.equal([["GPU 0", "0"]]);
    expect(devices({ parallel: 3 })).to.deep.equal([
      ["GPU 0 (1 of 2)", "0"],
      ["GPU 1 (1 of 2)", "1"],
      ["GPU 0 (2 of 2)", "0"],
    ]);
  });

  it("keep to the GPUs that were given to us", () => {
    expect(devices({ visibleDevices: "1" })).to.deep.equal([["GPU 1", "1"]]);
    expect(devices({ visibleDevices: "GPU-1a,GPU-0" })).to.deep.equal([
      ["GPU 1", "GPU-1a"],
      ["GPU 0", "GPU-0"],
    ]);
    expect(devices({ visibleDevices: "1,7,0" })).to.deep.equal([["GPU 1", "1"]]);
    expect(devices({ visibleDevices: "MIG-4f" })).to.deep.equal([["GPU MIG-4f", "MIG-4f"]]);
    expect(devices({ visibleDevices: "-1" }).map(([name]) => name)).to.deep.equal([
      "CPU 0",
      "CPU 1",
      "CPU 2",
      "CPU 3",
    ]);
    expect(plan({ visibleDevices: "" }).why).to.contain(
      'CUDA_VISIBLE_DEVICES is "" and names none',
    );
  });

  it("are of the CPU where there is no GPU, or the sweep wants none", () => {
    const listing = { gpus: [], why: "there is no nvidia-smi" } as const;
    const without = (cores: number) => plan({ listing, cores });
    expect([1, 2, 3, 4, 6, 64].map((cores) => without(cores).slots.length)).to.deep.equal([
      1, 1, 1, 2, 3, 4,
    ]);
    expect(without(6).why).to.equal(
      "3 trials at once: half of 6 cores, since training uses more than one. No GPU is used: there is no nvidia-smi.",
    );
    expect(devices({ gpusPerTrial: 0, parallel: 1 })).to.deep.equal([["CPU 0", undefined]]);
    expect(plan({ listing, parallel: 5 }).slots).to.have.length(5);
  });
});
