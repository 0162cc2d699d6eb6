package org.cotangent.metatensor;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.commons.rng.simple.RandomSource;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.nn.Activation;
import org.cotangent.metatensor.learn.EquivariantLinear;
import org.cotangent.metatensor.learn.EquivariantTransformation;
import org.cotangent.metatensor.learn.InvariantActivation;
import org.cotangent.metatensor.learn.InvariantLayerNorm;
import org.cotangent.metatensor.learn.LayerNorm;
import org.cotangent.metatensor.learn.Linear;
import org.cotangent.metatensor.learn.MapLayer;
import org.cotangent.metatensor.learn.ModuleMap;
import org.cotangent.metatensor.learn.Sequential;

/**
 * Every operation that leads explicit gradients on, as a function of two maps of {@link #inputs}:
 * what the sweep of their derivatives goes through. A name begins with the method or the class that
 * it is about.
 */
final class SweptOperations {
  /** An operation on two maps of the same metadata. */
  interface Operation extends Function<List<TensorMap>, TensorMap> {}

  private static final Labels SAMPLES =
      Labels.of(List.of("system", "center"), new int[][] {{1, 3}, {0, 7}, {0, 1}, {1, 0}});
  private static final Labels FEWER =
      Labels.of(List.of("system", "center"), new int[][] {{1, 3}, {5, 5}, {0, 1}});
  private static final Labels MU = Labels.of("mu", 1, -1);
  private static final Labels PROPERTIES =
      Labels.of(List.of("n", "l"), new int[][] {{1, 0}, {0, 1}, {0, 0}});

  /** The first block is an invariant one for the layers. */
  private static final Labels KEYS =
      Labels.of(List.of("o3_lambda", "o3_sigma"), new int[][] {{0, 1}, {1, 1}});

  private static final DifferentiableBlock[] BLOCKS = {
    new DifferentiableBlock(1, SAMPLES, List.of(MU), PROPERTIES),
    new DifferentiableBlock(2, FEWER, List.of(MU), PROPERTIES),
  };

  /** The second operand is on the tape and has no explicit gradients. */
  static final Operation WITH_WHAT_IS_LEARNT =
      in -> in.get(0).dot(rows(in.get(1).removeGradients()));

  private final SequencedMap<String, Operation> all = new LinkedHashMap<>();

  private SweptOperations() {}

  private static final DifferentiableBlock[] OTHERS = {BLOCKS[0].other(3), BLOCKS[1].other(4)};

  /** A second operand that is held constant. */
  private static final TensorMap ROWS =
      rows(map(BLOCKS, DifferentiableBlock.variables(7), false).detach().removeGradients());

  /** The two maps at some variables. */
  static List<TensorMap> inputs(double[] p, boolean nested) {
    return List.of(map(BLOCKS, p, nested), map(OTHERS, p, nested));
  }

  private static TensorMap map(DifferentiableBlock[] blocks, double[] p, boolean nested) {
    return TensorMap.of(
        KEYS, List.of(blocks[0].at(p, nested), blocks[1].at(p, nested)), Map.of("unit", "eV"));
  }

  /** Returns the operations by name. */
  static SequencedMap<String, Operation> all() {
    SweptOperations swept = new SweptOperations();
    swept.arithmetic();
    swept.reductions();
    swept.selecting();
    swept.dimensions();
    swept.keys();
    swept.linearSystems();
    swept.layers();
    return swept.all;
  }

  private void unary(String name, UnaryOperator<TensorMap> operation) {
    all.put(name, in -> operation.apply(in.getFirst()));
  }

  private void block(String name, UnaryOperator<TensorBlock> operation) {
    unary(
        name + " of blocks", map -> map.withBlocks(map.blocks().stream().map(operation).toList()));
  }

  private void binary(
      String name, BinaryOperator<TensorMap> ofMaps, BinaryOperator<TensorBlock> ofBlocks) {
    all.put(name, in -> ofMaps.apply(in.get(0), in.get(1)));
    all.put(
        name + " of blocks",
        in -> {
          List<TensorBlock> blocks = new ArrayList<>();
          for (int k = 0; k < in.get(0).size(); k++) {
            blocks.add(ofBlocks.apply(in.get(0).block(k), in.get(1).block(k)));
          }
          return in.get(0).withBlocks(blocks);
        });
  }

  private void arithmetic() {
    binary("add", Arithmetic::add, Arithmetic::add);
    binary("subtract", Arithmetic::subtract, Arithmetic::subtract);
    binary("multiply", Arithmetic::multiply, Arithmetic::multiply);
    binary(
        "divide",
        (a, b) -> a.multiply(a).add(1).divide(b.multiply(b).add(1)),
        (a, b) -> a.multiply(a).add(1).divide(b.multiply(b).add(1)));
    binary(
        "addOverUnion",
        (a, b) -> part(a, 0, 1).addOverUnion(part(b, 2, 0)),
        (a, b) -> part(a, 0, 2).addOverUnion(part(b, 2, 1)));
    binary(
        "subtractOverUnion",
        (a, b) -> part(a, 2, 0).subtractOverUnion(part(b, 0, 2)).pow(2),
        (a, b) -> part(a, 0, 1).subtractOverUnion(part(b, 1, 2)));
    unary("add a number", map -> map.add(2).subtract(0.5).multiply(3).divide(-7));
    block("add a number", block -> block.add(2).subtract(0.5).multiply(3).divide(-7));
    unary("pow", map -> map.multiply(map).add(1).pow(-1.5));
    block("pow", block -> block.pow(3));
    unary("abs", map -> map.subtract(0.1).abs());
    block("abs", block -> block.subtract(0.1).abs());
    unary("dot", map -> map.dot(ROWS));
    block("dot", block -> block.dot(ROWS.block(block.samples().size() == 4 ? 0 : 1)));
    all.put("dot with what is learnt", WITH_WHAT_IS_LEARNT);
    unary(
        "map",
        map ->
            map.map(
                x ->
                    x.multiply(0.3)
                        .tanh()
                        .matmul(Tensor.of(new double[] {1, 2, 3, 4, 5, 6}, 3, 2))));
  }

  private static TensorMap part(TensorMap map, int... entries) {
    return map.slice(Axis.SAMPLES, entries).slice(Axis.PROPERTIES, entries);
  }

  private static TensorBlock part(TensorBlock block, int... entries) {
    return block.slice(Axis.SAMPLES, entries).slice(Axis.PROPERTIES, entries);
  }

  /** The first components, as second operand of a dot product. */
  private static TensorMap rows(TensorMap map) {
    return map.withBlocks(map.blocks().stream().map(SweptOperations::rows).toList());
  }

  private static TensorBlock rows(TensorBlock block) {
    Tensor rows = block.values().slice(1, 0, 1).squeeze(1);
    return TensorBlock.of(rows, block.samples(), List.of(), block.properties());
  }

  private void reductions() {
    unary("sumOverSamples", map -> map.sumOverSamples("center"));
    unary("meanOverSamples", map -> map.meanOverSamples("center"));
    unary("varOverSamples", map -> map.varOverSamples("center"));
    unary("stdOverSamples", map -> map.stdOverSamples("center", "system"));
    unary("sumOverProperties", map -> map.sumOverProperties("n"));
    unary("meanOverProperties", map -> map.meanOverProperties("n"));
    unary("varOverProperties", map -> map.varOverProperties("l"));
    unary("stdOverProperties", map -> map.stdOverProperties("n", "l"));
    block("sumOverSamples", block -> block.sumOverSamples("center", "system"));
    block("meanOverSamples", block -> block.meanOverSamples("center", "system"));
    block("varOverSamples", block -> block.varOverSamples("center"));
    block("stdOverSamples", block -> block.stdOverSamples("center", "system"));
    block("sumOverProperties", block -> block.sumOverProperties("l"));
    block("meanOverProperties", block -> block.meanOverProperties("l"));
    block("varOverProperties", block -> block.varOverProperties("n", "l"));
    block("stdOverProperties", block -> block.stdOverProperties("l", "n"));
  }

  private void selecting() {
    for (Axis axis : List.of(Axis.SAMPLES, Axis.PROPERTIES)) {
      all.put(
          "join along " + axis,
          in -> Manipulation.join(List.of(in.get(0), in.get(1)), axis, DifferentKeys.ERROR, "of"));
      String dimension = axis == Axis.SAMPLES ? "center" : "n";
      Labels selection = Labels.of(dimension, 3, 1, 0);
      unary("slice " + axis, map -> map.slice(axis, selection));
      unary("slice " + axis + " by number", map -> map.slice(axis, new int[] {-1, 0}));
      block("slice " + axis, block -> block.slice(axis, selection));
      unary("split " + axis, map -> map.split(axis, List.of(selection, selection)).get(1));
      block("split " + axis, block -> block.split(axis, List.of(selection)).getFirst());
      unary("splitBy " + axis, map -> map.splitBy(axis, dimension).parts().get(1));
      block("splitBy " + axis, b -> Manipulation.splitBy(b, axis, dimension).parts().getFirst());
      binary(
          "joinBlocks along " + axis,
          (a, b) -> a,
          (a, b) -> Manipulation.joinBlocks(List.of(a, b), axis, "of"));
    }
    unary("dropBlocks", map -> map.dropBlocks(KEYS.rows(new int[] {0})));
    unary("filterBlocks", map -> map.filterBlocks(KEYS.rows(new int[] {1, 0})));
    unary("dropEmptyBlocks", map -> map.dropEmptyBlocks());
    unary("sort", map -> map.sort());
    unary("sort descending", map -> map.sort(EnumSet.allOf(Axis.class), true));
    block("sort", block -> block.sort());
    block("withGradientsComputed", TensorBlock::withGradientsComputed);
    unary("removeGradients by others", map -> map.removeGradients(List.of("cell")));
    block("removeGradients by others", block -> block.removeGradients(List.of("cell")));
    unary("to", map -> map.to(DType.FLOAT64));
    block("to", block -> block.to(DType.FLOAT64));
  }

  private void dimensions() {
    unary("insertDimension", map -> Manipulation.insertDimension(map, Axis.SAMPLES, 0, "new", 4));
    block(
        "insertDimension",
        b -> Manipulation.insertDimension(b, Axis.PROPERTIES, 1, "new", new int[] {3, 1, 2}));
    unary("appendDimension", map -> Manipulation.appendDimension(map, Axis.PROPERTIES, "new", 4));
    block(
        "appendDimension",
        b -> Manipulation.appendDimension(b, Axis.PROPERTIES, "new", new int[] {3, 1, 2}));
    unary("permuteDimensions", map -> Manipulation.permuteDimensions(map, Axis.SAMPLES, 1, 0));
    block("permuteDimensions", b -> Manipulation.permuteDimensions(b, Axis.PROPERTIES, 1, 0));
    unary("renameDimension", map -> map.renameDimension(Axis.SAMPLES, "center", "c"));
    block("renameDimension", block -> block.renameDimension(Axis.COMPONENTS, "xyz", "abc"));
    unary("removeDimension", map -> map.removeDimension(Axis.KEYS, "o3_sigma"));
    block(
        "removeDimension",
        block ->
            Manipulation.appendDimension(block, Axis.PROPERTIES, "new", new int[] {1, 1, 1})
                .removeDimension(Axis.PROPERTIES, "new"));
  }

  private void keys() {
    unary("keysToSamples", map -> map.keysToSamples("o3_lambda"));
    unary(
        "keysToSamples unsorted",
        map -> map.keysToSamples(Labels.empty(List.of("o3_sigma", "o3_lambda")), 0, false));
    unary("samplesToKeys", map -> map.samplesToKeys("center"));
    unary("propertiesToKeys", map -> map.propertiesToKeys("l"));
    unary("keysToProperties", map -> map.keysToProperties("o3_lambda"));
    unary(
        "keysToProperties listed",
        map -> map.keysToProperties(Labels.of("o3_lambda", 1, 9), 0, false));
    unary("componentsToProperties", map -> map.componentsToProperties("mu"));
    unary(
        "blocks by selection",
        map -> TensorMap.of(KEYS.rows(new int[] {1}), map.blocks(KEYS.rows(new int[] {1}))));
  }

  private void linearSystems() {
    all.put(
        "lstsq",
        in ->
            LinearSystems.lstsq(in.get(0), in.get(1).slice(Axis.PROPERTIES, new int[] {0}), 1e-12));
    all.put("solve", in -> LinearSystems.solve(square(in.get(1)), square(in.get(0)).pow(2)));
  }

  /** Blocks of three samples and three properties, without gradients but on the tape. */
  private static TensorMap square(TensorMap map) {
    Tensor identity = Tensor.of(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, 3, 3);
    return map.componentsToProperties("mu")
        .slice(Axis.PROPERTIES, new int[] {0, 1, 2})
        .slice(Axis.SAMPLES, new int[] {0, 1, 2})
        .map(values -> values.multiply(0.2).add(identity))
        .removeGradients();
  }

  private void layers() {
    layer("Linear", new Linear(KEYS, 3, 2));
    layer("EquivariantLinear", new EquivariantLinear(KEYS, 3, 2));
    layer("LayerNorm", new LayerNorm(KEYS, 3));
    layer("InvariantLayerNorm", new InvariantLayerNorm(KEYS, 3));
    layer("InvariantActivation", new InvariantActivation(KEYS, Activation.SILU));
    layer("ModuleMap", new ModuleMap(KEYS, Activation.TANH));
    layer(
        "EquivariantTransformation",
        new EquivariantTransformation(KEYS, List.of(Activation.TANH, Activation.SIGMOID)));
    layer(
        "Sequential",
        Sequential.of(
            new EquivariantLinear(KEYS, 3, 2), new InvariantActivation(KEYS, Activation.TANH)));
  }

  private void layer(String name, MapLayer layer) {
    var parameters = layer.initialise(RandomSource.XO_RO_SHI_RO_128_PP.create(3), DType.FLOAT64);
    unary(name, map -> layer.apply(parameters, map.map(values -> values.add(0.4))));
  }
}
