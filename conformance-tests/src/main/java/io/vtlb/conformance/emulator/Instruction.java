package io.vtlb.conformance.emulator;

import io.vtlb.model.machine.AccessKind;

/** What a probe's one instruction does at its linear address. */
public enum Instruction {
  /** {@code MOV EAX, [address]}. */
  LOAD_4(AccessKind.LOAD, 4, 0x00, 2),
  /** {@code MOVQ MM0, [address]}: one load of eight bytes in every mode. */
  LOAD_8(AccessKind.LOAD, 8, 0x30, 3),
  /** {@code MOV [address], ECX}. */
  STORE_4(AccessKind.STORE, 4, 0x10, 2),
  /** {@code MOVQ [address], MM0}: one store of eight bytes in every mode. */
  STORE_8(AccessKind.STORE, 8, 0x40, 3),
  /** A jump to the address, where a {@link FetchTag} lies. */
  FETCH(AccessKind.FETCH, FetchTag.BYTES, 0, 5),
  /**
   * {@code LAR}, which reads a descriptor of eight bytes: an implicit supervisor access at any CPL
   * (Intel SDM vol. 3, 4.6.1). Its address is a multiple of eight.
   */
  IMPLICIT_LOAD(AccessKind.LOAD, 8, 0x20, 3);

  private final AccessKind kind;
  private final int bytes;
  private final int offset;
  private final int length;

  Instruction(AccessKind kind, int bytes, int offset, int length) {
    this.kind = kind;
    this.bytes = bytes;
    this.offset = offset;
    this.length = length;
  }

  public AccessKind kind() {
    return kind;
  }

  /** How many bytes are accessed. */
  public int bytes() {
    return bytes;
  }

  /** True if it is a supervisor access whatever the CPL. */
  public boolean isImplicit() {
    return this == IMPLICIT_LOAD;
  }

  /** Where it lies in {@link Programs#PAD}; a fetch probe's instruction lies at its address. */
  int offset() {
    return offset;
  }

  /** Its length in bytes; the UD2 that ends the probe comes next. */
  int length() {
    return length;
  }
}
