/**
 * The bundled virtual TLB: a target for the kit with data structures and algorithms of its own.
 *
 * <p>It uses the model's vocabulary and none of its semantics, so that it is an independent second
 * reading of the manual.
 */
module io.vtlb.implementation {
  requires transitive io.vtlb.model;

  exports io.vtlb.implementation;
}
