package org.cotangent.atomistic.learnedbasis;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Shape;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.equivariant.ChannelMixing;
import org.cotangent.autodiff.equivariant.NeighborSum;
import org.cotangent.autodiff.nn.Parameters;

/**
 * The energies of atoms as a function of radial and angular functions of pairs, for a {@link
 * LearnedBasis}. Names of the weights are those of the formulas there.
 */
final class LearnedBasisNetwork {
  private final LearnedBasis form;
  private final CouplingPaths couplings;
  private final Invariants invariants;
  private final ChannelMixing radialMixing = new ChannelMixing(new int[1], new int[1]);
  private final ChannelMixing linearMixing;
  private final ChannelMixing sendMixing;
  private final ChannelMixing readMixing;

  LearnedBasisNetwork(LearnedBasis form) {
    this.form = form;
    couplings = new CouplingPaths(form.maxAngular());
    invariants = new Invariants(form.maxAngular());
    int[] order = new int[form.components()];
    int[] same = new int[form.components()];
    for (int c = 0; c < order.length; c++) {
      order[c] = (int) Math.sqrt(c);
      same[c] = c;
    }
    linearMixing = new ChannelMixing(order, same);
    sendMixing = sum(form.invariants());
    readMixing = sum(form.layers() * form.invariants());
  }

  /** Each component has weights of its own, and all are added up. */
  private static ChannelMixing sum(int components) {
    int[] slot = new int[components];
    for (int c = 0; c < components; c++) {
      slot[c] = c;
    }
    return new ChannelMixing(slot, new int[components]);
  }

  CouplingPaths couplings() {
    return couplings;
  }

  /**
   * Returns random weights: normal, with standard deviations that keep all features near one; the
   * linear readout is zero.
   */
  Parameters initialise(UniformRandomProvider random, DType dtype) {
    int z = form.types().size();
    int k = form.channels();
    int orders = form.maxAngular() + 1;
    int paths = couplings.paths().size();
    int inputs = form.layers() * form.invariants();
    int first = form.hidden().get(0);
    int second = form.hidden().get(1);
    double basis = 0.6 / Math.sqrt(form.radial());
    Normal normal = new Normal(random, dtype);
    Parameters.Builder all = Parameters.builder();
    for (int layer = 0; layer < form.layers(); layer++) {
      Parameters.Builder one = Parameters.builder();
      one.add("radial", normal.tensor(basis, z * z, 1, form.radial(), orders * k));
      if (layer > 0) {
        one.add("message", normal.tensor(basis / 2, z * z, 1, form.radial(), orders * k));
        one.add(
            "send",
            normal.tensor(0.3 / Math.sqrt(form.invariants() * k), z, form.invariants(), k, k));
        one.add("bias", Tensor.full(dtype, 1, Shape.of(z, k)));
      }
      one.add("linear", normal.tensor(1 / Math.sqrt(k), z, orders, k, k));
      one.add("product", normal.tensor(1 / Math.sqrt(3 * k), z, paths, k, k));
      all.addAll("layers." + layer, one.build());
    }
    Parameters.Builder read = Parameters.builder();
    read.add("linear", Tensor.zeros(dtype, Shape.of(z, inputs, k, 1)));
    read.add("bias", Tensor.zeros(dtype, Shape.of(z, 1)));
    read.add("first.weight", normal.tensor(1 / Math.sqrt(inputs * k), z, inputs, k, first));
    read.add("first.bias", normal.tensor(0.5, z, first));
    read.add("second.weight", normal.tensor(1 / Math.sqrt(first), z, 1, first, second));
    read.add("second.bias", normal.tensor(0.1, z, second));
    read.add("last.weight", normal.tensor(0.1 / Math.sqrt(second), z, 1, second, 1));
    all.addAll("readout", read.build());
    return all.build();
  }

  private record Normal(ZigguratSampler.NormalizedGaussian gaussian, DType dtype) {
    Normal(UniformRandomProvider random, DType dtype) {
      this(ZigguratSampler.NormalizedGaussian.of(random), dtype);
    }

    Tensor tensor(double deviation, int... shape) {
      double[] values = new double[Shape.of(shape).size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = deviation * gaussian.sample();
      }
      return Tensor.of(values).reshape(Shape.of(shape)).cast(dtype);
    }
  }

  /**
   * Returns the energies of the atoms.
   *
   * @param radial g_n of the pairs, {@code [pairs, radial]}
   * @param angular Y_lm of the pairs, {@code [pairs, components]}
   * @param scale of the invariants, {@code [layers·invariants, 1, channels]}
   * @return {@code [atoms]}, atoms and pairs in the order of the surroundings
   */
  Tensor energies(
      Tensor radial, Tensor angular, Surroundings at, Parameters weights, Tensor scale) {
    Tensor features = features(radial, angular, at, weights, scale);
    Parameters read = weights.under("readout");
    Tensor element = at.element();
    Tensor groups = at.atomOffsets();
    Tensor first =
        readMixing
            .apply(features, read.get("first.weight"), groups)
            .squeeze(0)
            .add(read.get("first.bias").indexSelect(0, element))
            .silu();
    Tensor second =
        radialMixing
            .apply(first.unsqueeze(0), read.get("second.weight"), groups)
            .squeeze(0)
            .add(read.get("second.bias").indexSelect(0, element))
            .silu();
    return radialMixing
        .apply(second.unsqueeze(0), read.get("last.weight"), groups)
        .add(readMixing.apply(features, read.get("linear"), groups))
        .squeeze(0)
        .add(read.get("bias").indexSelect(0, element))
        .squeeze(1);
  }

  /** Returns the scaled invariants of all layers, {@code [layers·invariants, atoms, channels]}. */
  Tensor features(
      Tensor radial, Tensor angular, Surroundings at, Parameters weights, Tensor scale) {
    Tensor basis = radial.unsqueeze(0);
    List<Tensor> all = new ArrayList<>();
    Tensor sent = radial; // replaced before it is used: features and scalars of the layer before
    Tensor scalars = radial;
    for (int layer = 0; layer < form.layers(); layer++) {
      Parameters own = weights.under("layers." + layer);
      Tensor learned = functions(basis, own.get("radial"), at);
      Tensor density;
      if (layer == 0) {
        density = NeighborSum.density(learned, angular, at.center(), at.atoms());
      } else {
        Tensor neighbor =
            sendMixing
                .apply(scalars, own.get("send"), at.atomOffsets())
                .squeeze(0)
                .add(own.get("bias").indexSelect(0, at.element()))
                .indexSelect(0, at.neighbor())
                .unsqueeze(1);
        Tensor message = functions(basis, own.get("message"), at);
        density =
            NeighborSum.density(learned.multiply(neighbor), angular, at.center(), at.atoms())
                .add(NeighborSum.messages(message, sent, at.neighbor(), at.center()));
      }
      Tensor products = couplings.products.apply(density, density);
      Tensor linear = linearMixing.apply(density, own.get("linear"), at.atomOffsets());
      Tensor mixed = couplings.mixing.apply(products, own.get("product"), at.atomOffsets());
      scalars =
          invariants
              .of(density, linear, mixed)
              .multiply(scale.slice(0, layer * form.invariants(), (layer + 1) * form.invariants()));
      sent = linear.add(mixed);
      all.add(scalars);
    }
    return Tensor.concatenate(0, all);
  }

  /** Learned radial functions, {@code [pairs, orders, channels]}. */
  private Tensor functions(Tensor basis, Tensor coefficients, Surroundings at) {
    return radialMixing
        .apply(basis, coefficients, at.pairOffsets())
        .reshape(Shape.of(basis.dim(1), form.maxAngular() + 1, form.channels()));
  }

  /** Returns a source of random numbers for a seed. */
  static UniformRandomProvider random(long seed) {
    return RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
  }
}
