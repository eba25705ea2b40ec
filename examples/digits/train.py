"""Train a small neural network on handwritten digits, with nothing but the standard library.

    python train.py --lr=0.1 --batch_size=32

One hidden layer, softmax cross-entropy, mini-batch gradient descent with momentum and weight
decay. A line is printed after every epoch. It runs as it is, and nothing in it knows of sweeps.
"""

import argparse
import gzip
import math
import random
import sys
from operator import mul
from pathlib import Path
from typing import List, NamedTuple, Sequence

DATA = Path(__file__).resolve().parent / "data" / "digits.csv.gz"
CLASSES = 10
PIXELS = 64

# The images come writer after writer, so the file is cut, not shuffled: the last ones, on which
# the network is judged, are in the hands of people whose digits it has hardly seen.
TRAINING_IMAGES = 1000

Vector = List[float]
Matrix = List[Vector]


class Example(NamedTuple):
    """An image: its pixels, from 0 to 1, and a last 1.0 for the bias; and the digit it shows."""

    inputs: Vector
    label: int


class Score(NamedTuple):
    loss: float
    accuracy: float


def read_digits() -> List[Example]:
    """The 1,797 images, in the order of the file."""
    examples = []
    with gzip.open(DATA, "rt", encoding="ascii") as lines:
        for line in lines:
            *pixels, label = line.split(",")
            examples.append(Example([int(pixel) / 16 for pixel in pixels] + [1.0], int(label)))
    return examples


def dot(a: Sequence[float], b: Sequence[float]) -> float:
    total: float = sum(map(mul, a, b))
    return total


class Layer:
    """A row of weights for each unit, its bias last, and the velocity of each of them."""

    def __init__(self, inputs: int, units: int, rng: random.Random) -> None:
        spread = math.sqrt(2 / inputs)
        self.rows: Matrix = [
            [rng.gauss(0, spread) for _ in range(inputs)] + [0.0] for _ in range(units)
        ]
        self.velocity: Matrix = [[0.0] * (inputs + 1) for _ in range(units)]

    def outputs(self, inputs: Vector) -> Vector:
        return [dot(row, inputs) for row in self.rows]

    def step(self, gradient: Matrix, lr: float, momentum: float, weight_decay: float) -> None:
        """Moves the weights against the gradient. Biases are not decayed."""
        for unit, (row, velocity, slopes) in enumerate(zip(self.rows, self.velocity, gradient)):
            decayed = [g + weight_decay * w for g, w in zip(slopes, row)]
            decayed[-1] = slopes[-1]
            self.velocity[unit] = [momentum * v - lr * g for v, g in zip(velocity, decayed)]
            self.rows[unit] = [w + v for w, v in zip(row, self.velocity[unit])]


class Network:
    def __init__(self, width: int, activation: str, rng: random.Random) -> None:
        self.hidden = Layer(PIXELS, width, rng)
        self.output = Layer(width, CLASSES, rng)
        self.activation = activation

    def features(self, inputs: Vector) -> Vector:
        """What the hidden units answer, with a last 1.0 for the bias of the output layer."""
        sums = self.hidden.outputs(inputs)
        if self.activation == "tanh":
            return [math.tanh(s) for s in sums] + [1.0]
        return [s if s > 0 else 0.0 for s in sums] + [1.0]

    def slopes(self, features: Vector) -> Vector:
        if self.activation == "tanh":
            return [1 - f * f for f in features]
        return [1.0 if f > 0 else 0.0 for f in features]

    def train_batch(self, batch: Sequence[Example], args: argparse.Namespace) -> None:
        """One step of gradient descent on the mean loss of a mini-batch."""
        output_gradient = [[0.0] * len(row) for row in self.output.rows]
        hidden_gradient = [[0.0] * len(row) for row in self.hidden.rows]
        # A column for each hidden unit: the weights by which an error flows back to it.
        feedback = list(zip(*self.output.rows))[:-1]
        for inputs, label in batch:
            features = self.features(inputs)
            errors = softmax(self.output.outputs(features))
            errors[label] -= 1
            hidden_errors = [
                slope and slope * dot(errors, weights)
                for slope, weights in zip(self.slopes(features), feedback)
            ]
            accumulate(output_gradient, errors, features)
            accumulate(hidden_gradient, hidden_errors, inputs)
        # Both are sums over the batch so far; the learning rate is that of their mean.
        lr, decay = args.lr / len(batch), args.weight_decay * len(batch)
        self.output.step(output_gradient, lr, args.momentum, decay)
        self.hidden.step(hidden_gradient, lr, args.momentum, decay)

    def score(self, examples: Sequence[Example]) -> Score:
        """Mean cross-entropy in nats, and the fraction of images whose digit is named rightly."""
        loss, right = 0.0, 0
        for inputs, label in examples:
            logits = self.output.outputs(self.features(inputs))
            top = max(logits)
            loss += top + math.log(sum(math.exp(logit - top) for logit in logits)) - logits[label]
            right += logits[label] == top
        return Score(loss / len(examples), right / len(examples))


def softmax(logits: Vector) -> Vector:
    top = max(logits)
    powers = [math.exp(logit - top) for logit in logits]
    total = sum(powers)
    return [power / total for power in powers]


def accumulate(gradient: Matrix, errors: Vector, inputs: Vector) -> None:
    for unit, error in enumerate(errors):
        if error:
            gradient[unit] = [g + error * x for g, x in zip(gradient[unit], inputs)]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Train a small network on handwritten digits.")
    parser.add_argument("--lr", type=float, default=0.05, help="learning rate, above 0")
    parser.add_argument("--batch_size", type=int, default=32, help="images to a gradient step")
    parser.add_argument("--width", type=int, default=24, help="units in the hidden layer")
    parser.add_argument("--activation", choices=["relu", "tanh"], default="relu")
    parser.add_argument("--momentum", type=float, default=0.9, help="from 0 to below 1")
    parser.add_argument("--weight_decay", type=float, default=0.0001, help="L2 penalty, 0 for none")
    parser.add_argument("--epochs", type=int, default=12, help="passes over the training images")
    parser.add_argument("--seed", type=int, default=0, help="of the first weights and the order")
    args = parser.parse_args()
    for name in ("batch_size", "width", "epochs"):
        if getattr(args, name) < 1:
            parser.error(f"--{name} is {getattr(args, name)}: it must be 1 or more")
    if not (args.lr > 0 and math.isfinite(args.lr)):
        parser.error(f"--lr is {args.lr}: it must be a number above 0")
    if not 0 <= args.momentum < 1:
        parser.error(f"--momentum is {args.momentum}: it must be at least 0 and below 1")
    if not (args.weight_decay >= 0 and math.isfinite(args.weight_decay)):
        parser.error(f"--weight_decay is {args.weight_decay}: it must be 0 or more")
    return args


def train(args: argparse.Namespace) -> None:
    examples = read_digits()
    training, validation = examples[:TRAINING_IMAGES], examples[TRAINING_IMAGES:]
    rng = random.Random(args.seed)
    network = Network(args.width, args.activation, rng)
    for epoch in range(1, args.epochs + 1):
        rng.shuffle(training)
        for start in range(0, len(training), args.batch_size):
            network.train_batch(training[start : start + args.batch_size], args)
        seen, unseen = network.score(training), network.score(validation)
        print(
            f"epoch={epoch} train_loss={seen.loss:.4f} train_accuracy={seen.accuracy:.4f} "
            f"val_loss={unseen.loss:.4f} val_accuracy={unseen.accuracy:.4f}",
            flush=True,
        )
        if not math.isfinite(seen.loss):
            sys.exit(f"The training diverged: the loss of epoch {epoch} is no number. Lower --lr.")


if __name__ == "__main__":
    try:
        train(arguments())
    except KeyboardInterrupt:
        sys.exit(130)
