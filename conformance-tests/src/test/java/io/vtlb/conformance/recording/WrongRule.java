package io.vtlb.conformance.recording;

import io.vtlb.conformance.recording.BitUpdate.Bit;
import io.vtlb.conformance.recording.Misled.Place;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vendor;
import io.vtlb.model.paging.EntryBits;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.Permission;
import io.vtlb.model.paging.Translation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A model with one wrong rule, which recordings should notice. */
record WrongRule(String name, AccessModel.Factory model) {

  private static final long NO_EXECUTE = 1L << 63;
  private static final long ABOVE_ADDRESSES = 0x7FFL << 52;
  private static final long LOW_BITS_2M = 0xFFL << 13;

  /** A bit that both vendors reserve in every eight-byte entry of the recorded processor. */
  private static final long RESERVED = 1L << 51;

  /** The rules, in the order of the recordings' own table, and then those that it does not have. */
  static List<WrongRule> all() {
    List<WrongRule> rules = new ArrayList<>();
    rules.addAll(reservedBits());
    rules.addAll(protection());
    rules.addAll(codes());
    rules.addAll(combining());
    rules.addAll(bits());
    rules.addAll(sizes());
    return rules;
  }

  @Override
  public String toString() {
    return name;
  }

  private static WrongRule profile(String name, UnaryOperator<Profile> change) {
    return new WrongRule(name, Misled.profile(change));
  }

  private static WrongRule cr0(String name, long set, long clear) {
    return new WrongRule(
        name,
        Misled.control(state ->
            new ControlState(
                (state.cr0() & ~clear) | set, state.cr3(), state.cr4(), state.efer())));
  }

  private static WrongRule cr4(String name, long set, long clear) {
    return new WrongRule(
        name,
        Misled.control(state ->
            new ControlState(
                state.cr0(), state.cr3(), (state.cr4() & ~clear) | set, state.efer())));
  }

  private static WrongRule entry(String name, Misled.Rewrite rewrite) {
    return new WrongRule(name, Misled.entry(rewrite));
  }

  private static List<WrongRule> reservedBits() {
    return List.of(
        entry("no reserved bits", (entry, place) -> entry & ~place.reservedBits()),
        entry(
            "NX not reserved when NXE=0",
            (entry, place) ->
                place.control().noExecute() ? entry : entry & ~(NO_EXECUTE & wide(place))),
        profile("no MAXPHYADDR check", real -> with(real, real.vendor(), 52, real.capabilities())),
        entry(
            "PAE bits 62:52 ignored",
            (entry, place) ->
                place.mode().equals(PagingMode.PAE) ? entry & ~ABOVE_ADDRESSES : entry),
        entry(
            "large-page low bits ignored",
            (entry, place) ->
                place.leaf() && place.level().pages() == PageSize.LARGE_2M
                    ? entry & ~LOW_BITS_2M
                    : entry),
        entry(
            "bit 8 reserved in PDPTEs too",
            (entry, place) ->
                place.level().pages() == PageSize.LARGE_1G
                        && !place.leaf()
                        && (entry & EntryBits.GLOBAL) != 0
                    ? entry | RESERVED
                    : entry),
        entry(
            "PML4E.PS ignored",
            (entry, place) ->
                place.level().name().equals("PML4E") ? entry & ~EntryBits.LARGE : entry),
        profile(
            "PML4E bit 8 ignored (Intel)",
            real -> with(real, Vendor.INTEL, real.physicalAddressBits(), real.capabilities())));
  }

  private static long wide(Place place) {
    return place.mode().format().bytes() == Long.BYTES ? -1 : 0;
  }

  private static Profile with(
      Profile real, Vendor vendor, int addressBits, Set<Capability> capabilities) {
    return new Profile(real.name(), vendor, addressBits, capabilities, real.spuriousFaults());
  }

  private static Profile without(Profile real, Capability capability) {
    Set<Capability> others = EnumSet.noneOf(Capability.class);
    others.addAll(real.capabilities());
    others.remove(capability);
    return with(real, real.vendor(), real.physicalAddressBits(), others);
  }

  private static List<WrongRule> protection() {
    return List.of(
        cr0("WP always 1", ControlState.CR0_WP, 0),
        cr0("WP always 0", 0, ControlState.CR0_WP),
        new WrongRule(
            "no SMEP",
            Misled.misled(
                state ->
                    new ControlState(
                        state.cr0(),
                        state.cr3(),
                        state.cr4() & ~ControlState.CR4_SMEP,
                        state.efer()),
                access -> access,
                (entry, place) -> entry,
                WrongRule::tellFetches)),
        cr4("no SMAP", 0, ControlState.CR4_SMAP),
        new WrongRule(
            "SMAP ignores AC",
            Misled.access(real ->
                real.set() == PrivilegeSet.SUPERVISOR_AC
                    ? new Access(real.address(), real.kind(), PrivilegeSet.SUPERVISOR)
                    : real)),
        new WrongRule(
            "AC always set",
            Misled.misled(
                state -> state,
                real ->
                    real.isUser()
                        ? real
                        : new Access(real.address(), real.kind(), PrivilegeSet.SUPERVISOR_AC),
                (entry, place) -> entry,
                (right, access, control) -> right)),
        new WrongRule("SMAP covers fetches", Misled.answer(WrongRule::denyFetches)));
  }

  /** The I/D bit as the real control state has it told. */
  private static Prediction tellFetches(Prediction right, Access access, ControlState control) {
    return code(right, bits -> bits | Permission.notPresent(access, control).bits());
  }

  private static Prediction denyFetches(Prediction right, Access access, ControlState control) {
    boolean denied =
        right instanceof Prediction.Completes
            && access.isFetch()
            && right.translation().filter(found -> found.rights().user()).isPresent()
            && !Permission.permits(
                right.translation().orElseThrow().rights(),
                new Access(access.address(), AccessKind.LOAD, access.set()),
                control);
    return denied
        ? new Prediction.Faults(
            right.walk(), Permission.denied(right.translation().orElseThrow(), access, control))
        : right;
  }

  private static Prediction code(Prediction right, IntUnaryOperator change) {
    return switch (right) {
      case Prediction.Completes completes -> completes;
      case Prediction.Faults(GuestWalk walk, FaultCode fault) ->
          new Prediction.Faults(walk, new FaultCode(change.applyAsInt(fault.bits())));
    };
  }

  private static WrongRule fetchBit(String name, Misled.Twist twist) {
    return new WrongRule(name, Misled.answer(twist));
  }

  private static List<WrongRule> codes() {
    return List.of(
        fetchBit(
            "I/D bit only with NXE",
            (right, access, control) ->
                control.noExecute() ? right : code(right, bits -> bits & ~FaultCode.FETCH)),
        fetchBit(
            "I/D bit always",
            (right, access, control) ->
                access.isFetch() ? code(right, bits -> bits | FaultCode.FETCH) : right),
        fetchBit(
            "I/D bit never",
            (right, access, control) -> code(right, bits -> bits & ~FaultCode.FETCH)),
        fetchBit(
            "P bit never",
            (right, access, control) ->
                code(
                    right,
                    bits -> (bits & FaultCode.RESERVED) != 0 ? bits : bits & ~FaultCode.PRESENT)));
  }

  private static List<WrongRule> combining() {
    return List.of(
        entry(
            "U of the leaf only", (entry, place) -> place.leaf() ? entry : entry | EntryBits.USER),
        entry(
            "W of the leaf only",
            (entry, place) -> place.leaf() ? entry : entry | EntryBits.WRITABLE),
        entry(
            "NX of the leaf only",
            (entry, place) -> !place.leaf() && place.noExecute() ? entry & ~NO_EXECUTE : entry),
        entry("NX ignored", (entry, place) -> place.noExecute() ? entry & ~NO_EXECUTE : entry));
  }

  private static List<WrongRule> bits() {
    return List.of(
        new WrongRule(
            "A of the leaf only",
            Misled.answer((right, access, control) ->
                updates(
                    right,
                    update ->
                        update.bit() == Bit.D
                            || update.address() == right.walk().last().address()))),
        new WrongRule(
            "A never",
            Misled.answer(
                (right, access, control) -> updates(right, update -> update.bit() == Bit.D))),
        new WrongRule(
            "D on every access", Misled.answer((right, access, control) -> dirtied(right))),
        new WrongRule(
            "D never",
            Misled.answer(
                (right, access, control) -> updates(right, update -> update.bit() == Bit.A))),
        new WrongRule(
            "A of PDPTE registers",
            Misled.answer((right, access, control) -> registerAccessed(right, control))));
  }

  private static Prediction updates(Prediction right, Predicate<BitUpdate> kept) {
    return switch (right) {
      case Prediction.Completes(GuestWalk walk, List<BitUpdate> updates) ->
          new Prediction.Completes(walk, updates.stream().filter(kept).toList());
      case Prediction.Faults faults -> faults;
    };
  }

  private static Prediction adding(Prediction right, BitUpdate update) {
    List<BitUpdate> all = new ArrayList<>(right.updates());
    all.add(update);
    return new Prediction.Completes(right.walk(), all);
  }

  private static Prediction dirtied(Prediction right) {
    GuestWalk.Step leaf = right.walk().last();
    BitUpdate dirty = new BitUpdate(Bit.D, leaf.address());
    boolean already = (leaf.entry() & EntryBits.DIRTY) != 0 || right.updates().contains(dirty);
    return right.code().isPresent() || already ? right : adding(right, dirty);
  }

  private static Prediction registerAccessed(Prediction right, ControlState control) {
    return right.code().isPresent() || right.walk().steps().getFirst().level().inMemory()
        ? right
        : adding(right, new BitUpdate(Bit.A, control.cr3()));
  }

  private static List<WrongRule> sizes() {
    return List.of(
        cr4("CR4.PSE ignored", ControlState.CR4_PSE, 0),
        cr4("no large pages of 32-bit paging", 0, ControlState.CR4_PSE),
        profile("no 1 GiB pages", real -> without(real, Capability.PAGES_1G)),
        profile("no PSE-36", real -> without(real, Capability.PSE36)),
        new WrongRule(
            "large page as 4 KiB",
            Misled.answer((right, access, control) -> firstFrame(right, access))));
  }

  private static Prediction firstFrame(Prediction right, Access access) {
    return switch (right) {
      case Prediction.Completes(
              GuestWalk(List<GuestWalk.Step> steps, GuestWalk.End.Reached(Translation found)),
              List<BitUpdate> updates) ->
          new Prediction.Completes(
              new GuestWalk(
                  steps,
                  new GuestWalk.End.Reached(
                      new Translation(
                          access.page(),
                          1,
                          found.frame(),
                          found.rights(),
                          found.key(),
                          found.pcid(),
                          found.global(),
                          found.dirty()))),
              updates);
      case Prediction.Completes completes -> completes;
      case Prediction.Faults faults -> faults;
    };
  }
}
