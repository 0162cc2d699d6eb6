package org.cotangent.gpu;

import java.util.Arrays;

/**
 * {@link NetworkKernel} in float64. Aparapi knows no generic types, so this repeats the float32
 * kernel.
 */
final class DoubleNetworkKernel extends NetworkKernel {
  private final int inputs;
  private final int widest;
  private final double[] parameters;
  private double[] features = new double[0];
  private double[] workspace = new double[0];
  private double[] energies = new double[0];

  DoubleNetworkKernel(NetworkLayout layout) {
    super(layout);
    this.inputs = layout.inputs();
    this.widest = layout.widest();
    this.parameters = (double[]) layout.parameters();
  }

  @Override
  public void run() {
    int atom = getGlobalId();
    if (atom < items) {
      int lane = atom % TILE;
      int feature = (atom - lane) * inputs + lane;
      int unit = (atom - lane) * widest + lane;
      int cursor = table[networkOf[atom]];
      int layers = table[cursor];
      int bounded = table[cursor + 1];
      double value = 0.0;
      for (int layer = 0; layer < layers; layer++) {
        int record = cursor + 2 + 4 * layer;
        int ins = table[record];
        int outs = table[record + 1];
        int weights = table[record + 2];
        int biases = table[record + 3];
        int write = (layer % 2) * turn + unit;
        int read = turn - (layer % 2) * turn + unit;
        for (int out = 0; out < outs; out++) {
          int row = weights + out * ins;
          value = parameters[biases + out];
          if (layer == 0) {
            for (int in = 0; in < ins; in++) {
              value = value + parameters[row + in] * features[feature + in * TILE];
            }
          } else {
            for (int in = 0; in < ins; in++) {
              value = value + parameters[row + in] * workspace[read + in * TILE];
            }
          }
          if (layer < layers - 1) {
            if (bounded == 1) {
              value = tanh(value);
            } else {
              value = value / (1.0 + exp(-value));
            }
            workspace[write + out * TILE] = value;
          }
        }
      }
      energies[atom] = value;
      countStep(atom);
    }
  }

  @Override
  void sendConstants() {
    put(table);
    put(parameters);
  }

  @Override
  void reserve(int atoms) {
    turn = widest * atoms;
    networkOf = new int[atoms];
    features = new double[inputs * atoms];
    workspace = new double[Math.max(1, 2 * turn)];
    energies = new double[atoms];
    put(workspace);
    put(energies);
  }

  @Override
  void send(Object rows, int[] networks) {
    double[] source = (double[]) rows;
    for (int atom = 0; atom < networks.length; atom++) {
      int feature = (atom - atom % TILE) * inputs + atom % TILE;
      for (int in = 0; in < inputs; in++) {
        features[feature + in * TILE] = source[atom * inputs + in];
      }
    }
    System.arraycopy(networks, 0, networkOf, 0, networks.length);
    put(features);
    put(networkOf);
  }

  @Override
  Object fetch(int atoms) {
    get(energies);
    return Arrays.copyOf(energies, atoms);
  }
}
