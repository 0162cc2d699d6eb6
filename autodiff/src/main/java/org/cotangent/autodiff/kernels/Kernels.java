package org.cotangent.autodiff.kernels;

/** All loops of one provider. {@link KernelProvider} chooses it once, when the library starts. */
public interface Kernels
    extends ElementwiseKernels,
        ReductionKernels,
        ProductKernels,
        ContractionKernels,
        HarmonicsKernels {
  /** Returns a few words that say what runs: {@code Vector API, 512 bits} or {@code plain Java}. */
  String description();
}
