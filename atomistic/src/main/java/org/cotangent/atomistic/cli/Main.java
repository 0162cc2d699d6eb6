package org.cotangent.atomistic.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The entry point of the command line. */
@Command(
    name = "cotangent",
    description = "Train, check and run machine-learned interatomic potentials.",
    synopsisSubcommandLabel = "COMMAND",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%nArguments:%n",
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "  0:all went well",
      "  1:the run failed",
      "  2:a mistake in the options or in a file",
      "  3:the environment lacks something, such as memory or a device",
      "130:interrupted"
    },
    subcommands = {
      QuickstartCommand.class,
      TrainCommand.class,
      FitCommand.class,
      EvalCommand.class,
      MdCommand.class,
      ServeCommand.class,
      LammpsCommand.class,
      RelaxCommand.class,
      CalibrateCommand.class,
      RunCommand.class,
      DoctorCommand.class,
      InfoCommand.class
    })
public final class Main implements Callable<Integer> {
  private static final String DEBUG = "--debug";

  @Spec private CommandSpec spec;

  // Declared for parsing and --help; `run` says why it is asked of the arguments.
  @SuppressWarnings("UnusedVariable")
  @Option(
      names = DEBUG,
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of an error.")
  private boolean debug;

  /** For picocli, which fills in the fields. */
  @SuppressWarnings("NullAway.Init")
  private Main() {}

  /** Runs the command and ends the process with its {@link ExitCode}. */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, System.out.charset());
    PrintWriter err = new PrintWriter(System.err, true, System.err.charset());
    int code = run(out, err, args);
    out.flush();
    System.exit(code);
  }

  /**
   * Runs the command and returns its {@link ExitCode}; the process goes on.
   *
   * @param out where results go
   * @param err where errors go
   */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    // Asked of the arguments, not of the parsed field: a command line that cannot be parsed, or an
    // error that picocli does not catch, leaves the field unset.
    FailureHandler failures = new FailureHandler(err, Arrays.asList(args).contains(DEBUG), args);
    try {
      CommandLine line = new CommandLine(new Main());
      for (CommandProvider provider : ServiceLoader.load(CommandProvider.class)) {
        provider.commands().forEach(line::addSubcommand);
      }
      // After the last subcommand: these settings are handed down to those present.
      return line.setOut(out)
          .setErr(err)
          .setColorScheme(CommandLine.Help.defaultColorScheme(colors()))
          .setUsageHelpAutoWidth(onTerminal())
          .setCaseInsensitiveEnumValuesAllowed(true)
          .setParameterExceptionHandler(failures)
          .setExecutionExceptionHandler(failures)
          .execute(args);
    } catch (Throwable error) { // picocli hands on only exceptions; memory runs out as an Error
      return failures.report(error);
    }
  }

  /** Returns whether a person reads the output as it is written. */
  static boolean onTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  /** Returns whether to colour: only on a terminal, and not when {@code NO_COLOR} is set. */
  static Ansi colors() {
    String noColor = System.getenv("NO_COLOR");
    return onTerminal() && (noColor == null || noColor.isEmpty()) ? Ansi.ON : Ansi.OFF;
  }

  /** Without a subcommand: shows what there is. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return ExitCode.OK;
  }
}
