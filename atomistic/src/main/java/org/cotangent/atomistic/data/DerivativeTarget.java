package org.cotangent.atomistic.data;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where forces, stresses or virials are.
 *
 * @param use whether they are trained on
 * @param readFrom files of labels beside the structures, as in {@link EnergyTarget}; empty for the
 *     place of the energies
 * @param key the entry or column; null to look for the usual names
 * @param unit null for the one that follows from those of energy and length
 */
public record DerivativeTarget(
    @JsonPropertyDescription("Whether it is trained on.") Boolean use,
    @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        @JsonPropertyDescription("Files of labels beside the structures.")
        List<String> readFrom,
    @JsonPropertyDescription("The name in the files; without it, the usual names are tried.")
        @Nullable String key,
    @JsonPropertyDescription(
            "The unit; without it, the one that follows from the units of energy and length.")
        @Nullable String unit) {
  /** Trained on, under one of the usual names. */
  public static final DerivativeTarget DEFAULT = new DerivativeTarget(true, List.of(), null, null);

  /** Takes {@code use} as true and no files where they are null. */
  @JsonCreator
  public DerivativeTarget {
    use = use == null || use;
    readFrom = readFrom == null ? List.of() : List.copyOf(readFrom);
  }

  /** Says whether it is trained on. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static DerivativeTarget of(boolean use) {
    return new DerivativeTarget(use, List.of(), null, null);
  }

  /** Takes labels out of a file. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static DerivativeTarget of(String readFrom) {
    return new DerivativeTarget(true, List.of(readFrom), null, null);
  }

  /** Makes it of a key and a unit, null for the usual ones. */
  public static DerivativeTarget of(@Nullable String key, @Nullable String unit) {
    return new DerivativeTarget(true, List.of(), key, unit);
  }
}
