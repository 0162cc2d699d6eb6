/**
 * The command line, {@code cotangent}.
 *
 * <p>{@link org.cotangent.atomistic.cli.Main} holds the commands of this module and finds those of
 * other modules through {@link org.cotangent.atomistic.cli.CommandProvider}. Results go to the
 * standard output; progress and errors go to the standard error. A user's mistake is one sentence
 * and exit code 2 (see {@link org.cotangent.atomistic.cli.ExitCode}).
 */
@NullMarked
package org.cotangent.atomistic.cli;

import org.jspecify.annotations.NullMarked;
