package org.cotangent.atomistic.descriptors;

import java.util.List;

class SymmetryInvariantsTest extends InvariantDescriptorContract {
  SymmetryInvariantsTest() {
    super(types -> new SymmetryInvariants(types, 4, 4, 2, List.of(1, 3)));
  }
}
