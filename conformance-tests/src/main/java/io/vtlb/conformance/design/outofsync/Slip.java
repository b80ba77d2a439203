package io.vtlb.conformance.design.outofsync;

import io.vtlb.conformance.design.parts.Mistake;
import io.vtlb.model.rule.Rule;

/** A mistake that the out-of-sync design can be told to make, each at one place of its code. */
public enum Slip implements Mistake {
  /**
   * INVLPG tests the present bit together with the size bit, so that only large pages are found.
   */
  INVLPG_FINDS_NOTHING_PRESENT(
      "Xen 70973953ab (operator precedence in INVLPG's presence check)", Rule.TLB_1),
  /**
   * A load of CR3 that keeps a context flushes no processor, though processors have no contexts.
   */
  CONTEXT_LOAD_FLUSHES_NOTHING(
      "Xen 329b00e4d4, XSA-294 (PCID removed a flush that the code had relied on)", Rule.PROC_1),
  /** An entry that goes altogether asks for no flush. */
  CLEARED_ENTRY_NOT_FLUSHED("Xen 535216fc6e (no flush after an edit of the shadow)", Rule.PROC_1),
  /** A frame that becomes a table is write-protected without a flush. */
  WRITE_PROTECTION_NOT_FLUSHED(
      "Xen 23a183607a, XSA-241 (a frame's type changes while a processor may write to it)",
      Rule.TLB_1),
  /** Only the first virtual CPU is flushed. */
  FLUSH_MISSES_OTHER_CPUS(
      "Xen a9949efb28, XSA-408 (the condition for a flush is too narrow)", Rule.PROC_1),
  /** An emulated store of eight bytes is done in two halves. */
  TABLE_STORE_TORN("Xen 32772fbb3c (emulated writes of page-table entries torn)", Rule.AD_3),
  /** A resync overlooks entries that differ in their rights alone. */
  RESYNC_OVERLOOKS_RIGHTS(
      "Xen 24488e9b29 (after a resync the shadow is more permissive than the guest)", Rule.TLB_2),
  /** A resync takes a table for in step again, but leaves it writable. */
  RESYNC_LEAVES_TABLE_WRITABLE(
      "Xen 6d72e644df (a resync grants writes to a page that is becoming a table)", Rule.TLB_1),
  /** A batch resync leaves out the table that was let go last. */
  RESYNC_LEAVES_ONE_OUT(
      "KVM b53e84eed08b (a guest's flush does not synchronise the shadows)", Rule.TLB_2),
  /** A new way is made to a table that is out of sync. */
  STALE_TABLE_LINKED(
      "KVM 0e0fee5c539b (guest and shadow left apart, and no flush repairs it)", Rule.PARTIAL_2),
  /** A table is taken to be in step though a processor could store there until it was flushed. */
  PROTECTED_TABLE_NOT_COMPARED(
      "KVM f7d9c7b7b902 (an entry read before another virtual CPU changed it)", Rule.TLB_1),
  /** When the host splits a large page, the tables in it are forgotten, though still in use. */
  HOST_SPLIT_FORGETS_TABLES(
      "Xen f507885bc3 (splitting a large host page drops live tables)", Rule.TLB_5),
  /** A page that was a device is still one for the fast path when memory has appeared. */
  DEVICE_REMEMBERED_OVER_MEMORY(
      "Xen 7a3d8f6e4d (a page changes between device and memory under a fast path)", Rule.EVENT_4),
  /** A frame with nothing behind it is mapped as if it were a host frame of the same number. */
  FRAME_WITHOUT_MEMORY_MAPPED(
      "Xen f6c3cb2162, XSA-430 (a frame with nothing behind it)", Rule.DEVICE_1),
  /** The least recently loaded root is recycled even if a virtual CPU runs on it. */
  LOADED_ROOT_RECYCLED(
      "Xen fb0ff49fe9, XSA-438 (a top level is freed while it is in use)", Rule.TLB_1),
  /** Room is made while the way to a page is built, and what is built already may go for it. */
  ROOM_MADE_TOO_LATE("Xen b7f93c6afb (the pool of shadows exhausted)", Rule.PARTIAL_1),
  /** A user's store to read-only memory is taken for one to a table, and is tried again. */
  STORE_TO_READ_ONLY_MEMORY_RETRIED(
      "Xen e8ea651a7a (a user write to read-only memory treated as a page-table write: stuck)",
      Rule.EVENT_6);

  private final String modelledOn;
  private final Rule blamed;

  Slip(String modelledOn, Rule blamed) {
    this.modelledOn = modelledOn;
    this.blamed = blamed;
  }

  @Override
  public String modelledOn() {
    return modelledOn;
  }

  @Override
  public Rule blamed() {
    return blamed;
  }
}
