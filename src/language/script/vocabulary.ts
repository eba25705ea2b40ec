/** Words that scripts hand on to libraries as they are, to tell a slip from a word of another library. */
export const valueWords: ReadonlySet<string> = new Set(
  `adam adamw adamax nadam radam adagrad adadelta adafactor rmsprop sgd lion lamb lars momentum nesterov
  relu gelu silu swish mish tanh sigmoid softmax softplus leaky elu selu logistic identity linear
  cosine constant polynomial exponential plateau step warmup restarts onecycle inverse
  uniform normal xavier kaiming glorot orthogonal zeros ones
  mean sum none max min average median batch layer group instance
  future final episode random greedy epsilon softmax boltzmann
  rbf poly precomputed uniform distance auto scale gini entropy best hinge huber
  squared absolute quantile gaussian laplace bernoulli categorical dropout
  bilinear nearest bicubic reflect replicate circular macro micro weighted binary samples
  float16 bfloat16 float32 true false gpu cpu cuda`
    .split(/\s+/)
    .filter((word) => word !== ""),
);
