/** The claims and rules as data, and the semantics in SMT-LIB with its proofs. */
module io.vtlb.specs {
  requires transitive io.vtlb.model;
  requires tools.aqua.turnkey.z3;
  requires tools.jackson.databind;

  exports io.vtlb.specs.claim to
      io.vtlb.conformance;
  exports io.vtlb.specs.cell to
      io.vtlb.conformance;
  exports io.vtlb.specs.generate to
      io.vtlb.conformance;
  exports io.vtlb.specs.proof to
      io.vtlb.conformance;
  exports io.vtlb.specs.smt to
      io.vtlb.conformance;
}
