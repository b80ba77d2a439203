/**
 * The kit: it drives any implementation of a virtual TLB with sequences of operations, has each
 * step judged, and explains what fails.
 */
module io.vtlb.conformance {
  requires transitive io.vtlb.model;
  requires io.vtlb.specs;
  requires io.vtlb.implementation;
  requires info.picocli;
  requires java.logging;
  requires java.management;
  requires me.tongfei.progressbar;
  requires tools.jackson.databind;
  // Whoever writes tests brings them; "vtlb bench" has some on its module path, to compare with.
  requires static transitive net.jqwik.api;
  requires static transitive org.junit.jupiter.api;
  requires static org.junit.platform.engine;
  requires static org.junit.platform.launcher;
  requires static org.opentest4j;

  exports io.vtlb.conformance.jqwik;
  exports io.vtlb.conformance.junit;

  uses io.vtlb.model.target.GuestMachine;
  uses io.vtlb.model.target.Target;
  uses io.vtlb.model.target.VirtualTlb;

  opens io.vtlb.conformance.bench.jqwik to
      net.jqwik.api,
      net.jqwik.engine,
      org.junit.platform.commons;
  opens io.vtlb.conformance.cli to
      info.picocli;
}
