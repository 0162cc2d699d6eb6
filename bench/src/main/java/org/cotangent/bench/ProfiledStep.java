package org.cotangent.bench;

import java.io.IOException;
import org.cotangent.atomistic.training.ForceGradients;

/** The training steps that are taken apart: those of two suites, float32, on one thread. */
enum ProfiledStep {
  LEARNED_BASIS("learned-basis", "learned basis of two layers, five molecules") {
    @Override
    Steps open() throws IOException {
      LearnedBasisBenchmark suite = new LearnedBasisBenchmark();
      suite.gradients = ForceGradients.FORWARD;
      suite.bits = BITS;
      suite.prepare();
      return new Steps(suite::step, suite::close);
    }
  },
  GIVEN_FEATURES("given-features", "64-64-1 network on given features, 32 molecules") {
    @Override
    Steps open() {
      GivenFeaturesBenchmark suite = new GivenFeaturesBenchmark();
      suite.batch = 32;
      suite.threads = 1;
      suite.bits = BITS;
      suite.prepare();
      return new Steps(suite::step, suite::close);
    }
  };

  private static final int BITS = 32;

  private final String label;
  private final String title;

  ProfiledStep(String label, String title) {
    this.label = label;
    this.title = title;
  }

  /** Steps that can be made any number of times; each checks its loss. */
  record Steps(Runnable step, Runnable end) implements AutoCloseable {
    @Override
    public void close() {
      end.run();
    }
  }

  /** Prepares the steps. */
  abstract Steps open() throws IOException;

  /** Returns the name of the suite that measures it. */
  String label() {
    return label;
  }

  String title() {
    return title;
  }
}
