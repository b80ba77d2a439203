package io.vtlb.conformance.reduce;

import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Values with less in them: each is smaller than the one it comes from, read as unsigned. */
final class SimplerValues {

  private static final long LOW_32 = 0xFFFF_FFFFL;

  private SimplerValues() {}

  /** Simpler values to store: zero, one, no upper half, an entry with a flag less. */
  static Stream<Long> of(long value) {
    return Stream.of(
            Stream.of(0L, 1L, value & LOW_32),
            fewerFlags(value),
            withoutBits(value & ~LOW_32).map(upper -> upper | (value & LOW_32)))
        .flatMap(values -> values)
        .filter(simpler -> Long.compareUnsigned(simpler, value) < 0)
        .distinct();
  }

  /** A value with one of its low twelve bits, an entry's flags, cleared; it stays present. */
  static Stream<Long> fewerFlags(long value) {
    return withoutBits(value, 0xFFE);
  }

  /** Zero, and the value with one bit cleared. */
  static Stream<Long> withoutBits(long value) {
    return value == 0
        ? Stream.empty()
        : Stream.concat(Stream.of(0L), withoutBits(value, -1)).distinct();
  }

  /** The value of a control register with one bit cleared, in the same paging mode. */
  static Stream<Long> of(ControlRegister register, long value) {
    return switch (register) {
      case CR0 ->
          withoutBits(value, ~(ControlState.CR0_PE | ControlState.CR0_PG | ControlState.CR0_WP));
      case CR3 ->
          Stream.concat(
              Stream.of(value & ~ControlState.CR3_PCID).filter(simpler -> simpler != value),
              withoutBits(value, ControlState.CR3_NO_FLUSH | ControlState.CR3_PCID));
      case CR4 -> withoutBits(value, ~(ControlState.CR4_PAE | ControlState.CR4_LA57));
      case EFER -> withoutBits(value, ~(ControlState.EFER_LME | ControlState.EFER_LMA));
    };
  }

  private static Stream<Long> withoutBits(long value, long among) {
    return LongStream.range(0, Long.SIZE)
        .map(bit -> 1L << bit)
        .filter(bit -> (value & among & bit) != 0)
        .mapToObj(bit -> value & ~bit);
  }
}
