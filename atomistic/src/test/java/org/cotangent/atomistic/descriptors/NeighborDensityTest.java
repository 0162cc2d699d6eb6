package org.cotangent.atomistic.descriptors;

class NeighborDensityTest extends InvariantDescriptorContract {
  NeighborDensityTest() {
    super(types -> new NeighborDensity(types, 4, 3, 2, 2));
  }
}
