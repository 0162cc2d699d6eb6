package org.cotangent.atomistic.descriptors;

import java.util.List;

class NeighborDensityTest extends InvariantDescriptorContract {
  NeighborDensityTest() {
    super(new NeighborDensity(List.of(1, 6, 8), 4, 3, 2, 2));
  }
}
