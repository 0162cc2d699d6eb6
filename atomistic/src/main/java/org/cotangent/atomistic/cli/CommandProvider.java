package org.cotangent.atomistic.cli;

import java.util.List;

/**
 * Adds subcommands to {@code cotangent}. A module offers an implementation as a service, found by
 * {@link java.util.ServiceLoader}, and its commands are then listed beside the built-in ones.
 */
public interface CommandProvider {
  /**
   * Returns one object for each subcommand: an instance of a class with picocli's {@code @Command},
   * which is a {@code Callable<Integer>} that returns an {@link ExitCode}.
   */
  List<Object> commands();
}
