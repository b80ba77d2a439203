package io.vtlb.model.admissible;

import io.vtlb.model.event.Event;
import io.vtlb.model.guest.ExampleGuest;
import io.vtlb.model.guest.GuestEntry;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vcpu;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.paging.Walker;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An example guest and what its TLB may hold. The directory leads to {@link ExampleGuest#TABLE}
 * from the start, for user mode and for writing.
 */
final class CachedGuest {

  private static final Vcpu VCPU = new Vcpu(0, 0);

  private final ExampleGuest guest = new ExampleGuest(0);
  private final Walker walker;
  private final AdmissibleTranslations admissible;

  CachedGuest(Profile profile) {
    walker = new Walker(profile);
    guest.entry(ExampleGuest.ROOT, 0, ExampleGuest.TABLE, "PWUA");
    admissible = new AdmissibleTranslations(walker, guest.memory(), ExampleGuest.CONTROL);
  }

  CachedGuest() {
    this(Profile.GENERIC_32);
  }

  ExampleGuest guest() {
    return guest;
  }

  Walker walker() {
    return walker;
  }

  AdmissibleTranslations admissible() {
    return admissible;
  }

  /** Writes an entry of the first table. */
  CachedGuest map(int index, long frame, String flags) {
    return store(ExampleGuest.TABLE, index, GuestEntry.of(frame, flags));
  }

  /** Writes an entry of any table. */
  CachedGuest entry(long table, int index, long frame, String flags) {
    return store(table, index, GuestEntry.of(frame, flags));
  }

  /** Clears an entry of any table. */
  CachedGuest clear(long table, int index) {
    return store(table, index, 0);
  }

  private CachedGuest store(long table, int index, int value) {
    long address = ExampleGuest.address(table, index);
    guest.memory().write(address, value);
    admissible.stored(address);
    return this;
  }

  /** The guest frames that a page may be translated to. */
  Set<Long> frames(long page) {
    Set<Long> frames = new HashSet<>();
    admissible.forEach(page, translation -> frames.add(translation.frame(page)));
    return frames;
  }

  /** The guest frames of the tables that partial walks may have reached. */
  Set<Long> tables() {
    Set<Long> tables = new HashSet<>();
    admissible.walks().forEach(walk -> tables.add(walk.table()));
    return tables;
  }

  List<Translation> invalidatePage(long page) {
    return admissible.drop(Invalidation.ofPage(page, admissible.control()));
  }

  List<Translation> deliverFault(long page) {
    return admissible.drop(Invalidation.ofDeliveredFault(page, admissible.control()));
  }

  List<Translation> reloadRoot() {
    return write(ControlRegister.CR3, admissible.control().cr3());
  }

  /** Writes a control register, with what that obliges to forget. */
  List<Translation> write(ControlRegister register, long value) {
    ControlState before = admissible.control();
    ControlState after = before.with(register, value);
    return admissible.controlWritten(
        after,
        Invalidation.ofControlWrite(
                new Event.ControlWrite(VCPU, register, before, after), walker.profile())
            .stream()
            .toList());
  }
}
