package org.cotangent.atomistic.data;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Files of structures.
 *
 * @param readFrom paths of files or DeePMD folders; {@code *}, {@code ?}, <code>{a,b}</code> and
 *     {@code **} stand for all that fit, in alphabetical order
 * @param reader of which kind they are; null where their content decides
 * @param lengthUnit of positions and cells; null for ångström, or for the one that the file itself
 *     says
 */
public record SystemFiles(
    @JsonProperty(required = true)
        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        @JsonPropertyDescription(
            "Files or DeePMD folders, one or a list; * and ? stand for all that fit.")
        List<String> readFrom,
    @JsonPropertyDescription(
            "The kind of the files where their content should not decide: xyz (or extxyz), npz,"
                + " hdf5, deepmd or disk; with metatrain's names, ase and metatensor, it does.")
        @Nullable FileKind reader,
    @JsonPropertyDescription("The unit of positions and cells; without it, angstrom.")
        @Nullable String lengthUnit) {

  /**
   * @throws IllegalArgumentException if there are no files, or the unit is none of length
   */
  @JsonCreator
  public SystemFiles {
    if (readFrom == null || readFrom.isEmpty()) {
      throw new IllegalArgumentException("systems needs read_from, the files to read");
    }
    readFrom = List.copyOf(readFrom);
    EnergyTarget.check("length_unit", lengthUnit, "angstrom");
  }

  /** Makes it of one path, in ångström. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static SystemFiles of(String path) {
    return of(List.of(path));
  }

  /** Makes it of several paths, in ångström. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static SystemFiles of(List<String> paths) {
    return new SystemFiles(paths, null, null);
  }
}
