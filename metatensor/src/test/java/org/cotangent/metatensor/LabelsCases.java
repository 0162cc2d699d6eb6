package org.cotangent.metatensor;

import java.io.IOException;
import java.util.Map;
import org.cotangent.autodiff.Tensor;
import org.cotangent.autodiff.conformance.ConformanceCall;
import org.cotangent.autodiff.conformance.ConformanceCases;

/** The cases of {@link Labels} and {@link LabelsEntry}. */
final class LabelsCases {
  private LabelsCases() {}

  static void register(ConformanceCases cases) {
    cases
        .on(
            "Labels",
            call -> Labels.of(call.textsArg("names"), MetatensorFormat.rows(call.arg("values"))))
        .on("Labels.empty", call -> Labels.empty(call.textsArg("names")))
        .on("Labels.single", call -> Labels.single())
        .on(
            "Labels.range",
            call -> Labels.range(call.arg("name").textValue(), call.arg("end").intValue()));
    cases
        .on(
            "Labels.position",
            call -> {
              int position = labels(call).position(call.intsArg("entry"));
              return position < 0 ? null : position;
            })
        .on("Labels.contains", call -> labels(call).contains(call.intsArg("entry")))
        .on("Labels.select", call -> indices(labels(call).select(labels(call, "selection"))))
        .on("Labels.equal", call -> labels(call, "first").equals(labels(call, "second")))
        .on("Labels.column", LabelsCases::column)
        .on("Labels.entry", call -> labels(call).entry(call.arg("index").intValue()).values());
    cases
        .on("Labels.union", call -> mapped(labels(call, "first").union(labels(call, "second"))))
        .on(
            "Labels.intersection",
            call -> mapped(labels(call, "first").intersection(labels(call, "second"))))
        .on(
            "Labels.difference",
            call -> mapped(labels(call, "first").difference(labels(call, "second"))));
    cases
        .on(
            "Labels.insert",
            call ->
                labels(call)
                    .insert(
                        call.arg("index").intValue(),
                        call.arg("name").textValue(),
                        call.intsArg("values")))
        .on(
            "Labels.append",
            call -> labels(call).append(call.arg("name").textValue(), call.intsArg("values")))
        .on("Labels.permute", call -> labels(call).permute(call.intsArg("dimensions_indexes")))
        .on("Labels.remove", call -> labels(call).remove(call.arg("name").textValue()))
        .on(
            "Labels.rename",
            call -> labels(call).rename(call.arg("old").textValue(), call.arg("new").textValue()));
    cases
        .on(
            "Labels.print",
            call ->
                labels(call)
                    .print(call.arg("max_entries").intValue(), call.arg("indent").intValue()))
        .on("Labels.str", call -> labels(call).toString())
        .on("Labels.repr", call -> labels(call).repr())
        .on("LabelsEntry.print", call -> labels(call).entry(call.arg("index").intValue()).print())
        .on("LabelsEntry.repr", call -> labels(call).entry(call.arg("index").intValue()).repr());
  }

  private static Labels labels(ConformanceCall call) throws IOException {
    return labels(call, "labels");
  }

  private static Labels labels(ConformanceCall call, String name) throws IOException {
    return (Labels) call.input(name);
  }

  private static Tensor column(ConformanceCall call) throws IOException {
    int[] column = labels(call).column(call.arg("dimension").textValue());
    return Tensor.of(column, column.length);
  }

  /** The mappings and selections of the cases are 64-bit integers. */
  private static Tensor indices(int[] indices) {
    long[] wide = new long[indices.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = indices[i];
    }
    return Tensor.of(wide, wide.length);
  }

  private static Map<String, Object> mapped(Labels.Mapped mapped) {
    return Map.of(
        "output", mapped.labels(),
        "mapping_1", indices(mapped.first()),
        "mapping_2", indices(mapped.second()));
  }
}
