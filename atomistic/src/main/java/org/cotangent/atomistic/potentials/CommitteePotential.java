package org.cotangent.atomistic.potentials;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cotangent.atomistic.neighbors.PairBlocks;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Parameters;

/**
 * Potentials that were trained alike but for their random numbers. The energy is their mean, and
 * how far they lie apart says how sure they are of it (Krogh and Vedelsby, Advances in Neural
 * Information Processing Systems 7, 231, 1995):
 *
 * <pre>  E = Σ_m E_m/M,   σ² = Σ_m (E_m - E)²/(M - 1)</pre>
 *
 * <p>The weights of member m are under {@code m}: {@code 0.readout.bias}.
 */
public final class CommitteePotential implements LearnedPotential, UncertainPotential {
  private final List<LearnedPotential> members;

  /**
   * Makes a committee.
   *
   * @throws IllegalArgumentException if there are fewer than two members, one is a committee
   *     itself, or they differ in their types, cutoff or element type
   */
  public CommitteePotential(List<? extends LearnedPotential> members) {
    this.members = List.copyOf(members);
    if (members.size() < 2) {
      throw new IllegalArgumentException(
          "a committee needs two members or more, it has " + members.size());
    }
    LearnedPotential first = this.members.getFirst();
    for (int m = 0; m < members.size(); m++) {
      LearnedPotential other = this.members.get(m);
      if (other instanceof UncertainPotential) {
        throw new IllegalArgumentException(
            "member %d of a committee has an uncertainty of its own, it must be a plain potential"
                .formatted(m));
      }
      requireSame(m, "types", first.types(), other.types());
      requireSame(m, "cutoff", first.cutoff(), other.cutoff());
      requireSame(m, "element type", first.dtype(), other.dtype());
    }
  }

  private static void requireSame(int member, String what, Object first, Object other) {
    if (!first.equals(other)) {
      throw new IllegalArgumentException(
          "member %d of a committee has the %s %s, member 0 has %s"
              .formatted(member, what, other, first));
    }
  }

  /** Returns the members. */
  public List<LearnedPotential> members() {
    return members;
  }

  @Override
  public Parameters weights() {
    Parameters.Builder all = Parameters.builder();
    for (int m = 0; m < members.size(); m++) {
      all.addAll(Integer.toString(m), members.get(m).weights());
    }
    return all.build();
  }

  @Override
  public CommitteePotential withWeights(Parameters weights) {
    List<LearnedPotential> changed = new ArrayList<>();
    for (int m = 0; m < members.size(); m++) {
      changed.add(members.get(m).withWeights(weights.under(Integer.toString(m))));
    }
    return new CommitteePotential(changed);
  }

  @Override
  public CommitteePotential to(DType dtype) {
    return new CommitteePotential(members.stream().map(member -> member.to(dtype)).toList());
  }

  /** Returns the means of the members' constants. */
  @Override
  public SortedMap<Integer, Double> constants() {
    SortedMap<Integer, Double> means = new TreeMap<>();
    for (int type : types()) {
      double sum = 0;
      for (LearnedPotential member : members) {
        sum += member.constants().getOrDefault(type, 0.0);
      }
      means.put(type, sum / members.size());
    }
    return means;
  }

  @Override
  public String description() {
    return "A committee of %d. %s".formatted(members.size(), members.getFirst().description());
  }

  @Override
  public List<Integer> types() {
    return members.getFirst().types();
  }

  @Override
  public double cutoff() {
    return members.getFirst().cutoff();
  }

  @Override
  public DType dtype() {
    return members.getFirst().dtype();
  }

  @Override
  public boolean isLocal() {
    return members.stream().allMatch(Potential::isLocal);
  }

  /** Returns the energies that each member gives to the atoms, {@code [atoms, members]}. */
  private Tensor each(PairBlocks pairs, Tensor positions) {
    List<Tensor> columns = new ArrayList<>();
    for (LearnedPotential member : members) {
      columns.add(member.atomicEnergies(pairs, positions).cast(DType.FLOAT64));
    }
    return Tensor.stack(1, columns);
  }

  @Override
  public Tensor atomicEnergies(PairBlocks pairs, Tensor positions) {
    return each(pairs, positions).mean(1);
  }

  @Override
  public EnergySpread spread(PairBlocks pairs, Tensor positions) {
    Tensor each = each(pairs, positions);
    Tensor mean = each.mean(1);
    Tensor deviations =
        each.subtract(mean.unsqueeze(1)).multiply(1 / Math.sqrt(members.size() - 1.0));
    return new EnergySpread(mean, deviations, deviations.norm(1));
  }

  /** {@inheritDoc} Its members are those of the committee. */
  @Override
  public Tensor ensemble() {
    double[] diagonal = new double[members.size() * members.size()];
    for (int k = 0; k < diagonal.length; k += members.size() + 1) {
      diagonal[k] = Math.sqrt(members.size() - 1.0);
    }
    return Tensor.of(diagonal, members.size(), members.size());
  }
}
