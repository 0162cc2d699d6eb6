package org.cotangent.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.cotangent.atomistic.cli.JavaCommand;

/** The processes that this one starts, which are not to outlive it. */
final class ChildProcesses {
  private static final int ROUNDS = 20;
  private static final long PAUSE_MILLISECONDS = 25;

  private static volatile boolean ending;

  private ChildProcesses() {}

  /**
   * From now on children end when this process does, by Ctrl-C too; SIGKILL leaves no time for it.
   */
  static void endWithThisProcess() {
    Runtime.getRuntime().addShutdownHook(new Thread(ChildProcesses::end));
  }

  /** Returns whether this process is about to end, so that a child that ended is no failure. */
  static boolean areEnding() {
    return ending;
  }

  /**
   * How a process ended.
   *
   * @param code 0 if all went well
   * @param text what it wrote on its standard output
   */
  record Answer(int code, String text) {}

  /**
   * Lets a program of this library answer a request, in a process of its own.
   *
   * @param main reads the request from its standard input and answers on its standard output
   * @param options of Java
   * @param log where errors are added
   * @param what it does, for messages
   * @throws IllegalStateException if it fails
   */
  static String ask(Class<?> main, List<String> options, ObjectNode request, Path log, String what)
      throws IOException, InterruptedException {
    List<String> command = JavaCommand.of(options);
    command.add(main.getName());
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    Answer answer = ask(process, request);
    if (answer.code != 0) {
      throw new IllegalStateException(what + " ended with code " + answer.code + ", see " + log);
    }
    return answer.text;
  }

  /**
   * Gives a process a request on its standard input and waits for its end.
   *
   * @throws InterruptedException if it fails because this process is about to end
   */
  static Answer ask(Process process, ObjectNode request) throws IOException, InterruptedException {
    try (OutputStream in = process.getOutputStream()) {
      in.write(request.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException broken) {
      // It ended before it read everything; what it wrote and its exit code say why.
    }
    try (InputStream out = process.getInputStream()) {
      String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      if (code != 0 && ending) {
        throw new InterruptedException();
      }
      return new Answer(code, text);
    }
  }

  /** Several times, because another thread may just be starting one. */
  private static void end() {
    ending = true;
    for (int round = 0; round < ROUNDS; round++) {
      boolean any =
          ProcessHandle.current()
                  .descendants()
                  .filter(ProcessHandle::isAlive)
                  .peek(ProcessHandle::destroyForcibly)
                  .count()
              > 0;
      if (!any && round > 0) {
        return;
      }
      try {
        Thread.sleep(PAUSE_MILLISECONDS);
      } catch (InterruptedException stop) {
        return;
      }
    }
  }
}
