package org.cotangent.gpu;

import java.util.ServiceLoader;
import org.cotangent.autodiff.ComputeDevice;
import org.cotangent.autodiff.ComputeDevices;
import org.cotangent.autodiff.DType;
import org.cotangent.autodiff.Tensor;

/** A program of its own for {@link DiagnosisTest}; prints what a fresh virtual machine sees. */
final class DiagnosisProgram {
  private DiagnosisProgram() {}

  public static void main(String[] arguments) {
    for (ComputeDevices backend : ServiceLoader.load(ComputeDevices.class)) {
      for (ComputeDevice device : backend.devices()) {
        System.out.println(device);
      }
    }
    RandomNetworks random = new RandomNetworks(20, DType.FLOAT32).add(Activation.SILU, 6, 9, 1);
    Tensor features = random.features(50);
    int[] networkOf = new int[50];
    double[] expected = random.reference(features, networkOf);
    for (Fallback fallback : Fallback.values()) {
      try {
        BatchedEnergies result =
            new BatchedNetworks(random.networks, fallback).energies(features, networkOf);
        double worst = 0;
        for (int i = 0; i < 50; i++) {
          worst = Math.max(worst, Math.abs(result.energies().at(i) - expected[i]));
        }
        System.out.println(
            fallback
                + " "
                + (worst < random.tolerance() ? "right" : "wrong " + worst)
                + " on "
                + result.report());
      } catch (IllegalStateException refusal) {
        System.out.println(fallback + " refused: " + refusal.getMessage());
      }
    }
    System.out.println(
        "root level " + java.util.logging.Logger.getLogger("").getHandlers()[0].getLevel());
  }
}
