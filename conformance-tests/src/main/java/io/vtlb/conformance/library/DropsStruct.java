package io.vtlb.conformance.library;

import static io.vtlb.conformance.library.Layouts.DROP;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.vtlb.model.event.ProcessorDrop;
import io.vtlb.model.machine.Vcpu;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** The drops in a library's response. */
final class DropsStruct {

  static final int EVERYTHING = 1;
  static final int PAGE = 2;

  private static final long SIZE = DROP.byteSize();
  private static final long KIND = Layouts.offset(DROP, "kind");
  private static final long VM = Layouts.offset(DROP, "vm");
  private static final long VCPU = Layouts.offset(DROP, "vcpu");
  private static final long ADDRESS = Layouts.offset(DROP, "address");

  private DropsStruct() {}

  /**
   * Reads drops.
   *
   * @param count how many the library says that there are
   * @param function the library's function, for messages
   */
  static List<ProcessorDrop> read(
      MemorySegment response, long offset, long count, String function) {
    if (count == 0) {
      return List.of();
    }
    if (count < 0 || count > Layouts.MOST_DROPS) {
      throw Result.impossible(
          "the response of %s has %s drops; there is room for %d"
              .formatted(function, Long.toUnsignedString(count), Layouts.MOST_DROPS));
    }
    ProcessorDrop[] drops = new ProcessorDrop[(int) count];
    for (int i = 0; i < drops.length; i++) {
      drops[i] = drop(response, offset + i * SIZE, function);
    }
    return List.of(drops);
  }

  private static ProcessorDrop drop(MemorySegment response, long at, String function) {
    int kind = response.get(JAVA_INT, at + KIND);
    int vm = response.get(JAVA_INT, at + VM);
    int vcpu = response.get(JAVA_INT, at + VCPU);
    if ((kind != EVERYTHING && kind != PAGE) || vm < 0 || vcpu < 0) {
      throw Result.impossible(
          "the response of %s has an impossible drop: kind %s, vm %s, vcpu %s"
              .formatted(
                  function,
                  Integer.toUnsignedString(kind),
                  Integer.toUnsignedString(vm),
                  Integer.toUnsignedString(vcpu)));
    }
    Vcpu name = new Vcpu(vm, vcpu);
    return kind == EVERYTHING
        ? new ProcessorDrop.Everything(name)
        : new ProcessorDrop.Page(name, response.get(JAVA_LONG, at + ADDRESS));
  }
}
