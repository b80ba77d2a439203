package io.vtlb.conformance.recording;

import io.vtlb.model.control.RegisterWrite;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.target.GuestMemory;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Checks the guest's writes to control registers: each is legal or refused as the model says, and
 * what they left is the control state that the next {@code mode} record tells.
 *
 * <p>So it is checked that turning on paging with IA32_EFER.LME=1 sets LMA (Intel SDM vol. 3,
 * 10.8.5). A refusal because of the PDPTEs in memory, which are not recorded, is not foreseen.
 *
 * <p>A control state that changed with no write before it says that the recording was cut there:
 * the checks go on from what it tells.
 */
final class RegisterChecks {

  private static final Set<ControlRegister> TOLD_BY_MODE =
      EnumSet.of(ControlRegister.CR0, ControlRegister.CR4, ControlRegister.EFER);

  private final Tally tally;
  private final Profile profile;
  private final Set<ControlRegister> known = EnumSet.noneOf(ControlRegister.class);
  private boolean written;
  private ControlState state = new ControlState(0, 0, 0, 0);

  RegisterChecks(Tally tally, Profile profile) {
    this.tally = tally;
    this.profile = profile;
  }

  /** Memory in which no PDPTE is present, so that any can be loaded. */
  private static final class NoPdptes implements GuestMemory {

    @Override
    public long read(long physicalAddress, int bytes) {
      return 0;
    }

    @Override
    public boolean compareAndSet(long physicalAddress, int bytes, long expected, long replacement) {
      throw new UnsupportedOperationException("a recording is not written to");
    }

    @Override
    public void store(long physicalAddress, int bytes, long value) {
      throw new UnsupportedOperationException("a recording is not written to");
    }
  }

  void check(RecordedFact.RegisterWritten write) {
    ControlRegister register = write.register();
    ControlState before = state.with(register, write.old());
    Optional<ControlState> after =
        RegisterWrite.of(register, write.value(), before, profile, new NoPdptes());
    tally.checked(register.name().toLowerCase(Locale.ROOT));
    tally.compare(
        CheckKind.REGISTERS,
        write.line(),
        after.isPresent() != write.refused(),
        () -> "0x%x written to %s is %s".formatted(write.value(), register, told(write.refused())),
        () -> told(after.isEmpty()) + ", with " + describe(before));
    state = write.refused() ? before : after.orElse(before.with(register, write.value()));
    known.add(register);
    written |= TOLD_BY_MODE.contains(register);
  }

  private static String told(boolean refused) {
    return refused ? "refused with #GP" : "legal";
  }

  void check(RecordedFact.Mode mode) {
    ControlState told = mode.control();
    ControlState tracked = state;
    if (written && known.containsAll(TOLD_BY_MODE)) {
      tally.compare(
          CheckKind.REGISTERS,
          mode.line(),
          TOLD_BY_MODE.stream().allMatch(one -> told.get(one) == tracked.get(one)),
          () -> describe(told),
          () -> describe(tracked) + ", by the writes before it");
    }
    for (ControlRegister register : TOLD_BY_MODE) {
      state = state.with(register, told.get(register));
    }
    known.addAll(TOLD_BY_MODE);
    written = false;
  }

  /** The registers that decide the mode. */
  static String describe(ControlState control) {
    return "CR0 0x%x, CR4 0x%x, EFER 0x%x".formatted(control.cr0(), control.cr4(), control.efer());
  }
}
