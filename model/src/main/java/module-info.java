/**
 * The executable reference model of a virtual TLB, written to be read beside the manual.
 *
 * <p>The vocabulary packages are open to everyone. The semantic packages, which say what is right,
 * are open only to the specification and the kit: an implementation that shared them would share
 * their mistakes.
 */
module io.vtlb.model {
  requires static transitive org.jspecify;

  exports io.vtlb.model.machine;
  exports io.vtlb.model.operation;
  exports io.vtlb.model.event;
  exports io.vtlb.model.target;
  exports io.vtlb.model.trace;
  exports io.vtlb.model.memory to
      io.vtlb.specs,
      io.vtlb.conformance;
  exports io.vtlb.model.control to
      io.vtlb.specs,
      io.vtlb.conformance;
  exports io.vtlb.model.paging to
      io.vtlb.specs,
      io.vtlb.conformance;
  exports io.vtlb.model.admissible to
      io.vtlb.specs,
      io.vtlb.conformance;
  exports io.vtlb.model.reference to
      io.vtlb.specs,
      io.vtlb.conformance;
  exports io.vtlb.model.rule to
      io.vtlb.specs,
      io.vtlb.conformance;
  exports io.vtlb.model.monitor to
      io.vtlb.specs,
      io.vtlb.conformance;
}
