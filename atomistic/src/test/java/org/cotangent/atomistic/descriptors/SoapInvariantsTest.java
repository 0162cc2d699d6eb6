package org.cotangent.atomistic.descriptors;

import java.util.List;

class SoapInvariantsTest extends InvariantDescriptorContract {
  SoapInvariantsTest() {
    super(new SoapInvariants(List.of(1, 6, 8), 4, 2, 0.5, 2, 2));
  }
}
