package org.cotangent.atomistic.descriptors;

import java.util.List;

class SymmetryInvariantsTest extends InvariantDescriptorContract {
  SymmetryInvariantsTest() {
    super(new SymmetryInvariants(List.of(1, 6, 8), 4, 4, 2, List.of(1, 3)));
  }
}
