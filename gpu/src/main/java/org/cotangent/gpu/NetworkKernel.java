package org.cotangent.gpu;

/**
 * What the kernels for float32 and float64 share: one work item evaluates the network of one atom.
 *
 * <p>Aparapi moves whole arrays, so there is one flat array for each way that data go: parameters
 * stay on the device, features go up at each launch, the workspace never moves after its creation,
 * energies come down. Should the collector move a Java array, Aparapi makes the device's copy anew
 * from it; that is harmless here, because the parameters are unchanged in Java and nothing else is
 * needed from one launch to the next.
 *
 * <p>In features and workspace the atom is the fastest index, {@code [unit, stride]}, so that
 * neighbouring work items read neighbouring numbers.
 */
abstract class NetworkKernel extends VerifiedKernel {
  /** See {@link NetworkLayout#table}. */
  final int[] table;

  /** Which network each atom uses, {@code [stride]}. */
  int[] networkOf = new int[0];

  /** The distance between two units of one atom. */
  int stride;

  /** The length of one half of the workspace: layers write the halves in turn. */
  int turn;

  NetworkKernel(NetworkLayout layout) {
    this.table = layout.table();
  }

  static NetworkKernel of(NetworkLayout layout) {
    return switch (layout.dtype()) {
      case FLOAT32 -> new FloatNetworkKernel(layout);
      case FLOAT64 -> new DoubleNetworkKernel(layout);
      default -> throw new IllegalArgumentException("no kernel for " + layout.dtype());
    };
  }

  /** Sends what stays on the device. */
  abstract void sendConstants();

  /** Makes room for this many atoms. */
  abstract void reserve(int stride);

  /** Sends features in rows {@code [atoms, inputs]}, and the network of each atom. */
  abstract void send(Object features, int[] networks);

  /** Fetches the energies, a new array {@code [atoms]}. */
  abstract Object fetch(int atoms);
}
