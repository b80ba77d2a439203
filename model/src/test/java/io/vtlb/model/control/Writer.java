package io.vtlb.model.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.guest.ExampleGuest;
import io.vtlb.model.guest.ModeGuest;
import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vendor;
import io.vtlb.model.memory.GuestPhysicalMemory;
import io.vtlb.model.paging.PagingMode;
import java.util.EnumSet;
import java.util.Set;

/** A processor whose registers an example writes, each write from the same state. */
final class Writer {

  static final long PE = ControlState.CR0_PE;
  static final long PG = ControlState.CR0_PG;

  private final Profile profile;
  private final GuestPhysicalMemory memory = new ExampleGuest(0).memory();
  private ControlState state;

  Writer(Profile profile, ControlState state) {
    this.profile = profile;
    this.state = state;
  }

  /** A processor that offers everything, in a mode. */
  Writer(PagingMode mode) {
    this(Profile.GENERIC_64, ModeGuest.control(mode));
  }

  /** A processor of a vendor that lacks something, in a mode. */
  static Writer lacking(Set<Capability> lacking, Vendor vendor, PagingMode mode) {
    EnumSet<Capability> offered = EnumSet.allOf(Capability.class);
    offered.removeAll(lacking);
    return new Writer(new Profile("sample", vendor, 46, offered, true), ModeGuest.control(mode));
  }

  ControlState state() {
    return state;
  }

  GuestPhysicalMemory memory() {
    return memory;
  }

  /** Goes on from another state. */
  Writer from(ControlState other) {
    state = other;
    return this;
  }

  /** Goes on from the state with some bits of a register set. */
  Writer having(ControlRegister register, long bits) {
    return from(state.with(register, state.get(register) | bits));
  }

  /** Asserts that a write is a #GP. */
  void refuses(ControlRegister register, long value) {
    assertTrue(
        RegisterWrite.of(register, value, state, profile, memory).isEmpty(),
        () -> "%s = 0x%x in %s".formatted(register, value, state));
  }

  /** Asserts that a write is legal; returns what follows from it. */
  ControlState writes(ControlRegister register, long value) {
    return RegisterWrite.of(register, value, state, profile, memory)
        .orElseThrow(
            () -> new AssertionError("#GP: %s = 0x%x in %s".formatted(register, value, state)));
  }

  /** Asserts that a write is legal and changes nothing else. */
  void writesAlone(ControlRegister register, long value) {
    assertEquals(state.with(register, value), writes(register, value));
  }

  /** Asserts that inverting bits is legal; returns what follows from it. */
  ControlState inverts(ControlRegister register, long bits) {
    return writes(register, state.get(register) ^ bits);
  }
}
