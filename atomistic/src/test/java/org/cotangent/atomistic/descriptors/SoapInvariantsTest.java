package org.cotangent.atomistic.descriptors;

class SoapInvariantsTest extends InvariantDescriptorContract {
  SoapInvariantsTest() {
    super(types -> new SoapInvariants(types, 4, 2, 0.5, 2, 2));
  }
}
