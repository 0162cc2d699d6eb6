package org.cotangent.metatensor;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.cotangent.autodiff.conformance.ConformanceCases;
import org.jspecify.annotations.Nullable;

/** The cases of {@link Creation}. */
final class CreationCases {
  private CreationCases() {}

  private interface Like<T> {
    T of(T other, @Nullable List<String> gradients);
  }

  static void register(ConformanceCases cases) {
    UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(7);
    maps(
        cases,
        "zeros_like",
        (t, g) -> g == null ? Creation.zerosLike(t) : Creation.zerosLike(t, g));
    maps(cases, "ones_like", (t, g) -> g == null ? Creation.onesLike(t) : Creation.onesLike(t, g));
    maps(
        cases,
        "empty_like",
        (t, g) -> g == null ? Creation.emptyLike(t) : Creation.emptyLike(t, g));
    maps(
        cases,
        "random_uniform_like",
        (t, g) ->
            g == null
                ? Creation.randomUniformLike(t, random)
                : Creation.randomUniformLike(t, g, random));
    blocks(
        cases,
        "zeros_like",
        (t, g) -> g == null ? Creation.zerosLike(t) : Creation.zerosLike(t, g));
    blocks(
        cases, "ones_like", (t, g) -> g == null ? Creation.onesLike(t) : Creation.onesLike(t, g));
    blocks(
        cases,
        "empty_like",
        (t, g) -> g == null ? Creation.emptyLike(t) : Creation.emptyLike(t, g));
    blocks(
        cases,
        "random_uniform_like",
        (t, g) ->
            g == null
                ? Creation.randomUniformLike(t, random)
                : Creation.randomUniformLike(t, g, random));
    cases
        .on(
            "block_from_array",
            call -> {
              List<String> samples = Operands.texts(call, "sample_names");
              List<String> properties = Operands.texts(call, "property_names");
              return Operands.output(
                  Creation.blockFromArray(
                      call.tensor("array"),
                      samples == null ? List.of("sample") : samples,
                      Operands.texts(call, "component_names"),
                      properties == null ? List.of("property") : properties));
            })
        .on(
            "one_hot",
            call ->
                Creation.oneHot(
                    Operands.labels(call, "labels"), Operands.labels(call, "dimension")));
  }

  private static void maps(ConformanceCases cases, String op, Like<TensorMap> like) {
    cases.on(
        op,
        call ->
            Operands.output(
                like.of(Operands.map(call, "tensor"), Operands.texts(call, "gradients"))));
  }

  private static void blocks(ConformanceCases cases, String op, Like<TensorBlock> like) {
    cases.on(
        op + "_block",
        call ->
            Operands.output(
                like.of(Operands.block(call, "block"), Operands.texts(call, "gradients"))));
  }
}
