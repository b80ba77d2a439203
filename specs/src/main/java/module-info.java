/** The claims and rules as data, for whoever reports on them. */
module io.vtlb.specs {
  requires transitive io.vtlb.model;
  requires tools.jackson.databind;

  exports io.vtlb.specs.claim to
      io.vtlb.conformance;
}
