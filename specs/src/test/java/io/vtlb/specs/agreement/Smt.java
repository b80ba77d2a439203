package io.vtlb.specs.agreement;

import io.vtlb.model.event.Event;
import io.vtlb.model.event.EventCause;
import io.vtlb.model.event.Response;
import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.AccessRights;
import io.vtlb.model.machine.Capability;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.FaultCode;
import io.vtlb.model.machine.InvalidationType;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.machine.Vendor;
import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.paging.EntryBits;
import io.vtlb.model.paging.EntryMeaning;
import io.vtlb.model.paging.GuestWalk;
import io.vtlb.model.paging.Level;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.paging.Translation;
import io.vtlb.model.paging.WalkRights;
import io.vtlb.model.target.ActiveEntry;
import io.vtlb.specs.evaluation.Constructor;
import io.vtlb.specs.evaluation.Evaluator;
import io.vtlb.specs.evaluation.Function;
import io.vtlb.specs.evaluation.Value;
import io.vtlb.specs.smt.Specification;
import java.util.List;

/** The definitions, ready to be applied, and what the model speaks of in their terms. */
final class Smt {

  private static final Evaluator EVALUATOR =
      Evaluator.of(
          Specification.load().definitions().compose(List.of("transition", "host", "memory")));
  private static final Constructor PROFILE = constructor("profile");
  private static final Constructor CONTROL = constructor("control");
  private static final Constructor ACCESS = constructor("access");
  private static final Constructor RIGHTS = constructor("rights");
  private static final Constructor TRANSLATION = constructor("translation");
  private static final Constructor ENDS_REACHED = constructor("ends-reached");
  private static final Constructor PRESENT = constructor("present");

  private Smt() {}

  static Function function(String name) {
    return EVALUATOR.function(name);
  }

  static Constructor constructor(String name) {
    return EVALUATOR.constructor(name);
  }

  /** A value that is a name and nothing else. */
  static Value constant(String name) {
    return constructor(name).of();
  }

  static Value bits(long bits) {
    return Value.of(bits);
  }

  static Value truth(boolean truth) {
    return Value.of(truth);
  }

  static Value profile(Profile profile) {
    return PROFILE.of(
        constant(profile.vendor() == Vendor.AMD ? "amd" : "intel"),
        bits((1L << 52) - (1L << profile.physicalAddressBits())),
        truth(profile.has(Capability.PSE36)),
        truth(profile.has(Capability.PAGES_1G)));
  }

  static Value control(ControlState control) {
    return CONTROL.of(
        bits(control.cr0()), bits(control.cr3()), bits(control.cr4()), bits(control.efer()));
  }

  static Value mode(PagingMode mode) {
    return constant(
        List.of("no-paging", "two-level", "pae", "four-level", "five-level")
            .get(PagingMode.ALL.indexOf(mode)));
  }

  /** Levels are counted from the leaves there, and from the root here. */
  static Value level(Level level, PagingMode mode) {
    return bits(mode.levels().size() - mode.levels().indexOf(level));
  }

  static Value meaning(EntryMeaning meaning) {
    return constant(
        switch (meaning) {
          case NOT_PRESENT -> "not-present";
          case RESERVED -> "reserved";
          case TABLE -> "table";
          case LEAF -> "leaf";
        });
  }

  static Value size(long pages) {
    if (pages == 1) {
      return constant("size-4k");
    }
    if (pages == PageSize.LARGE_2M) {
      return constant("size-2m");
    }
    if (pages == PageSize.LARGE_4M) {
      return constant("size-4m");
    }
    return constant(
        pages == PageSize.LARGE_1G ? "size-1g" : pages == 1L << 27 ? "size-512g" : "size-256t");
  }

  static Value set(PrivilegeSet set) {
    return constant(
        switch (set) {
          case SUPERVISOR -> "supervisor";
          case USER -> "user";
          case SUPERVISOR_AC -> "supervisor-ac";
        });
  }

  static Value kind(AccessKind kind) {
    return constant(
        switch (kind) {
          case LOAD -> "load";
          case STORE -> "store";
          case FETCH -> "fetch";
        });
  }

  static Value access(Access access) {
    return ACCESS.of(
        bits(access.page()),
        kind(access.kind()),
        set(access.set()),
        bits(Integer.toUnsignedLong(access.pkru())));
  }

  static Value code(FaultCode code) {
    return bits(code.bits());
  }

  static Value rights(WalkRights rights) {
    return RIGHTS.of(truth(rights.writable()), truth(rights.user()), truth(rights.executable()));
  }

  static Value translation(Translation translation) {
    return TRANSLATION.of(
        bits(translation.page()),
        size(translation.pages()),
        bits(translation.frame()),
        rights(translation.rights()),
        bits(translation.key()),
        bits(translation.pcid()),
        truth(translation.global()),
        truth(translation.dirty()));
  }

  static Value walk(GuestWalk walk) {
    return switch (walk.end()) {
      case GuestWalk.End.NotPresent() -> constant("ends-not-present");
      case GuestWalk.End.Reserved() -> constant("ends-reserved");
      case GuestWalk.End.Reached(Translation translation) ->
          ENDS_REACHED.of(
              translation(translation),
              truth(
                  walk.steps().stream()
                      .allMatch(step ->
                          !step.level().inMemory() || (step.entry() & EntryBits.ACCESSED) != 0)));
    };
  }

  static Value invalidationType(InvalidationType type) {
    return constant(
        switch (type) {
          case ADDRESS -> "one-address";
          case SINGLE_CONTEXT -> "one-context";
          case ALL_CONTEXTS -> "all-contexts";
          case ALL_CONTEXTS_KEEPING_GLOBALS -> "all-but-globals";
        });
  }

  static Value write(Event.ControlWrite write) {
    return switch (write.register()) {
      case CR0 -> constant("write-cr0");
      case CR3 -> constructor("write-cr3").of(truth(write.keepsTranslations()));
      case CR4 -> constant("write-cr4");
      case EFER -> constant("write-efer");
    };
  }

  /** An active entry, and the translation that it is from. */
  static Value active(ActiveEntry entry, Value source) {
    AccessRights rights = entry.rights();
    return PRESENT.of(
        bits(entry.hostFrame()),
        truth(rights.read()),
        truth(rights.write()),
        truth(rights.execute()),
        truth(entry.key() != ActiveEntry.NO_KEY),
        source);
  }

  /** The translation of a value. */
  static Translation translation(Value value) {
    Value.Datum datum = (Value.Datum) value;
    Value.Datum rights = (Value.Datum) datum.field("rights-of");
    return new Translation(
        datum.field("first-page").bits(),
        pages(datum.field("size")),
        datum.field("first-frame").bits(),
        new WalkRights(
            rights.field("writable").isTrue(),
            rights.field("user-accessible").isTrue(),
            rights.field("executable").isTrue()),
        (int) datum.field("key").bits(),
        (int) datum.field("pcid").bits(),
        datum.field("global").isTrue(),
        datum.field("dirty").isTrue());
  }

  private static int pages(Value size) {
    return switch (size.constructorName()) {
      case "size-4k" -> 1;
      case "size-2m" -> PageSize.LARGE_2M;
      case "size-4m" -> PageSize.LARGE_4M;
      case "size-1g" -> PageSize.LARGE_1G;
      default -> throw new IllegalArgumentException("no page has size " + size);
    };
  }

  /** An event; what it says of a page is numbered as the mode has it, save that of INVPCID. */
  static Value event(Event event, ControlState before) {
    return switch (event) {
      case Event.PageFault fault -> constructor("page-fault").of(access(fault.access()));
      case Event.InvalidatePage invalidate ->
          manipulation(
              constructor("invlpg")
                  .of(
                      bits(
                          PagingMode.of(before)
                              .canonicalPage(PageSize.page(invalidate.address())))));
      case Event.InvalidatePcid invalidate ->
          manipulation(
              constructor("invpcid")
                  .of(
                      invalidationType(invalidate.type()),
                      bits(invalidate.pcid()),
                      bits(PageSize.page(invalidate.address()))));
      case Event.ControlWrite write -> manipulation(write(write));
      case Event.PrivilegeChange change ->
          constructor("privilege-change").of(bits(change.from()), bits(change.to()));
    };
  }

  private static Value manipulation(Value what) {
    return constructor("manipulation").of(what);
  }

  static Value action(Response.Action action) {
    return switch (action) {
      case Response.Action.Resume resume -> constant("resume");
      case Response.Action.InjectPageFault(FaultCode code, long address) ->
          constructor("inject").of(code(code));
      case Response.Action.DeviceAccess device -> constant("device-access");
      case Response.Action.StoreEmulated emulated ->
          throw new IllegalArgumentException("the definitions emulate no store");
    };
  }

  static Value cause(EventCause cause) {
    return constant(
        switch (cause) {
          case GUEST_PAGE_FAULT -> "guest-page-fault";
          case INCONSISTENCY -> "inconsistency";
          case SPURIOUS -> "spurious";
          case DEVICE_ACCESS -> "to-a-device";
          case TLB_MANIPULATION -> "tlb-manipulation";
          case CONTROL_CHANGE -> "control-change";
          case PRIVILEGE_SET_CHANGE -> "privilege-set-change";
          case PRIVILEGE_CHANGE_WITHIN_SET -> "privilege-change-within-set";
        });
  }

  /**
   * An operation of the host.
   *
   * @param logged whether the host asks to know of stores to frames that are mapped
   */
  static Value hostOperation(HostOperation operation, boolean logged) {
    return switch (operation) {
      case HostOperation.MapFrames(int vm, long first, long to, long count) ->
          constructor("map-frames").of(bits(first), bits(count), bits(to), truth(logged));
      case HostOperation.UnmapFrames(int vm, long first, long count) ->
          constructor("unmap-frames").of(bits(first), bits(count));
      case HostOperation.MoveFrames(int vm, long first, long to, long count) ->
          constructor("move-frames").of(bits(first), bits(count), bits(to));
      case HostOperation.ProtectFrames(int vm, long first, long count, boolean readOnly) ->
          constructor("protect-frames").of(bits(first), bits(count), truth(readOnly));
      case HostOperation.StartDirtyLog start -> constant("start-log");
      case HostOperation.HarvestDirtyLog harvest -> constant("harvest-log");
      case HostOperation.ResizePages resize -> throw unknown(operation);
      case HostOperation.CreateMachine create -> throw unknown(operation);
      case HostOperation.DestroyMachine destroy -> throw unknown(operation);
    };
  }

  private static IllegalArgumentException unknown(HostOperation operation) {
    return new IllegalArgumentException("the definitions have no " + operation);
  }
}
