package org.cotangent.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A library in which calls of a suite are measured too.
 *
 * @param library its name
 * @param programs in Python that measure them, one after the other: resources of this package
 * @param inputs what both sides work on
 */
record Peer(String library, List<String> programs, Inputs inputs) {
  /** How calls are measured, whatever the library; comes before what measures them. */
  private static final String MEASURING = "measuring.py";

  static final Peer PYTORCH = peer("PyTorch", (folder, calls) -> {}, "pytorch_peer.py");
  static final Peer LEARNED_BASIS =
      peer("PyTorch", LearnedBasisInputs::write, "learned_basis.py", "learned_basis_peer.py");
  static final Peer GIVEN_FEATURES =
      peer("PyTorch", GivenFeatures::write, "given_features.py", "given_features_peer.py");
  static final Peer METATENSOR = peer("metatensor", MapInputs::write, "metatensor_peer.py");
  static final Peer ATOMISTIC =
      peer("featomic, vesin and sphericart", AtomisticInputs::write, "atomistic_peer.py");

  private static Peer peer(String library, Inputs inputs, String... programs) {
    List<String> all = new ArrayList<>(List.of(programs));
    all.addFirst(MEASURING);
    return new Peer(library, List.copyOf(all), inputs);
  }

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
