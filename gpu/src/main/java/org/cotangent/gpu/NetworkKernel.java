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
 * <p>Features and workspace are laid out as {@code [atoms / TILE, units, TILE]}: neighbouring work
 * items read neighbouring numbers, as a GPU wants it, and one tile's numbers lie together, as a
 * CPU's cache wants it (measured on PoCL, 64-64-64-1 network, 1000 atoms: 6 ms against 12 ms with
 * {@code [units, atoms]}, whose distance of 1024 numbers maps all units to the same few cache
 * lines).
 */
abstract class NetworkKernel extends VerifiedKernel {
  /** See {@link NetworkLayout#table}. */
  final int[] table;

  /** How many atoms lie side by side; the kernels are launched in multiples of it. */
  static final int TILE = KernelLauncher.GROUP;

  /** Which network each atom uses, padded to whole tiles. */
  int[] networkOf = new int[0];

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

  /** Makes room for this many atoms, a multiple of {@link #TILE}. */
  abstract void reserve(int atoms);

  /** Sends features in rows {@code [atoms, inputs]}, and the network of each atom. */
  abstract void send(Object features, int[] networks);

  /** Fetches the energies, a new array {@code [atoms]}. */
  abstract Object fetch(int atoms);
}
