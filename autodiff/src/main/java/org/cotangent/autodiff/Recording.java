package org.cotangent.autodiff;

import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Whether operations on recorded tensors are recorded in turn: yes, unless a scope says no. The
 * scope belongs to the running code (a {@link ScopedValue}), not to the tensors. A thread pool does
 * not know it; {@link #carried} takes it there.
 */
public final class Recording {
  private static final ScopedValue<Boolean> OFF = ScopedValue.newInstance();

  private Recording() {}

  /**
   * Runs {@code body} without recording anything: what it computes are constants. Saves the memory
   * of the record when no derivative is wanted.
   */
  public static <T> T off(Supplier<T> body) {
    return ScopedValue.where(OFF, Boolean.TRUE).call(body::get);
  }

  /**
   * Returns {@code body} as it would run here, for another thread to run: recording or not as this
   * code does now, and within a {@link NanCheck} if this code is.
   */
  public static <T, R> Function<T, R> carried(Function<T, R> body) {
    boolean off = !isOn();
    Function<T, R> checked = NanCheck.isOn() ? x -> NanCheck.within(() -> body.apply(x)) : body;
    return x -> ScopedValue.where(OFF, off).call(() -> checked.apply(x));
  }

  /**
   * Runs {@code body} with recording, even within {@link #off}: for rules that differentiate
   * themselves.
   */
  static <T> T on(Supplier<T> body) {
    return isOn() ? body.get() : ScopedValue.where(OFF, Boolean.FALSE).call(body::get);
  }

  /** Returns whether operations on recorded tensors are being recorded here. */
  public static boolean isOn() {
    return !OFF.isBound() || !OFF.get();
  }
}
