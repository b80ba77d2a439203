package io.vtlb.specs.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.model.target.VirtualTlb;
import io.vtlb.specs.evaluation.Function;
import io.vtlb.specs.evaluation.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What the definitions know of one machine: its slots, and what is behind its frames. */
final class DescribedMachine {

  static final Value ABSENT = Smt.constant("absent");

  private static final Function INITIALLY = Smt.function("initially");

  private final SmallMachine machine;
  private final Value number;
  private final Map<Slot, Value> slots = new HashMap<>();
  private final Map<Slot, Value> active = new LinkedHashMap<>();
  private Value.Mapping host = Value.Mapping.of(Backing.DEVICE);

  /** Whether the host asks to know of stores, and which frames it has been told of since. */
  private boolean logs;

  private final Set<Long> told = new HashSet<>();

  DescribedMachine(SmallMachine machine) {
    this.machine = machine;
    number = Smt.bits(machine.vcpu().vm());
    for (PrivilegeSet set : PrivilegeSet.values()) {
      for (long page : SmallMachine.PAGES) {
        Slot slot = new Slot(set, page);
        slots.put(slot, slot.of(number));
        active.put(slot, INITIALLY.apply(at(slot)));
      }
    }
    for (long frame = 0; frame < SmallMachine.FRAMES; frame++) {
      host = host.store(Smt.bits(frame), Backing.of(machine.memory().hostMap(), frame));
    }
  }

  SmallMachine machine() {
    return machine;
  }

  Value number() {
    return number;
  }

  /** A slot as the definitions have it. */
  Value at(Slot slot) {
    return slots.getOrDefault(slot, ABSENT);
  }

  /** The active entry of each slot. */
  Map<Slot, Value> active() {
    return active;
  }

  Value active(Slot slot) {
    return active.getOrDefault(slot, ABSENT);
  }

  Value.Mapping host() {
    return host;
  }

  boolean logs() {
    return logs;
  }

  /** True if stores to a frame have to be told, if there is memory behind it. */
  boolean logs(long frame) {
    return logs && !told.contains(frame);
  }

  /** The host starts or harvests a log: from now on it asks for what is stored anew. */
  void startPeriod() {
    logs = true;
    told.clear();
  }

  /** Takes the log over, with the frames that the host has been told of. */
  void takeOver(Value.Mapping after) {
    for (long frame = 0; frame < SmallMachine.FRAMES; frame++) {
      Value number = Smt.bits(frame);
      if (Backing.isLogged(host.select(number)) && !Backing.isLogged(after.select(number))) {
        told.add(frame);
      }
    }
    host = after;
  }

  /** The host has put other memory, or protection, behind frames. */
  void remap(Value.Mapping after) {
    host = after;
  }

  /** Compares all that is shown with all that there should be. */
  void compareShown(VirtualTlb vmm, Map<Slot, Value> expected) {
    for (PrivilegeSet set : PrivilegeSet.values()) {
      Map<Long, ActiveEntry> shown = new HashMap<>();
      vmm.activeEntries(machine.vcpu(), set).forEach(entry -> shown.put(entry.page(), entry));
      expected.forEach((slot, active) -> {
        if (slot.set() == set) {
          ActiveEntry entry = shown.remove(slot.page());
          assertEquals(active, entry == null ? ABSENT : asDescribed(entry, active));
        }
      });
      assertTrue(shown.isEmpty(), "entries elsewhere: " + shown);
    }
  }

  /** What is shown, with the source that it must have come from. */
  private static Value asDescribed(ActiveEntry entry, Value active) {
    assertEquals("present", active.constructorName());
    Value.Datum source = (Value.Datum) ((Value.Datum) active).field("source");
    if (entry.key() != ActiveEntry.NO_KEY) {
      assertEquals(source.field("key"), Smt.bits(entry.key()));
    }
    return Smt.active(entry, source);
  }
}
