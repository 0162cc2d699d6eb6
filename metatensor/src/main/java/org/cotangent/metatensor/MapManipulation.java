package org.cotangent.metatensor;

import java.util.List;
import java.util.Set;

/** The operations of {@link Manipulation} on one map. */
public sealed interface MapManipulation permits TensorMap {
  private TensorMap self() {
    return (TensorMap) this;
  }

  /** See {@link Manipulation#slice(TensorMap, Axis, Labels)}. */
  default TensorMap slice(Axis axis, Labels selection) {
    return Manipulation.slice(self(), axis, selection);
  }

  /** See {@link Manipulation#slice(TensorMap, Axis, int[])}. */
  default TensorMap slice(Axis axis, int[] indices) {
    return Manipulation.slice(self(), axis, indices);
  }

  /** See {@link Manipulation#split(TensorMap, Axis, List)}. */
  default List<TensorMap> split(Axis axis, List<Labels> selections) {
    return Manipulation.split(self(), axis, selections);
  }

  /** See {@link Manipulation#splitBy(TensorMap, Axis, String...)}. */
  default Manipulation.Parts<TensorMap> splitBy(Axis axis, String... names) {
    return Manipulation.splitBy(self(), axis, names);
  }

  /** See {@link Manipulation#sort(TensorMap)}. */
  default TensorMap sort() {
    return Manipulation.sort(self());
  }

  /** See {@link Manipulation#sort(TensorMap, Set, boolean)}. */
  default TensorMap sort(Set<Axis> axes, boolean descending) {
    return Manipulation.sort(self(), axes, descending);
  }

  /** See {@link Manipulation#renameDimension(TensorMap, Axis, String, String)}. */
  default TensorMap renameDimension(Axis axis, String old, String name) {
    return Manipulation.renameDimension(self(), axis, old, name);
  }

  /** See {@link Manipulation#removeDimension(TensorMap, Axis, String)}. */
  default TensorMap removeDimension(Axis axis, String name) {
    return Manipulation.removeDimension(self(), axis, name);
  }

  /** See {@link Manipulation#removeGradients(TensorMap)}. */
  default TensorMap removeGradients() {
    return Manipulation.removeGradients(self());
  }

  /** See {@link Manipulation#removeGradients(TensorMap, List)}. */
  default TensorMap removeGradients(List<String> parameters) {
    return Manipulation.removeGradients(self(), parameters);
  }

  /** See {@link Manipulation#detach(TensorMap)}. */
  default TensorMap detach() {
    return Manipulation.detach(self());
  }

  /** See {@link Manipulation#dropBlocks}. */
  default TensorMap dropBlocks(Labels keys) {
    return Manipulation.dropBlocks(self(), keys);
  }

  /** See {@link Manipulation#filterBlocks}. */
  default TensorMap filterBlocks(Labels keys) {
    return Manipulation.filterBlocks(self(), keys);
  }

  /** See {@link Manipulation#dropEmptyBlocks}. */
  default TensorMap dropEmptyBlocks() {
    return Manipulation.dropEmptyBlocks(self());
  }
}
