package io.vtlb.conformance.recording;

import io.vtlb.model.machine.Access;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.paging.Level;
import io.vtlb.model.paging.PagingMode;
import io.vtlb.model.target.GuestMemory;
import java.util.function.UnaryOperator;

/**
 * The reference model, made wrong on purpose: it is told of another processor, control state,
 * access or entry than there is, or its answer is changed.
 */
record Misled(
    AccessModel model,
    Profile profile,
    UnaryOperator<ControlState> control,
    UnaryOperator<Access> access,
    Rewrite rewrite,
    Twist twist)
    implements AccessModel {

  /** What becomes of an entry that a walk reads from memory. */
  @FunctionalInterface
  interface Rewrite {

    long of(long entry, Place place);
  }

  /** Where a walk reads an entry. */
  record Place(Level level, boolean leaf, PagingMode mode, ControlState control, Profile profile) {

    /** The bits that must be clear in an entry here. */
    long reservedBits() {
      return mode.format().reservedBits(level, leaf, control, profile);
    }

    boolean noExecute() {
      return control.noExecute() && mode.format().bytes() == Long.BYTES;
    }
  }

  /** What becomes of the model's answer. */
  @FunctionalInterface
  interface Twist {

    Prediction of(Prediction right, Access access, ControlState control);
  }

  static AccessModel.Factory profile(UnaryOperator<Profile> change) {
    return (mode, profile) -> new ArchitecturalModel(mode, change.apply(profile));
  }

  static AccessModel.Factory control(UnaryOperator<ControlState> change) {
    return misled(change, access -> access, (entry, place) -> entry, (right, a, c) -> right);
  }

  static AccessModel.Factory access(UnaryOperator<Access> change) {
    return misled(control -> control, change, (entry, place) -> entry, (right, a, c) -> right);
  }

  static AccessModel.Factory entry(Rewrite rewrite) {
    return misled(control -> control, access -> access, rewrite, (right, a, c) -> right);
  }

  static AccessModel.Factory answer(Twist twist) {
    return misled(control -> control, access -> access, (entry, place) -> entry, twist);
  }

  static AccessModel.Factory misled(
      UnaryOperator<ControlState> control,
      UnaryOperator<Access> access,
      Rewrite rewrite,
      Twist twist) {
    return (mode, profile) ->
        new Misled(new ArchitecturalModel(mode, profile), profile, control, access, rewrite, twist);
  }

  @Override
  public PagingMode mode() {
    return model.mode();
  }

  @Override
  public Prediction predict(Access real, ControlState state, GuestMemory memory) {
    ControlState told = control.apply(state);
    Prediction answer = model.predict(access.apply(real), told, new Rewritten(memory, state));
    return twist.of(answer, real, state);
  }

  /** Guest memory whose entries are read as something else; for one walk. */
  private final class Rewritten implements GuestMemory {

    private final GuestMemory memory;
    private final ControlState control;
    private int depth;

    Rewritten(GuestMemory memory, ControlState control) {
      this.memory = memory;
      this.control = control;
    }

    @Override
    public long read(long physicalAddress, int bytes) {
      long entry = memory.read(physicalAddress, bytes);
      Level level = mode().level(depth++);
      boolean leaf =
          switch (level.leaf()) {
            case ALWAYS -> true;
            case NEVER -> false;
            case BY_SIZE_BIT ->
                (entry & 1 << 7) != 0 && mode().format().sizeBitCounts(level, control, profile);
          };
      return level.inMemory()
          ? rewrite.of(entry, new Place(level, leaf, mode(), control, profile))
          : entry;
    }

    @Override
    public boolean compareAndSet(long physicalAddress, int bytes, long expected, long replacement) {
      return memory.compareAndSet(physicalAddress, bytes, expected, replacement);
    }

    @Override
    public void store(long physicalAddress, int bytes, long value) {
      memory.store(physicalAddress, bytes, value);
    }
  }
}
