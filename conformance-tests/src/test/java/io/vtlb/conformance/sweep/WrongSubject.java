package io.vtlb.conformance.sweep;

import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlRegister;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vendor;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.PartialWalk;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.paging.WalkRights;
import io.vtlb.model.target.GuestMemory;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;

/** Mistakes that a walker or a permission check could make, each on top of the model. */
@SuppressWarnings("ImmutableEnumChecker") // its source is a lambda without state
enum WrongSubject implements Subject.Source {
  XD_ALLOWED_WITHOUT_NXE(
      profile -> walking(profile, seen -> set(seen, ControlRegister.EFER, ControlState.EFER_NXE))),
  SIZE_BIT_COUNTS_WITHOUT_PSE(
      profile -> walking(profile, seen -> set(seen, ControlRegister.CR4, ControlState.CR4_PSE))),
  GLOBAL_WITHOUT_PGE(
      profile -> walking(profile, seen -> set(seen, ControlRegister.CR4, ControlState.CR4_PGE))),
  PCID_FORGOTTEN(profile -> walking(profile, seen -> clear(seen, ControlRegister.CR4, 1L << 17))),
  NOTHING_RESERVED_ABOVE_THE_ADDRESS(profile ->
      Subject.model(new Profile("wide", profile.vendor(), 52, profile.capabilities(), true))),
  EVERY_VENDOR_IS_INTEL(profile ->
      Subject.model(
          new Profile(
              "Intel", Vendor.INTEL, profile.physicalAddressBits(), profile.capabilities(), true))),
  USER_OF_THE_LEAF_ONLY(profile ->
      ending(
          profile,
          (rights, leaf) ->
              new WalkRights(rights.writable(), (leaf & 4) != 0, rights.executable()))),
  WRITABLE_OF_THE_LEAF_ONLY(profile ->
      ending(
          profile,
          (rights, leaf) -> new WalkRights((leaf & 2) != 0, rights.user(), rights.executable()))),
  XD_OF_THE_LEAF_ONLY(profile ->
      ending(
          profile, (rights, leaf) -> new WalkRights(rights.writable(), rights.user(), leaf >= 0))),
  KEYS_IGNORED(profile ->
      judging(
          profile,
          seen -> seen,
          asked -> new Access(asked.address(), asked.kind(), asked.set()),
          told -> told)),
  KEYS_WITHOUT_PKE(profile ->
      judging(
          profile,
          seen -> set(seen, ControlRegister.CR4, ControlState.CR4_PKE),
          asked -> asked,
          told -> told)),
  WP_IGNORED(profile ->
      judging(
          profile,
          seen -> clear(seen, ControlRegister.CR0, ControlState.CR0_WP),
          asked -> asked,
          told -> told)),
  SMEP_IGNORED(profile ->
      judging(
          profile,
          seen -> clear(seen, ControlRegister.CR4, ControlState.CR4_SMEP),
          asked -> asked,
          told -> told)),
  SMAP_DESPITE_AC(profile ->
      judging(
          profile,
          seen -> seen,
          asked ->
              asked.set() == PrivilegeSet.SUPERVISOR_AC
                  ? new Access(
                      asked.address(),
                      asked.kind(),
                      PrivilegeSet.SUPERVISOR,
                      asked.pkru(),
                      asked.bytes())
                  : asked,
          told -> told)),
  PK_NOT_TOLD(profile ->
      judging(profile, seen -> seen, asked -> asked, told -> told == -1 ? told : told & ~0x20)),
  RSVD_NOT_TOLD(profile ->
      judging(profile, seen -> seen, asked -> asked, told -> told == -1 ? told : told & ~8));

  /** Changes the rights that a walk ends with, knowing the leaf. */
  private interface Rights {
    WalkRights instead(WalkRights rights, long leaf);
  }

  /** How an access is judged: by which control state, as which access, told how. */
  private record Judging(
      Subject model,
      UnaryOperator<ControlState> walkedUnder,
      UnaryOperator<ControlState> judgedUnder,
      UnaryOperator<Access> asked,
      IntUnaryOperator told,
      Rights rights)
      implements Subject {

    @Override
    public GuestWalk walk(GuestMemory memory, ControlState control, long page) {
      return changed(model.walk(memory, walkedUnder.apply(control), page));
    }

    @Override
    public GuestWalk walkFrom(
        PartialWalk start, GuestMemory memory, ControlState control, long page) {
      return changed(model.walkFrom(start, memory, walkedUnder.apply(control), page));
    }

    @Override
    public int outcome(GuestWalk.End end, Access access, ControlState control) {
      return told.applyAsInt(model.outcome(end, asked.apply(access), judgedUnder.apply(control)));
    }

    private GuestWalk changed(GuestWalk walk) {
      if (!(walk.end() instanceof GuestWalk.End.Reached(Translation found))) {
        return walk;
      }
      return new GuestWalk(
          walk.steps(),
          new GuestWalk.End.Reached(
              new Translation(
                  found.page(),
                  found.pages(),
                  found.frame(),
                  rights.instead(found.rights(), walk.last().entry()),
                  found.key(),
                  found.pcid(),
                  found.global(),
                  found.dirty())));
    }
  }

  private final Subject.Source source;

  WrongSubject(Subject.Source source) {
    this.source = source;
  }

  @Override
  public Subject of(Profile profile) {
    return source.of(profile);
  }

  private static Subject walking(Profile profile, UnaryOperator<ControlState> seen) {
    return new Judging(
        Subject.model(profile), seen, as -> as, as -> as, told -> told, (rights, leaf) -> rights);
  }

  private static Subject ending(Profile profile, Rights rights) {
    return new Judging(Subject.model(profile), as -> as, as -> as, as -> as, told -> told, rights);
  }

  private static Subject judging(
      Profile profile,
      UnaryOperator<ControlState> seen,
      UnaryOperator<Access> asked,
      IntUnaryOperator told) {
    return new Judging(
        Subject.model(profile), as -> as, seen, asked, told, (rights, leaf) -> rights);
  }

  private static ControlState set(ControlState control, ControlRegister register, long bits) {
    return control.with(register, control.get(register) | bits);
  }

  private static ControlState clear(ControlState control, ControlRegister register, long bits) {
    return control.with(register, control.get(register) & ~bits);
  }
}
