package org.cotangent.atomistic;

import java.io.IOException;
import java.util.stream.Stream;
import org.cotangent.atomistic.conformance.AtomisticFormat;
import org.cotangent.atomistic.conformance.HarmonicsCases;
import org.cotangent.atomistic.conformance.ModelCases;
import org.cotangent.atomistic.conformance.NeighborCases;
import org.cotangent.atomistic.conformance.PairCases;
import org.cotangent.atomistic.conformance.SystemCases;
import org.cotangent.atomistic.conformance.UnitCases;
import org.cotangent.atomistic.conformance.XyzFrames;
import org.cotangent.autodiff.conformance.ConformanceCases;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Reference answers of the field's own programs, one test for each case. */
class AtomisticConformanceTest {
  @TestFactory
  Stream<DynamicTest> cases() throws IOException {
    return new ConformanceCases("atomistic", new AtomisticFormat())
        .on("system", SystemCases::system)
        .on("neighbor_list", NeighborCases::neighborList)
        .on("check_neighbor_list", NeighborCases::checkNeighborList)
        .on("read_xyz", XyzFrames::read)
        .on("spherical_harmonics", HarmonicsCases::sphericalHarmonics)
        .on("unit_conversion_factor", UnitCases::conversionFactor)
        .on("unit_dimension_for_quantity", UnitCases::dimensionForQuantity)
        .on("system_data_name", UnitCases::dataName)
        .on("pair_energy", PairCases::pairEnergy)
        .on("check_output", ModelCases::checkOutput)
        .on("atomistic_model", ModelCases::atomisticModel)
        .on("model_capabilities", ModelCases::capabilities)
        .on("model_metadata", ModelCases::metadata)
        .tests();
  }
}
