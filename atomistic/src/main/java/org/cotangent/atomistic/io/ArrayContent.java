package org.cotangent.atomistic.io;

import org.cotangent.autodiff.DType;

/** What the elements of an array in a file are. */
enum ArrayContent {
  REALS("real numbers"),
  INTEGERS("whole numbers"),
  FLAGS("truth values"),
  COMPLEX("complex numbers"),
  TEXTS("texts"),
  OBJECTS("Python objects"),
  OTHER("neither numbers nor texts that can be read");

  private final String text;

  ArrayContent(String text) {
    this.text = text;
  }

  /** Returns what numbers of this type are. */
  static ArrayContent of(DType dtype) {
    return switch (dtype) {
      case FLOAT64, FLOAT32, FLOAT16 -> REALS;
      case BOOL -> FLAGS;
      case COMPLEX64, COMPLEX128 -> COMPLEX;
      default -> INTEGERS;
    };
  }

  /** Returns whether each element is one number that can be a position or an energy. */
  boolean isNumbers() {
    return this == REALS || this == INTEGERS;
  }

  /** Returns it in words. */
  String text() {
    return text;
  }
}
