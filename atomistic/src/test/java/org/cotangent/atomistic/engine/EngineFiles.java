package org.cotangent.atomistic.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.cotangent.atomistic.model.ModelMetadata;
import org.cotangent.atomistic.modelfile.ModelFile;
import org.cotangent.atomistic.potentials.LennardJones;
import org.cotangent.atomistic.potentials.NetworkPotential;
import org.cotangent.atomistic.potentials.PairPotential;
import org.cotangent.atomistic.potentials.PotentialModel;
import org.cotangent.atomistic.potentials.SmallPotential;
import org.cotangent.autodiff.DType;

/** Model files for runs with other programs. */
final class EngineFiles {
  /** Untrained, but with all that a trained one has. */
  static final NetworkPotential NETWORKS = SmallPotential.of(5, DType.FLOAT64);

  /** Argon, cut off where LAMMPS' users cut it off. */
  static final PairPotential ARGON =
      PairPotential.of(List.of(18), LennardJones.shifted(0.0103, 3.405, 8.0));

  private EngineFiles() {}

  static Path networks(Path folder) throws IOException {
    Path file = folder.resolve("networks.cot");
    ModelFile.write(file, NETWORKS, ModelMetadata.of("networks", "Untrained."));
    return file;
  }

  static Path argon(Path folder) throws IOException {
    Path file = folder.resolve("argon.cot");
    ModelFile.write(file, PotentialModel.wrap(ARGON, ModelMetadata.of("argon", "Lennard-Jones.")));
    return file;
  }
}
