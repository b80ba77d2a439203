package io.vtlb.conformance.library;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.ResyncKind;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.Paging;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Vendor;
import io.vtlb.model.target.Feature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every word of the model has the number that the header gives it. */
class NumbersTest {

  private final Map<String, Integer> numbers = new LinkedHashMap<>();

  @Test
  void everyWordHasTheNumberOfTheHeader(@TempDir Path folder)
      throws IOException, InterruptedException {
    words();
    structs();
    StringBuilder program =
        new StringBuilder("#include <stdio.h>\n#include \"vtlb.h\"\nint main(void) {\n");
    List<String> expected = new ArrayList<>();
    numbers.forEach((name, number) -> {
      program.append("  printf(\"%s %%ld\\n\", (long)%s);\n".formatted(name, name));
      expected.add(name + " " + number);
    });
    assertEquals(expected, CCompiler.output(program.append("}\n").toString(), folder));
  }

  private void words() {
    for (AccessKind kind : AccessKind.values()) {
      numbers.put("VTLB_" + kind, Numbers.of(kind));
    }
    for (PrivilegeSet set : PrivilegeSet.values()) {
      numbers.put("VTLB_" + set, Numbers.of(set));
    }
    for (ControlRegister register : ControlRegister.values()) {
      numbers.put("VTLB_" + register, Numbers.of(register));
    }
    for (InvalidationType type : InvalidationType.values()) {
      numbers.put("VTLB_INVPCID_" + word(type), Numbers.of(type));
    }
    for (Vendor vendor : Vendor.values()) {
      numbers.put("VTLB_" + vendor, Numbers.of(vendor));
    }
    for (Capability capability : Capability.values()) {
      numbers.put("VTLB_CAP_" + capability, Numbers.bit(capability));
    }
    for (EventCause cause : EventCause.values()) {
      numbers.put("VTLB_CAUSE_" + cause, 1 + Numbers.CAUSES.indexOf(cause));
    }
    for (ResyncKind resync : ResyncKind.values()) {
      numbers.put("VTLB_RESYNC_" + resync, 1 + Numbers.RESYNCS.indexOf(resync));
    }
    for (Paging mode : Paging.values()) {
      String name = mode.word().replace('-', '_').toUpperCase(Locale.ROOT);
      numbers.put("VTLB_MODE_" + name, 1 << DescriptionStruct.MODES.indexOf(mode));
    }
    for (Feature feature : Feature.values()) {
      numbers.put("VTLB_" + feature, 1 << DescriptionStruct.FEATURES.indexOf(feature));
    }
  }

  private static String word(InvalidationType type) {
    return switch (type) {
      case ADDRESS -> "ADDRESS";
      case SINGLE_CONTEXT -> "SINGLE";
      case ALL_CONTEXTS -> "ALL";
      case ALL_CONTEXTS_KEEPING_GLOBALS -> "ALL_BUT_GLOBAL";
    };
  }

  private void structs() {
    numbers.put("VTLB_PAGE_FAULT", EventStruct.PAGE_FAULT);
    numbers.put("VTLB_INVLPG", EventStruct.INVLPG);
    numbers.put("VTLB_INVPCID", EventStruct.INVPCID);
    numbers.put("VTLB_CONTROL_WRITE", EventStruct.CONTROL_WRITE);
    numbers.put("VTLB_PRIVILEGE_CHANGE", EventStruct.PRIVILEGE_CHANGE);
    numbers.put("VTLB_RESUME", ResponseStruct.RESUME);
    numbers.put("VTLB_INJECT_PAGE_FAULT", ResponseStruct.INJECT_PAGE_FAULT);
    numbers.put("VTLB_STORE_EMULATED", ResponseStruct.STORE_EMULATED);
    numbers.put("VTLB_DEVICE_ACCESS", ResponseStruct.DEVICE_ACCESS);
    numbers.put("VTLB_DROP_EVERYTHING", DropsStruct.EVERYTHING);
    numbers.put("VTLB_DROP_PAGE", DropsStruct.PAGE);
    numbers.put("VTLB_MOST_DROPS", Layouts.MOST_DROPS);
    numbers.put("VTLB_MAP_FRAMES", HostOperationStruct.MAP_FRAMES);
    numbers.put("VTLB_UNMAP_FRAMES", HostOperationStruct.UNMAP_FRAMES);
    numbers.put("VTLB_MOVE_FRAMES", HostOperationStruct.MOVE_FRAMES);
    numbers.put("VTLB_PROTECT_FRAMES", HostOperationStruct.PROTECT_FRAMES);
    numbers.put("VTLB_RESIZE_PAGES", HostOperationStruct.RESIZE_PAGES);
    numbers.put("VTLB_START_DIRTY_LOG", HostOperationStruct.START_DIRTY_LOG);
    numbers.put("VTLB_HARVEST_DIRTY_LOG", HostOperationStruct.HARVEST_DIRTY_LOG);
    numbers.put("VTLB_DESTROY_MACHINE", HostOperationStruct.DESTROY_MACHINE);
  }
}
