package io.vtlb.conformance.library;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.SequenceLayout;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.stream.Stream;

/**
 * The structs of include/vtlb.h as a C compiler for a 64-bit processor lays them out; each field
 * has the name that it has there.
 */
final class Layouts {

  /** The most drops of one response, {@code VTLB_MOST_DROPS}. */
  static final int MOST_DROPS = 64;

  static final StructLayout DESCRIPTION =
      struct(
          "vtlb_description",
          List.of(text("name", 64), text("version", 32)),
          ints("level", "modes", "features"));

  static final StructLayout PROFILE =
      struct(
          "vtlb_profile",
          ints("vendor", "physical_address_bits", "capabilities", "spurious_faults"));

  static final StructLayout CONTROL =
      struct(
          "vtlb_control",
          longs("cr0", "cr3", "cr4", "efer"),
          List.of(MemoryLayout.sequenceLayout(4, ValueLayout.JAVA_LONG).withName("pdptes")));

  static final StructLayout VCPU_STATE =
      struct(
          "vtlb_vcpu_state",
          List.of(CONTROL.withName("control")),
          ints("cpl", "alignment_check", "pkru", "unused"));

  static final StructLayout HOST_RANGE =
      struct("vtlb_host_range", longs("guest_frame", "host_frame", "frames", "read_only"));

  static final StructLayout GUEST =
      struct(
          "vtlb_guest",
          pointers("context", "read", "compare_and_set", "store", "memory"),
          longs("memory_bytes"));

  static final StructLayout MACHINE =
      struct(
          "vtlb_machine",
          ints("vm", "vcpu_count", "range_count", "unused"),
          List.of(PROFILE.withName("profile")),
          pointers("vcpus", "ranges", "guest"));

  static final StructLayout EVENT =
      struct(
          "vtlb_event",
          ints("kind", "vm", "vcpu"),
          ints("access", "set", "bytes", "active_code", "pkru"),
          ints("type", "pcid", "reg", "from", "to", "unused"),
          longs("address", "value"),
          List.of(CONTROL.withName("before"), CONTROL.withName("after")));

  static final StructLayout DROP =
      struct("vtlb_drop", ints("kind", "vm", "vcpu", "unused"), longs("address"));

  static final StructLayout RESPONSE =
      struct(
          "vtlb_response",
          ints("action", "cause", "resync", "fault_code"),
          longs("fault_address", "drop_count"),
          List.of(drops()));

  static final StructLayout ENTRY =
      struct("vtlb_entry", longs("page", "pages", "host_frame"), ints("rights", "key"));

  static final StructLayout HOST_OPERATION =
      struct(
          "vtlb_host_operation",
          ints("kind", "vm"),
          longs("guest_frame", "host_frame", "frames", "pages", "read_only"));

  static final StructLayout HOST_RESPONSE =
      struct(
          "vtlb_host_response",
          longs("drop_count"),
          List.of(drops()),
          longs("dirty_count", "dirty_room"),
          pointers("dirty_frames"));

  private Layouts() {}

  /** Every struct. */
  static List<StructLayout> all() {
    return List.of(
        DESCRIPTION,
        PROFILE,
        CONTROL,
        VCPU_STATE,
        HOST_RANGE,
        GUEST,
        MACHINE,
        EVENT,
        DROP,
        RESPONSE,
        ENTRY,
        HOST_OPERATION,
        HOST_RESPONSE);
  }

  /** Where a field begins, in bytes. */
  static long offset(StructLayout struct, String field) {
    return struct.byteOffset(PathElement.groupElement(field));
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  private static StructLayout struct(String name, List<? extends MemoryLayout>... fields) {
    MemoryLayout[] all = Stream.of(fields).flatMap(List::stream).toArray(MemoryLayout[]::new);
    return MemoryLayout.structLayout(all).withName(name);
  }

  private static List<MemoryLayout> ints(String... names) {
    return named(ValueLayout.JAVA_INT, names);
  }

  private static List<MemoryLayout> longs(String... names) {
    return named(ValueLayout.JAVA_LONG, names);
  }

  /** Pointers are handled as the 64-bit numbers that they are. */
  private static List<MemoryLayout> pointers(String... names) {
    return longs(names);
  }

  private static List<MemoryLayout> named(ValueLayout layout, String... names) {
    return Stream.of(names).<MemoryLayout>map(layout::withName).toList();
  }

  private static SequenceLayout text(String name, int bytes) {
    return MemoryLayout.sequenceLayout(bytes, ValueLayout.JAVA_BYTE).withName(name);
  }

  private static SequenceLayout drops() {
    return MemoryLayout.sequenceLayout(MOST_DROPS, DROP).withName("drops");
  }
}
