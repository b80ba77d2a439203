/**
 * The kit: it drives any implementation of a virtual TLB with sequences of operations, has each
 * step judged, and explains what fails.
 */
module io.vtlb.conformance {
  requires transitive io.vtlb.model;
  requires io.vtlb.specs;
  requires io.vtlb.implementation;
  requires info.picocli;
  requires me.tongfei.progressbar;
  requires tools.jackson.databind;

  opens io.vtlb.conformance.cli to
      info.picocli;
}
