package org.cotangent.atomistic.learnedbasis;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.cotangent.atomistic.potentials.LastLayerPotential;
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
  /** Keeps invariants that are always zero from being divided by it. */
  private static final double SMALLEST = 1e-8;

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

  LearnedBasis form() {
    return form;
  }

  CouplingPaths couplings() {
    return couplings;
  }

  /**
   * Returns factors that make the mean square of every invariant one, found layer by layer, because
   * a layer sees the scaled invariants of the one before.
   */
  Tensor scales(Tensor radial, Tensor angular, Surroundings at, Parameters weights) {
    Tensor scale =
        Tensor.full(
            radial.dtype(), 1, Shape.of(form.layers() * form.invariants(), 1, form.channels()));
    List<Tensor> found = new ArrayList<>();
    for (int layer = 0; layer < form.layers(); layer++) {
      int from = layer * form.invariants();
      Tensor squares = features(radial, angular, at, weights, scale).square().mean(1).unsqueeze(1);
      found.add(squares.slice(0, from, from + form.invariants()).add(SMALLEST).sqrt().reciprocal());
      List<Tensor> all = new ArrayList<>(found);
      all.add(scale.slice(0, from + form.invariants(), scale.dim(0)));
      scale = Tensor.concatenate(0, all);
    }
    return scale;
  }

  /**
   * A tensor of weights and how it begins.
   *
   * @param mean of the normal distribution that it is drawn from
   * @param deviation its standard deviation
   */
  private record Weight(String name, double mean, double deviation, int... shape) {}

  /** All weights, with standard deviations that keep features near one. */
  private List<Weight> table() {
    int z = form.types().size();
    int k = form.channels();
    int orders = form.maxAngular() + 1;
    int paths = couplings.paths().size();
    int sent = form.invariants();
    int inputs = form.layers() * sent;
    int first = form.hidden().get(0);
    int second = form.hidden().get(1);
    double basis = 0.6 / Math.sqrt(form.radial());
    List<Weight> all = new ArrayList<>();
    for (int layer = 0; layer < form.layers(); layer++) {
      String own = "layers." + layer + ".";
      all.add(new Weight(own + "radial", 0, basis, z * z, 1, form.radial(), orders * k));
      if (layer > 0) {
        all.add(new Weight(own + "message", 0, basis / 2, z * z, 1, form.radial(), orders * k));
        all.add(new Weight(own + "send", 0, 0.3 / Math.sqrt(sent * k), z, sent, k, k));
        all.add(new Weight(own + "bias", 1, 0, z, k));
      }
      all.add(new Weight(own + "linear", 0, 1 / Math.sqrt(k), z, orders, k, k));
      all.add(new Weight(own + "product", 0, 1 / Math.sqrt(3 * k), z, paths, k, k));
    }
    all.add(new Weight("readout.linear", 0, 0, z, inputs, k, 1));
    all.add(new Weight("readout.bias", 0, 0, z, 1));
    all.add(new Weight("readout.first.weight", 0, 1 / Math.sqrt(inputs * k), z, inputs, k, first));
    all.add(new Weight("readout.first.bias", 0, 0.5, z, first));
    all.add(new Weight("readout.second.weight", 0, 1 / Math.sqrt(first), z, 1, first, second));
    all.add(new Weight("readout.second.bias", 0, 0.1, z, second));
    all.add(new Weight("readout.last.weight", 0, 0.1 / Math.sqrt(second), z, 1, second, 1));
    return all;
  }

  /** Returns random weights. */
  Parameters initialise(UniformRandomProvider random, DType dtype) {
    ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
    Parameters.Builder all = Parameters.builder();
    for (Weight weight : table()) {
      double[] values = new double[Shape.of(weight.shape).size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = weight.mean + weight.deviation * gaussian.sample();
      }
      all.add(weight.name, Tensor.of(values).reshape(Shape.of(weight.shape)).cast(dtype));
    }
    return all.build();
  }

  /**
   * Checks that weights have the names and shapes of this network.
   *
   * @throws IllegalArgumentException if they have not
   */
  void require(Parameters weights, Tensor scale) {
    List<Weight> expected = table();
    List<String> names = expected.stream().map(Weight::name).toList();
    if (!names.equals(weights.names())) {
      throw new IllegalArgumentException(
          "a learned basis has the weights " + names + ", not " + weights.names());
    }
    for (Weight weight : expected) {
      Shape found = weights.get(weight.name).shape();
      if (!Shape.of(weight.shape).equals(found)) {
        throw new IllegalArgumentException(
            "the weight %s of a learned basis is %s, not %s"
                .formatted(weight.name, Shape.of(weight.shape), found));
      }
    }
    Shape factors = Shape.of(form.layers() * form.invariants(), 1, form.channels());
    if (!scale.shape().equals(factors)) {
      throw new IllegalArgumentException(
          "the factors of the invariants are %s, not %s".formatted(factors, scale.shape()));
    }
  }

  /**
   * Returns the energies of the atoms, {@code [atoms]}, atoms and pairs in the order of the
   * surroundings; see {@link #lastLayer}.
   */
  Tensor energies(
      Tensor radial, Tensor angular, Surroundings at, Parameters weights, Tensor scale) {
    return lastLayer(radial, angular, at, weights, scale).energies();
  }

  /**
   * Returns the energies of the atoms and the second hidden layer of the readout.
   *
   * @param radial g_n of the pairs, {@code [pairs, radial]}
   * @param angular Y_lm of the pairs, {@code [pairs, components]}
   * @param scale of the invariants, {@code [layers·invariants, 1, channels]}
   * @return with atoms in the order of the surroundings, as are the pairs
   */
  LastLayerPotential.LastLayer lastLayer(
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
    Tensor energies =
        radialMixing
            .apply(second.unsqueeze(0), read.get("last.weight"), groups)
            .add(readMixing.apply(features, read.get("linear"), groups))
            .squeeze(0)
            .add(read.get("bias").indexSelect(0, element))
            .squeeze(1);
    return new LastLayerPotential.LastLayer(energies, second);
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
      Tensor products = couplings.products.square(density);
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
}
