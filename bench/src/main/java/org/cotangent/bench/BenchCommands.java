package org.cotangent.bench;

import java.util.List;
import org.cotangent.atomistic.cli.CommandProvider;

/** The commands of this module. */
public final class BenchCommands implements CommandProvider {
  /** For {@link java.util.ServiceLoader}. */
  public BenchCommands() {}

  @Override
  public List<Object> commands() {
    return List.of(new BenchCommand());
  }
}
