package org.cotangent.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A library in which calls of a suite are measured too.
 *
 * @param library its name
 * @param program the program in Python that measures them, a resource of this package
 * @param inputs what both sides work on
 */
record Peer(String library, String program, Inputs inputs) {
  static final Peer PYTORCH = new Peer("PyTorch", "pytorch_peer.py", (folder, calls) -> {});
  static final Peer LEARNED_BASIS =
      new Peer("PyTorch", "learned_basis_peer.py", LearnedBasisInputs::write);
  static final Peer GIVEN_FEATURES =
      new Peer("PyTorch", "given_features_peer.py", GivenFeatures::write);
  static final Peer METATENSOR = new Peer("metatensor", "metatensor_peer.py", MapInputs::write);
  static final Peer ATOMISTIC =
      new Peer("featomic, vesin and sphericart", "atomistic_peer.py", AtomisticInputs::write);

  /** Files for a peer's program to read. */
  interface Inputs {
    /**
     * Writes them.
     *
     * @param folder where to, an empty folder
     * @param calls that are going to be measured
     */
    void write(Path folder, List<Measurement> calls) throws IOException;
  }
}
