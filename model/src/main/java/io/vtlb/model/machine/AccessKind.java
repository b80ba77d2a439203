package io.vtlb.model.machine;

/** What an access does at its linear address: read data, write data, or fetch an instruction. */
public enum AccessKind {
  LOAD,
  STORE,
  FETCH
}
