package org.cotangent.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.cotangent.atomistic.descriptors.Descriptor;
import org.cotangent.atomistic.neighbors.PairGradient;
import org.cotangent.autodiff.Tensor;
import org.cotangent.metatensor.TensorBlock;
import org.cotangent.metatensor.TensorMap;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Spherical expansion and SOAP power spectrum of one structure, from positions to values and, if
 * wanted, to all values of the explicit gradient by positions.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(jvmArgsAppend = {"-Xms3g", "-Xmx3g"}) // a power spectrum's gradient has 330 MB
public class DescriptorsBenchmark {
  /** The hyper-parameters, also the peer's. */
  static final String HYPERPARAMETERS =
      """
      {"cutoff": {"radius": 5.0, "smoothing": {"type": "ShiftedCosine", "width": 0.5}},
       "density": {"type": "Gaussian", "width": 0.3},
       "basis": {"type": "TensorProduct", "max_angular": 6,
                 "radial": {"type": "Gto", "max_radial": 8}}}
      """;

  /** What is described. */
  @Param public Structure structure = Structure.MOLECULAR;

  private final Descriptor expansion = descriptor("spherical_expansion");
  private final Descriptor spectrum = descriptor("soap_power_spectrum");
  private double[] expected = new double[4];

  /** For JMH. */
  public DescriptorsBenchmark() {}

  private static Descriptor descriptor(String name) {
    try {
      return Descriptor.named(name, new ObjectMapper().readTree(HYPERPARAMETERS));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Computes everything once; the first element of each block is what later calls have to give. */
  @Setup
  public void prepare() {
    expected = new double[4];
    double[] found = {
      sphericalExpansion(), sphericalExpansionGradients(), powerSpectrum(), powerSpectrumGradients()
    };
    expected = found;
  }

  /** Values of the spherical expansion. */
  @Benchmark
  public double sphericalExpansion() {
    return checked(0, firsts(expansion, EnumSet.noneOf(PairGradient.class)));
  }

  /** Values and gradient of the spherical expansion. */
  @Benchmark
  public double sphericalExpansionGradients() {
    return checked(1, firsts(expansion, EnumSet.of(PairGradient.POSITIONS)));
  }

  /** Values of the power spectrum. */
  @Benchmark
  public double powerSpectrum() {
    return checked(2, firsts(spectrum, EnumSet.noneOf(PairGradient.class)));
  }

  /** Values and gradient of the power spectrum. */
  @Benchmark
  public double powerSpectrumGradients() {
    return checked(3, firsts(spectrum, EnumSet.of(PairGradient.POSITIONS)));
  }

  private double checked(int call, double found) {
    if (expected[call] != 0 && expected[call] != found) {
      throw new IllegalStateException("call " + call + " gives " + found + ", not as before");
    }
    return found;
  }

  private double firsts(Descriptor descriptor, Set<PairGradient> gradients) {
    double sum = 0;
    for (TensorBlock block : descriptor.compute(List.of(structure.system()), gradients).blocks()) {
      sum += block.values().at(0);
      for (TensorBlock gradient : block.gradients().values()) {
        sum += gradient.values().at(0);
      }
    }
    return sum;
  }

  /** The sums of squares of all values and of all of the gradient, whatever the order of rows. */
  static double[] squares(String name, Structure structure) {
    TensorMap map =
        descriptor(name).compute(List.of(structure.system()), EnumSet.of(PairGradient.POSITIONS));
    double[] sums = new double[2];
    for (TensorBlock block : map.blocks()) {
      sums[0] += square(block.values());
      sums[1] += square(block.gradient("positions").values());
    }
    return sums;
  }

  private static double square(Tensor tensor) {
    double sum = 0;
    for (int k = 0; k < tensor.size(); k++) {
      sum += tensor.at(k) * tensor.at(k);
    }
    return sum;
  }
}
