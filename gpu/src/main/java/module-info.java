/** Runs traced programs on OpenCL devices through Aparapi. */
module org.cotangent.gpu {
  requires transitive org.cotangent.autodiff;
  requires static transitive org.jspecify;

}
