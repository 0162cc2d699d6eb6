package org.cotangent.gpu;

import java.util.Arrays;

/** {@link NetworkKernel} in float32. */
final class FloatNetworkKernel extends NetworkKernel {
  private final int inputs;
  private final int widest;
  private final float[] parameters;
  private float[] features = new float[0];
  private float[] workspace = new float[0];
  private float[] energies = new float[0];

  FloatNetworkKernel(NetworkLayout layout) {
    super(layout);
    this.inputs = layout.inputs();
    this.widest = layout.widest();
    this.parameters = (float[]) layout.parameters();
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
      float value = 0f;
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
              value = value / (1f + exp(-value));
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
    features = new float[inputs * atoms];
    workspace = new float[Math.max(1, 2 * turn)];
    energies = new float[atoms];
    put(workspace);
    put(energies);
  }

  @Override
  void send(Object rows, int[] networks) {
    float[] source = (float[]) rows;
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
