import { expect } from "chai";
import { readOutputLine } from "../../../src/run/readers/outputLine.js";

interface Expected {
  readonly step?: number;
  readonly metrics: Readonly<Record<string, number>>;
  readonly form?: "line" | "bar" | "part";
}

const read = (line: string) => {
  const { step, metrics, form } = readOutputLine(line);
  return { step, metrics: Object.fromEntries(metrics), form };
};

describe("metrics in a line of output", () => {
  const forms: Readonly<Record<string, readonly (readonly [string, Expected])[]>> = {
    "name=value and name: value": [
      ["loss=0.5", { metrics: { loss: 0.5 } }],
      ["loss = 0.5, acc = 0.9", { metrics: { loss: 0.5, acc: 0.9 } }],
      ["val_loss: 0.25", { metrics: { val_loss: 0.25 } }],
      ["val/loss: 1e-4 | val/acc: .5", { metrics: { "val/loss": 1e-4, "val/acc": 0.5 } }],
      ["metrics/mAP50-95(B): 0.61", { metrics: { "metrics/mAP50-95(B)": 0.61 } }],
      [
        "2026-11-24 12:30:45,123 - INFO - epoch: 3 - loss: 0.5",
        { step: 3, metrics: { loss: 0.5 } },
      ],
      ["INFO:root:val_loss=0.5", { metrics: { val_loss: 0.5 } }],
      ["[12:30:45] step=100 loss=-2.5", { step: 100, metrics: { loss: -2.5 } }],
      ["Accuracy: 93.1%", { metrics: { Accuracy: 93.1 } }],
      ["reward: 1,234.5", { metrics: { reward: 1234.5 } }],
      [
        "loss: nan acc: inf low: -inf",
        {
          metrics: {
            loss: Number.NaN,
            acc: Number.POSITIVE_INFINITY,
            low: Number.NEGATIVE_INFINITY,
          },
        },
      ],
      ["best so far: loss: 0.3.", { metrics: { loss: 0.3 } }],
      [
        "loss: tensor(0.5123, device='cuda:0', grad_fn=<MeanBackward0>)",
        { metrics: { loss: 0.5123 } },
      ],
      ["Loss: 6.9 (6.8)  LR: 1.0e-05", { metrics: { Loss: 6.9, LR: 1e-5 } }],
    ],
    "names of several words": [
      ["Train Loss: 0.5 Val Loss: 0.3", { metrics: { train_loss: 0.5, val_loss: 0.3 } }],
      [
        "step 250: train loss 1.9635, val loss 2.1",
        { step: 250, metrics: { train_loss: 1.9635, val_loss: 2.1 } },
      ],
      ["iter 300: loss 2.31, time 50.1ms, mfu 3.2%", { step: 300, metrics: { loss: 2.31 } }],
      [
        "Test set: Average loss: 0.057, Accuracy: 9816/10000 (98%)",
        { metrics: { average_loss: 0.057 } },
      ],
      [
        "Train - loss: 0.5 acc: 0.8 | Val - loss: 0.6 acc: 0.7",
        { metrics: { train_loss: 0.5, train_acc: 0.8, val_loss: 0.6, val_acc: 0.7 } },
      ],
    ],
    steps: [
      ["[epoch 3] loss: 0.5", { step: 3, metrics: { loss: 0.5 } }],
      ["Epoch 3/10: loss=0.5", { step: 3, metrics: { loss: 0.5 } }],
      ["epoch=2 global_step=500 loss=0.5", { step: 500, metrics: { loss: 0.5 } }],
      ["Epoch [2/5], Step [100/600], Loss: 0.35", { step: 1300, metrics: { Loss: 0.35 } }],
      ["Train Epoch: 1 [640/60000 (1%)]\tLoss: 2.3", { step: 1, metrics: { Loss: 2.3 } }],
      ["Epoch 7/10", { step: 7, metrics: {} }],
    ],
    boosters: [
      ["[10]\tvalid_0's l2: 0.0235", { step: 10, metrics: { "valid_0's_l2": 0.0235 } }],
      [
        "[0]\tvalidation_0-logloss:0.52\ttrain-auc:0.9",
        { step: 0, metrics: { "validation_0-logloss": 0.52, "train-auc": 0.9 } },
      ],
      [
        "12:\tlearn: 0.69\ttest: 0.68\tbest: 0.67 (3)\ttotal: 50ms\tremaining: 49s",
        { step: 12, metrics: { learn: 0.69, test: 0.68, best: 0.67 } },
      ],
    ],
    "JSON and Python dictionaries": [
      ['{"epoch": 2, "val_loss": 0.5}', { step: 2, metrics: { val_loss: 0.5 } }],
      ['{"loss": NaN, "eval": {"acc": 0.9}}', { metrics: { loss: Number.NaN, "eval.acc": 0.9 } }],
      [
        "{'loss': 0.5, 'learning_rate': 5e-05, 'epoch': 1.0}",
        { step: 1, metrics: { loss: 0.5, learning_rate: 5e-5 } },
      ],
      ["{'loss': 0.5, 'epoch': 0.33}", { metrics: { loss: 0.5 } }],
      ["{'eval_loss': '0.43', 'epoch': '2.0'}", { metrics: { eval_loss: 0.43 }, step: 2 }],
      [
        "{'loss': np.float64(0.5), 'acc': tensor(0.9, device='cuda:0'), 'ok': True, 'name': 'x'}",
        { metrics: { loss: 0.5, acc: 0.9 } },
      ],
      ["INFO - step 7 - {'loss': nan}", { step: 7, metrics: { loss: Number.NaN } }],
    ],
    "progress bars": [
      [
        "Epoch 3:  50%|█████     | 5/10 [00:00<00:00, 100.00it/s, v_num=0, train_loss=0.3, val_loss=0.2]",
        { step: 3, metrics: { train_loss: 0.3, val_loss: 0.2 }, form: "bar" },
      ],
      [
        "Training:  10%|█         | 10/100 [00:01<00:09, loss=0.5, acc=0.9]",
        { metrics: { loss: 0.5, acc: 0.9 }, form: "bar" },
      ],
      ["100%|██████████| 3/3 [00:00<00:00,  9.1it/s]", { metrics: {}, form: "bar" }],
      [
        "  8%|▊         | 1.2k/15.0k [00:01<00:15, 910it/s, loss=1.2e-3]",
        { metrics: { loss: 1.2e-3 }, form: "bar" },
      ],
      [
        "10/10 [==============================] - 1s 5ms/step - loss: 0.3 - val_loss: 0.2",
        { metrics: { loss: 0.3, val_loss: 0.2 } },
      ],
      [
        "10/10 ━━━━━━━━━━━━━━━━━━━━ 1s 5ms/step - accuracy: 0.9 - loss: 0.3",
        { metrics: { accuracy: 0.9, loss: 0.3 } },
      ],
      [
        " 5/10 [=====>........................] - ETA: 0s - loss: 0.4",
        { metrics: { loss: 0.4 }, form: "part" },
      ],
    ],
    "colours and cursor movements": [
      ["\u001b[1;32mloss\u001b[0m=\u001b[33m0.5\u001b[0m", { metrics: { loss: 0.5 } }],
      ["\u001b]0;title: 5\u0007loss=0.5\u001b[K", { metrics: { loss: 0.5 } }],
      ["\b\b\bloss: 0.5", { metrics: { loss: 0.5 } }],
    ],
  };
  for (const line of [
    "step=1e30 loss=0.5",
    "step 12.0e5: loss=0.5",
    "[99999999999999999999] loss=0.5",
  ]) {
    it(`takes no step from ${JSON.stringify(line)}`, () => {
      expect(read(line)).to.deep.equal({ step: undefined, form: "line", metrics: { loss: 0.5 } });
    });
  }

  for (const [form, lines] of Object.entries(forms)) {
    for (const [line, expected] of lines) {
      it(`${form}: ${JSON.stringify(line)}`, () => {
        expect(read(line)).to.deep.equal({ step: undefined, form: "line", ...expected });
      });
    }
  }

  for (const line of [
    "",
    "Hello world",
    "2026-11-24 12:30:45,123 INFO starting",
    "started: 2026-11-24",
    "time: 12:30:45",
    "took: 3.2s, elapsed=12 min",
    "listening on http://127.0.0.1:8080/?a=1&b=2",
    "host: localhost:8080 and cuda:0",
    "torch: 2.13.0+cpu, python=3.11.7",
    "python train.py --lr=0.01 --epochs=10",
    "Namespace(lr=0.01, batch_size=32, seed=1)",
    "  (0): Linear(in_features=784, out_features=10, bias=True)",
    "/data/run=5/model.bin and C:\\x=3",
    "saved epoch=3-val_loss=0.25.ckpt",
    "train.py:42: UserWarning: 3 things",
    'File "train.py", line 12, in <module>',
    "Number of parameters: 1,234,567",
    "seed: 42",
    "Found: 5 files",
    "Total size: 1.2 GB",
    "ip=10.0.0.1",
    "commit: 4ed1a5e",
    "info: none",
    "exit code: 1",
    "[1, 2, 3]",
    "{'a': [1, 2], 'b'",
    "{}",
  ]) {
    it(`finds none in ${JSON.stringify(line)}`, () => {
      expect(Object.fromEntries(readOutputLine(line).metrics)).to.deep.equal({});
    });
  }
});
