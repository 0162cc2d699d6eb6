/** Runs traced programs on OpenCL devices through Aparapi. */
module org.cotangent.gpu {
  requires transitive org.cotangent.autodiff;
  requires static transitive org.jspecify;
  requires java.logging;
  requires aparapi;

  exports org.cotangent.gpu;

  // Aparapi reads the fields of kernel classes by reflection.
  opens org.cotangent.gpu to
      aparapi;

  provides org.cotangent.autodiff.ComputeDevices with
      org.cotangent.gpu.OpenClComputeDevices;
}
