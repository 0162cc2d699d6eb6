package org.cotangent.autodiff;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The composite functions of the conformance cases that describe atoms, written as a user would.
 */
final class PotentialFunctions {
  private PotentialFunctions() {}

  static Map<String, Function<CaseInputs, Tensor>> functions() {
    Map<String, Function<CaseInputs, Tensor>> table = new LinkedHashMap<>();
    table.put("lennard_jones", PotentialFunctions::lennardJones);
    table.put("behler_parrinello", in -> energy(in, in.tensor("positions")));
    table.put("behler_parrinello_force_loss", PotentialFunctions::forceLoss);
    table.put("bessel_radial", PotentialFunctions::besselRadial);
    table.put("angular_descriptor", PotentialFunctions::angularDescriptor);
    table.put("spherical_harmonics_power", PotentialFunctions::sphericalHarmonicsPower);
    table.put("gravity", in -> gravity(in, in.tensor("positions")));
    table.put("gravity_leapfrog", PotentialFunctions::leapfrog);
    return table;
  }

  private static Tensor vectors(Tensor positions, Tensor from, Tensor to) {
    return positions.indexSelect(0, to).subtract(positions.indexSelect(0, from));
  }

  private static Tensor lennardJones(CaseInputs in) {
    Tensor r = vectors(in.tensor("positions"), in.tensor("i"), in.tensor("j")).norm(-1);
    Tensor attraction = r.rdivide(in.number("sigma")).pow(6);
    return attraction.square().subtract(attraction).sum().multiply(4 * in.number("epsilon"));
  }

  private static Tensor cosineCutoff(Tensor r, double cutoff) {
    Tensor inside = r.multiply(Math.PI / cutoff).cos().add(1).multiply(0.5);
    return r.lessThan(cutoff).where(inside, r.zerosLike());
  }

  private static Tensor energy(CaseInputs in, Tensor positions) {
    Tensor species = in.tensor("species");
    Tensor i = in.tensor("i");
    Tensor j = in.tensor("j");
    int atoms = positions.dim(0);
    Tensor r = vectors(positions, i, j).norm(-1);
    Tensor eta = in.vector("eta");
    Tensor distance = r.unsqueeze(1).subtract(in.vector("rs"));
    Tensor radial =
        distance
            .square()
            .multiply(eta)
            .negate()
            .exp()
            .multiply(cosineCutoff(r, in.number("cutoff")).unsqueeze(1));
    Tensor neighborSpecies = species.indexSelect(0, j);
    int[] kinds = in.integers("species");
    List<Tensor> columns = new java.util.ArrayList<>();
    for (int kind : kinds) {
      Tensor ofKind = neighborSpecies.equalTo(kind).unsqueeze(1);
      Tensor kept = ofKind.where(radial, Tensor.of(0.0));
      columns.add(kept.segmentSum(i, atoms));
    }
    Tensor features = Tensor.concatenate(1, columns);
    Tensor energy = Tensor.of(0.0);
    for (int kind : kinds) {
      Tensor hidden =
          features.matmulTransposed(in.tensor("w1_" + kind)).add(in.tensor("b1_" + kind)).tanh();
      Tensor atomic = hidden.matmulTransposed(in.tensor("w2_" + kind)).add(in.tensor("b2_" + kind));
      Tensor here = species.equalTo(kind).unsqueeze(1);
      energy = energy.add(here.where(atomic, Tensor.of(0.0)).sum());
    }
    return energy;
  }

  private static Tensor forceLoss(CaseInputs in) {
    Tensor forces =
        Derivatives.grad((Tensor positions) -> energy(in, positions))
            .apply(in.tensor("positions"))
            .negate();
    return forces.subtract(in.tensor("target_forces").stopGradient()).square().mean();
  }

  private static Tensor besselRadial(CaseInputs in) {
    Tensor positions = in.tensor("positions");
    Tensor coefficients = in.tensor("coefficients");
    double cutoff = in.number("cutoff");
    double p = in.number("p");
    Tensor r = vectors(positions, in.tensor("i"), in.tensor("j")).norm(-1);
    Tensor t = r.divide(cutoff);
    Tensor envelope =
        t.pow(p)
            .multiply(-(p + 1) * (p + 2) / 2)
            .add(t.pow(p + 1).multiply(p * (p + 2)))
            .subtract(t.pow(p + 2).multiply(p * (p + 1) / 2))
            .add(1);
    Tensor orders = Tensor.arange(coefficients.size()).cast(r.dtype()).add(1);
    Tensor sines = t.unsqueeze(1).multiply(orders.multiply(Math.PI)).sin();
    Tensor basis = sines.multiply(envelope.divide(r).multiply(Math.sqrt(2 / cutoff)).unsqueeze(1));
    Tensor perPair = basis.matmul(coefficients);
    return perPair.segmentSum(in.tensor("i"), positions.dim(0)).tanh().sum();
  }

  private static Tensor angularDescriptor(CaseInputs in) {
    Tensor positions = in.tensor("positions");
    Tensor i = in.tensor("i");
    Tensor j = in.tensor("j");
    Tensor k = in.tensor("k");
    double cutoff = in.number("cutoff");
    double zeta = in.number("zeta");
    Tensor toJ = vectors(positions, i, j);
    Tensor toK = vectors(positions, i, k);
    Tensor ij = toJ.norm(-1);
    Tensor ik = toK.norm(-1);
    Tensor jk = vectors(positions, j, k).norm(-1);
    Tensor cosine = toJ.multiply(toK).sum(-1).divide(ij.multiply(ik));
    Tensor squares = ij.square().add(ik.square()).add(jk.square());
    Tensor triplets =
        cosine
            .multiply(in.number("lambda"))
            .add(1)
            .pow(zeta)
            .multiply(squares.multiply(-in.number("eta")).exp())
            .multiply(cosineCutoff(ij, cutoff))
            .multiply(cosineCutoff(ik, cutoff))
            .multiply(cosineCutoff(jk, cutoff))
            .multiply(Math.pow(2, 1 - zeta));
    return triplets.segmentSum(i, positions.dim(0)).square().sum();
  }

  private static Tensor sphericalHarmonicsPower(CaseInputs in) {
    Tensor vectors = in.tensor("vectors");
    Tensor r = vectors.norm(-1);
    Tensor unit = vectors.divide(r.unsqueeze(1));
    Tensor x = unit.slice(1, 0, 1).squeeze(1);
    Tensor y = unit.slice(1, 1, 2).squeeze(1);
    Tensor z = unit.slice(1, 2, 3).squeeze(1);
    Tensor weight = r.square().multiply(-0.5).exp();
    double second = Math.sqrt(15 / (4 * Math.PI));
    List<List<Tensor>> harmonics =
        List.of(
            List.of(x.onesLike().multiply(Math.sqrt(1 / (4 * Math.PI)))),
            List.of(
                y.multiply(Math.sqrt(3 / (4 * Math.PI))),
                z.multiply(Math.sqrt(3 / (4 * Math.PI))),
                x.multiply(Math.sqrt(3 / (4 * Math.PI)))),
            List.of(
                x.multiply(y).multiply(second),
                y.multiply(z).multiply(second),
                z.square().multiply(3).subtract(1).multiply(Math.sqrt(5 / (16 * Math.PI))),
                x.multiply(z).multiply(second),
                x.square().subtract(y.square()).multiply(Math.sqrt(15 / (16 * Math.PI)))));
    List<Tensor> powers = new java.util.ArrayList<>();
    for (List<Tensor> degree : harmonics) {
      Tensor power = Tensor.of(0.0);
      for (Tensor harmonic : degree) {
        power = power.add(harmonic.multiply(weight).sum().square());
      }
      powers.add(power);
    }
    return Tensor.stack(0, powers).dot(in.tensor("c"));
  }

  private static Tensor gravity(CaseInputs in, Tensor positions) {
    Tensor masses = in.tensor("masses");
    Tensor i = in.tensor("i");
    Tensor j = in.tensor("j");
    double softening = in.number("softening");
    Tensor products = masses.indexSelect(0, i).multiply(masses.indexSelect(0, j));
    Tensor distances = vectors(positions, i, j).square().sum(-1).add(softening * softening).sqrt();
    return products.divide(distances).sum().negate();
  }

  private static Tensor leapfrog(CaseInputs in) {
    Tensor positions = in.tensor("positions");
    Tensor velocities = in.tensor("velocities");
    Tensor masses = in.tensor("masses").unsqueeze(1);
    double dt = in.number("dt");
    Function<Tensor, Tensor> acceleration =
        at -> Derivatives.grad((Tensor x) -> gravity(in, x)).apply(at).divide(masses).negate();
    for (int step = 0; step < in.integer("steps"); step++) {
      velocities = velocities.add(acceleration.apply(positions).multiply(dt / 2));
      positions = positions.add(velocities.multiply(dt));
      velocities = velocities.add(acceleration.apply(positions).multiply(dt / 2));
    }
    return positions.square().sum().add(velocities.square().sum());
  }
}
