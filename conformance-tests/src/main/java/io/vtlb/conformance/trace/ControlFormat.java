package io.vtlb.conformance.trace;

import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * Control registers as traces hold them, and the values that mode 32-bit admits (Intel SDM vol. 3,
 * 2.5 and 4.1.1): paging stays on with entries of four bytes, and no bit may be set that is not
 * modelled.
 */
final class ControlFormat {

  private static final Bit PE = new Bit("PE", ControlState.CR0_PE);
  private static final Bit PG = new Bit("PG", ControlState.CR0_PG);
  private static final List<Bit> CR0 = List.of(PE, new Bit("WP", ControlState.CR0_WP), PG);
  private static final List<Bit> CR4 =
      List.of(new Bit("PSE", ControlState.CR4_PSE), new Bit("PGE", ControlState.CR4_PGE));
  private static final List<Bit> CR4_LATER =
      List.of(
          new Bit("PAE", ControlState.CR4_PAE),
          new Bit("SMEP", ControlState.CR4_SMEP),
          new Bit("SMAP", ControlState.CR4_SMAP));

  private ControlFormat() {}

  /** Puts the four registers. */
  static void put(ObjectNode json, ControlState state) {
    json.put("cr0", Hex.of(state.cr0()));
    json.put("cr3", Hex.of(state.cr3()));
    json.put("cr4", Hex.of(state.cr4()));
    json.put("efer", Hex.of(state.efer()));
  }

  static ControlState read(Fields fields) throws BadTrace {
    return new ControlState(
        register(fields, "cr0", ControlRegister.CR0),
        register(fields, "cr3", ControlRegister.CR3),
        register(fields, "cr4", ControlRegister.CR4),
        efer(fields));
  }

  /** The value in a field, for this register. */
  static long register(Fields fields, String name, ControlRegister register) throws BadTrace {
    long value = fields.word(name);
    switch (register) {
      case CR0 -> {
        only(fields, name, "CR0", value, CR0);
        set(fields, name, value, PE);
        set(fields, name, value, PG);
      }
      case CR3 -> {}
      case CR4 -> {
        notYet(fields, name, value);
        only(fields, name, "CR4", value, CR4);
      }
    }
    return value;
  }

  private static long efer(Fields fields) throws BadTrace {
    long value = fields.hex("efer");
    if (value != 0) {
      throw fields.bad("efer", "must be 0x0 in mode 32-bit, not " + Hex.of(value));
    }
    return value;
  }

  private static void only(
      Fields fields, String name, String register, long value, List<Bit> modelled) throws BadTrace {
    long rest = value;
    for (Bit bit : modelled) {
      rest &= ~bit.mask;
    }
    if (rest != 0) {
      throw fields.bad(
          name,
          "bit "
              + Long.numberOfTrailingZeros(rest)
              + " of "
              + register
              + " is not modelled; a trace may set only "
              + modelled.stream().map(Bit::name).collect(Collectors.joining(", ")));
    }
  }

  private static void set(Fields fields, String name, long value, Bit bit) throws BadTrace {
    if (!bit.in(value)) {
      throw fields.bad(name, "CR0." + bit.name + " must be set: paging is on in mode 32-bit");
    }
  }

  private static void notYet(Fields fields, String name, long value) throws BadTrace {
    for (Bit bit : CR4_LATER) {
      if (bit.in(value)) {
        throw fields.bad(name, "CR4." + bit.name + " is not supported in traces yet");
      }
    }
  }

  private record Bit(String name, long mask) {

    boolean in(long value) {
      return (value & mask) != 0;
    }
  }
}
