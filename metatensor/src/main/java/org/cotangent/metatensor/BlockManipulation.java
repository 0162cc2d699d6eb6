package org.cotangent.metatensor;

import java.util.List;
import java.util.Set;

/** The operations of {@link Manipulation} on one block. */
public sealed interface BlockManipulation permits TensorBlock {
  private TensorBlock self() {
    return (TensorBlock) this;
  }

  /** See {@link Manipulation#slice(TensorBlock, Axis, Labels)}. */
  default TensorBlock slice(Axis axis, Labels selection) {
    return Manipulation.slice(self(), axis, selection);
  }

  /** See {@link Manipulation#slice(TensorBlock, Axis, int[])}. */
  default TensorBlock slice(Axis axis, int[] indices) {
    return Manipulation.slice(self(), axis, indices);
  }

  /** See {@link Manipulation#split(TensorBlock, Axis, List)}. */
  default List<TensorBlock> split(Axis axis, List<Labels> selections) {
    return Manipulation.split(self(), axis, selections);
  }

  /** See {@link Manipulation#sort(TensorBlock)}. */
  default TensorBlock sort() {
    return Manipulation.sort(self());
  }

  /** See {@link Manipulation#sort(TensorBlock, Set, boolean)}. */
  default TensorBlock sort(Set<Axis> axes, boolean descending) {
    return Manipulation.sort(self(), axes, descending);
  }

  /** See {@link Manipulation#renameDimension(TensorBlock, Axis, String, String)}. */
  default TensorBlock renameDimension(Axis axis, String old, String name) {
    return Manipulation.renameDimension(self(), axis, old, name);
  }

  /** See {@link Manipulation#removeDimension(TensorBlock, Axis, String)}. */
  default TensorBlock removeDimension(Axis axis, String name) {
    return Manipulation.removeDimension(self(), axis, name);
  }

  /** See {@link Manipulation#removeGradients(TensorBlock)}. */
  default TensorBlock removeGradients() {
    return Manipulation.removeGradients(self());
  }

  /** See {@link Manipulation#removeGradients(TensorBlock, List)}. */
  default TensorBlock removeGradients(List<String> parameters) {
    return Manipulation.removeGradients(self(), parameters);
  }

  /** See {@link Manipulation#detach(TensorBlock)}. */
  default TensorBlock detach() {
    return Manipulation.detach(self());
  }
}
