package io.vtlb.conformance.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.control.PdpteLoad;
import io.vtlb.model.control.RegisterWrite;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PdpteRegisters;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import io.vtlb.model.target.VmBlueprint.VcpuState;
import io.vtlb.model.trace.Machine;
import io.vtlb.model.trace.World;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every world that a sequence starts in is one that a computer can be in. */
class GeneratedWorldTest {

  private static final int WORLDS = 1_000;

  private static List<World> worlds(ModeChoice modes) {
    SequenceGenerator generator = new SequenceGenerator(17, 1, modes, true);
    List<World> worlds = new ArrayList<>(WORLDS);
    for (int number = 0; number < WORLDS; number++) {
      worlds.add(generator.sequence(number).world());
    }
    return worlds;
  }

  private static GuestPhysicalMemory memory(int vm, Machine machine) {
    GuestPhysicalMemory memory = new GuestPhysicalMemory(vm, machine.hostMap());
    machine.words().forEach(word -> memory.write(word.physicalAddress(), word.value()));
    return memory;
  }

  @ParameterizedTest
  @EnumSource
  void theModeIsOneOfThoseAskedFor(ModeChoice modes) {
    for (World world : worlds(modes)) {
      for (Machine machine : world.machines()) {
        for (VcpuState state : machine.vcpus()) {
          PagingMode mode = PagingMode.of(state.control());
          assertTrue(modes.modes().contains(mode), mode.name());
          assertTrue(
              world.mode().equals(mode.name()) || world.mode().equals(WorldGenerator.MIXED),
              world.mode());
        }
      }
    }
  }

  /** A register written with what it holds is legal and changes nothing, in a possible state. */
  @ParameterizedTest
  @EnumSource
  void everyRegisterMayBeWrittenWithWhatItHolds(ModeChoice modes) {
    for (World world : worlds(modes)) {
      for (int vm = 0; vm < world.machines().size(); vm++) {
        Machine machine = world.machines().get(vm);
        GuestPhysicalMemory memory = memory(vm, machine);
        for (VcpuState state : machine.vcpus()) {
          for (ControlRegister register : ControlRegister.values()) {
            assertUnchanged(register, state.control(), world.profile(), memory);
          }
        }
      }
    }
  }

  private static void assertUnchanged(
      ControlRegister register, ControlState control, Profile profile, GuestPhysicalMemory memory) {
    Optional<ControlState> after =
        RegisterWrite.of(register, control.get(register), control, profile, memory);
    assertTrue(after.isPresent(), () -> register + " of " + control + " on " + profile);
    assertEquals(control.with(PdpteRegisters.NONE), after.get().with(PdpteRegisters.NONE));
  }

  @ParameterizedTest
  @EnumSource
  void bitsThatNeedEachOtherStandTogether(ModeChoice modes) {
    controls(modes)
        .forEach(control -> {
          boolean enabled = (control.efer() & ControlState.EFER_LME) != 0;
          assertEquals(enabled && control.paging(), control.longMode(), control::toString);
          assertTrue(!control.longMode() || control.physicalAddressExtension(), control::toString);
          assertTrue(!control.processContexts() || control.longMode(), control::toString);
          assertTrue((control.cr0() & ControlState.CR0_PE) != 0, control::toString);
          assertEquals(0, control.cr3() & ControlState.CR3_NO_FLUSH);
        });
  }

  private static Stream<ControlState> controls(ModeChoice modes) {
    return worlds(modes).stream()
        .flatMap(world -> world.machines().stream())
        .flatMap(machine -> machine.vcpus().stream())
        .map(VcpuState::control);
  }

  /** What is not present is the same whatever else it holds. */
  @ParameterizedTest
  @EnumSource(names = {"PAE", "MIXED"})
  void pdpteRegistersHoldWhatALoadFindsInMemory(ModeChoice modes) {
    int loaded = 0;
    for (World world : worlds(modes)) {
      for (int vm = 0; vm < world.machines().size(); vm++) {
        Machine machine = world.machines().get(vm);
        for (VcpuState state : machine.vcpus()) {
          if (state.control().paePaging()) {
            PdpteRegisters inMemory =
                PdpteLoad.of(state.control(), world.profile(), memory(vm, machine)).orElseThrow();
            for (int index = 0; index < PdpteRegisters.COUNT; index++) {
              assertEquals(
                  present(inMemory.get(index)), present(state.control().pdptes().get(index)));
            }
            loaded++;
          } else {
            assertEquals(PdpteRegisters.NONE, state.control().pdptes());
          }
        }
      }
    }
    assertTrue(loaded > 0);
  }

  private static Optional<Long> present(long entry) {
    return (entry & 1) == 0 ? Optional.empty() : Optional.of(entry);
  }

  @ParameterizedTest
  @EnumSource
  void noHostFrameStandsBehindTwoGuestFrames(ModeChoice modes) {
    for (World world : worlds(modes)) {
      assertDisjoint(
          world.machines().stream().flatMap(GeneratedWorldTest::ranges).toList(),
          HostRange::hostFrame);
    }
  }

  @ParameterizedTest
  @EnumSource
  void noGuestFrameHasTwoHostFrames(ModeChoice modes) {
    for (World world : worlds(modes)) {
      for (Machine machine : world.machines()) {
        assertDisjoint(ranges(machine).toList(), HostRange::guestFrame);
      }
    }
  }

  private static Stream<HostRange> ranges(Machine machine) {
    return machine.hostMap().ranges().stream();
  }

  private static void assertDisjoint(List<HostRange> ranges, ToLongFunction<HostRange> first) {
    List<HostRange> ascending = ranges.stream().sorted(Comparator.comparingLong(first)).toList();
    for (int next = 1; next < ascending.size(); next++) {
      HostRange one = ascending.get(next - 1);
      HostRange other = ascending.get(next);
      assertTrue(
          first.applyAsLong(one) + one.frames() <= first.applyAsLong(other),
          () -> one + " and " + other);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyWordLiesInMemoryAndInOrder(ModeChoice modes) {
    for (World world : worlds(modes)) {
      for (Machine machine : world.machines()) {
        long last = -1;
        for (Machine.Word word : machine.words()) {
          long address = word.physicalAddress();
          assertTrue(address > last, () -> "not ascending at " + address);
          assertEquals(0, address % 4);
          assertFalse(machine.hostMap().hostFrame(address >>> 12) == HostMap.NO_FRAME);
          last = address;
        }
      }
    }
  }
}
