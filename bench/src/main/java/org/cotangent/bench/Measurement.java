package org.cotangent.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What one call takes.
 *
 * @param attributes which call it is: {@code benchmark}, the name of the method, then the
 *     parameters
 * @param by what was measured: {@link #COTANGENT} or a peer with its version
 * @param nanoseconds the mean time of a call
 * @param error half the width of the confidence interval of 99.9 % of the mean; NaN if unknown
 * @param bytes allocated on the Java heap by a call; for a peer, by how much the memory of the
 *     process grew at most during the call; NaN if unknown
 */
record Measurement(
    Map<String, String> attributes, String by, double nanoseconds, double error, double bytes) {
  static final String COTANGENT = "Cotangent";

  static Measurement of(RunResult result) {
    BenchmarkParams parameters = result.getParams();
    Map<String, String> attributes = new LinkedHashMap<>();
    String name = parameters.getBenchmark();
    attributes.put("benchmark", name.substring(name.lastIndexOf('.') + 1));
    for (String key : parameters.getParamsKeys()) {
      attributes.put(key, parameters.getParam(key));
    }
    Result<?> time = result.getPrimaryResult();
    Result<?> allocation = result.getSecondaryResults().get("gc.alloc.rate.norm");
    return new Measurement(
        attributes,
        COTANGENT,
        time.getScore(),
        time.getScoreError(),
        allocation == null ? Double.NaN : allocation.getScore());
  }

  /** Returns the attributes with another value of one of them. */
  Map<String, String> attributesWith(String key, String value) {
    Map<String, String> changed = new LinkedHashMap<>(attributes);
    changed.put(key, value);
    return changed;
  }
}
