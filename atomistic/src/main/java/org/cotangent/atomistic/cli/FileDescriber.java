package org.cotangent.atomistic.cli;

import java.io.IOException;
import java.util.Map;

/** Describes the files of one kind for {@code cotangent info}. */
interface FileDescriber {
  /** Returns what such a file is called, for example {@code "model file"}. */
  String kind();

  /** Returns whether the file looks like one of this kind, damaged or not. */
  boolean recognizes(FileStart start);

  /**
   * Returns what is to be said of the file, in the order in which it is shown: texts, numbers and
   * truth values, lists of them, and nested maps and texts of several lines, which become sections.
   *
   * @throws UserException if the file is damaged, with what is wrong and where
   */
  Map<String, Object> describe(FileStart start) throws IOException;
}
