package org.cotangent.metatensor;

import org.cotangent.autodiff.conformance.ConformanceCases;

/** The cases of {@link Reductions}. */
final class ReductionCases {
  private ReductionCases() {}

  private interface Reduction<T> {
    T of(T operand, String... names);
  }

  static void register(ConformanceCases cases) {
    maps(cases, "sum_over_samples", "sample_names", Reductions::sumOverSamples);
    maps(cases, "mean_over_samples", "sample_names", Reductions::meanOverSamples);
    maps(cases, "var_over_samples", "sample_names", Reductions::varOverSamples);
    maps(cases, "std_over_samples", "sample_names", Reductions::stdOverSamples);
    maps(cases, "sum_over_properties", "property_names", Reductions::sumOverProperties);
    maps(cases, "mean_over_properties", "property_names", Reductions::meanOverProperties);
    maps(cases, "var_over_properties", "property_names", Reductions::varOverProperties);
    maps(cases, "std_over_properties", "property_names", Reductions::stdOverProperties);
    blocks(cases, "sum_over_samples", "sample_names", Reductions::sumOverSamples);
    blocks(cases, "mean_over_samples", "sample_names", Reductions::meanOverSamples);
    blocks(cases, "var_over_samples", "sample_names", Reductions::varOverSamples);
    blocks(cases, "std_over_samples", "sample_names", Reductions::stdOverSamples);
    blocks(cases, "sum_over_properties", "property_names", Reductions::sumOverProperties);
    blocks(cases, "mean_over_properties", "property_names", Reductions::meanOverProperties);
    blocks(cases, "var_over_properties", "property_names", Reductions::varOverProperties);
    blocks(cases, "std_over_properties", "property_names", Reductions::stdOverProperties);
  }

  private static void maps(
      ConformanceCases cases, String op, String names, Reduction<TensorMap> reduction) {
    cases.on(
        op,
        call ->
            Operands.output(
                reduction.of(Operands.map(call, "tensor"), Operands.names(call, names))));
  }

  private static void blocks(
      ConformanceCases cases, String op, String names, Reduction<TensorBlock> reduction) {
    cases.on(
        op + "_block",
        call ->
            Operands.output(
                reduction.of(Operands.block(call, "block"), Operands.names(call, names))));
  }
}
