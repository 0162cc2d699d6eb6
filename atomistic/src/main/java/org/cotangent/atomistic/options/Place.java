package org.cotangent.atomistic.options;

/** Where an option was set, as messages show it: {@code train.yaml:12} or {@code -r seed=x}. */
record Place(String text) {
  static Place line(String file, int line) {
    return new Place(file + ":" + line);
  }

  @Override
  public String toString() {
    return text;
  }
}
