package io.vtlb.conformance.report;

import static io.vtlb.conformance.report.OperationText.hex;

import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import java.util.ArrayList;
import java.util.List;

/** Control registers and PKRU with the bits that decide how addresses are translated. */
final class ControlText {

  private static final List<Bit> CR4 =
      List.of(
          new Bit("PAE", ControlState.CR4_PAE),
          new Bit("LA57", ControlState.CR4_LA57),
          new Bit("PCIDE", ControlState.CR4_PCIDE),
          new Bit("SMEP", ControlState.CR4_SMEP),
          new Bit("SMAP", ControlState.CR4_SMAP),
          new Bit("PKE", ControlState.CR4_PKE));
  private static final List<Bit> EFER =
      List.of(
          new Bit("LME", ControlState.EFER_LME),
          new Bit("LMA", ControlState.EFER_LMA),
          new Bit("NXE", ControlState.EFER_NXE));
  private static final int KEYS = 16;

  private ControlText() {}

  private record Bit(String name, long mask) {

    String in(long value) {
      return name + "=" + ((value & mask) != 0 ? 1 : 0);
    }
  }

  /**
   * The registers of a state; EFER and the PDPTE registers only where there is something in them.
   */
  static String of(ControlState control) {
    return "CR0 %s%s, CR3 %s%s, CR4 %s%s%s"
        .formatted(
            hex(control.cr0()),
            names(ControlRegister.CR0, control.cr0()),
            hex(control.cr3()),
            control.processContexts() ? " (PCID " + hex(control.pcid()) + ")" : "",
            hex(control.cr4()),
            names(ControlRegister.CR4, control.cr4()),
            control.efer() == 0
                ? ""
                : ", EFER " + hex(control.efer()) + names(ControlRegister.EFER, control.efer()));
  }

  /** The bits that matter in a value for a register, in brackets. */
  static String names(ControlRegister register, long value) {
    List<String> names = new ArrayList<>();
    switch (register) {
      case CR0 -> {
        if ((value & ControlState.CR0_PG) == 0) {
          names.add("PG=0");
        }
        names.add(new Bit("WP", ControlState.CR0_WP).in(value));
      }
      case CR3 -> {
        if ((value & ControlState.CR3_NO_FLUSH) != 0) {
          names.add("bit 63 set, PCID " + hex(value & ControlState.CR3_PCID));
        }
      }
      case CR4 -> {
        names.add(new Bit("PSE", ControlState.CR4_PSE).in(value));
        names.add(new Bit("PGE", ControlState.CR4_PGE).in(value));
        names.addAll(set(CR4, value));
      }
      case EFER -> names.addAll(set(EFER, value));
    }
    return names.isEmpty() ? "" : " (" + String.join(" ", names) + ")";
  }

  private static List<String> set(List<Bit> bits, long value) {
    return bits.stream().filter(bit -> (value & bit.mask) != 0).map(bit -> bit.in(value)).toList();
  }

  /** PKRU with the keys that it restricts. */
  static String pkru(int value) {
    String none = keys("no access with", value);
    String noWrite = keys("no stores with", value >>> 1);
    return hex(Integer.toUnsignedLong(value))
        + (value == 0
            ? ""
            : " (%s%s%s)"
                .formatted(none, none.isEmpty() || noWrite.isEmpty() ? "" : ", ", noWrite));
  }

  private static String keys(String what, int everyOtherBit) {
    StringBuilder keys = new StringBuilder();
    for (int key = 0; key < KEYS; key++) {
      if (restricts(everyOtherBit, key)) {
        int first = key;
        while (key + 1 < KEYS && restricts(everyOtherBit, key + 1)) {
          key++;
        }
        keys.append(' ').append(first).append(first == key ? "" : "-" + key);
      }
    }
    return keys.isEmpty() ? "" : what + " key" + keys;
  }

  private static boolean restricts(int everyOtherBit, int key) {
    return ((everyOtherBit >>> (2 * key)) & 1) != 0;
  }
}
