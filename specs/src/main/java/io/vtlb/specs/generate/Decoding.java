package io.vtlb.specs.generate;

import io.vtlb.model.event.EventCause;
import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.PrivilegeSet;
import io.vtlb.specs.cell.Before;
import io.vtlb.specs.cell.Cell;
import io.vtlb.specs.cell.CellSize;
import io.vtlb.specs.cell.Edit;
import io.vtlb.specs.cell.EventKind;
import java.util.List;
import java.util.Locale;

/** What values of the specification's datatypes are in terms of the model. */
final class Decoding {

  private static final List<String> TYPES =
      List.of("one-address", "one-context", "all-contexts", "all-but-globals");

  private Decoding() {}

  static SmallOperation operation(Value value) {
    return switch (value.constructor()) {
      case "touch" -> new SmallOperation.Touch(word(AccessKind.class, value.field(0)));
      case "edit" ->
          new SmallOperation.Edit(word(Place.class, value.field(0)), value.field(1).bits());
      case "invalidate-page" -> new SmallOperation.InvalidatePage();
      case "invalidate-neighbour" -> new SmallOperation.InvalidateNeighbour();
      case "invalidate-context" ->
          new SmallOperation.InvalidateContext(
              SmallOperation.TYPES.get(TYPES.indexOf(value.field(0).constructor())),
              (int) value.field(1).bits());
      case "load-root" ->
          new SmallOperation.LoadRoot((int) value.field(0).bits(), value.field(1).holds());
      case "toggle-cr0" -> new SmallOperation.ToggleCr0(value.field(0).bits());
      case "toggle-cr4" -> new SmallOperation.ToggleCr4(value.field(0).bits());
      case "toggle-efer" -> new SmallOperation.ToggleEfer();
      case "enter-level" -> new SmallOperation.EnterLevel((int) value.field(0).bits());
      case "toggle-alignment-check" -> new SmallOperation.ToggleAlignmentCheck();
      case "write-keys" -> new SmallOperation.WriteKeys((int) value.field(0).bits());
      case "host-acts" -> new SmallOperation.HostActs(word(HostAct.class, value.field(0)));
      default -> throw new IllegalStateException("no operation: " + value);
    };
  }

  static Cell cell(Value value) {
    return new Cell(
        word(EventKind.class, value.field(0)),
        cause(value.field(1)),
        Before.valueOf(name(value.field(2)).substring("WAS_".length())),
        word(PrivilegeSet.class, value.field(3)),
        word(Edit.class, value.field(4)),
        word(CellSize.class, value.field(5)));
  }

  static EventCause cause(Value value) {
    return value.constructor().equals("to-a-device")
        ? EventCause.DEVICE_ACCESS
        : word(EventCause.class, value);
  }

  static Seen seen(Value value) {
    return switch (value.constructor()) {
      case "reads" -> new Seen.Reads(value.field(0).bits());
      case "faults" -> new Seen.Faults((int) value.field(0).bits());
      case "reaches-device" -> new Seen.ReachesDevice();
      case "goes-on" -> new Seen.GoesOn();
      default -> throw new IllegalStateException("no outcome: " + value);
    };
  }

  /** The word that a cell has for one of its components' constructors. */
  static String word(String constructor) {
    return constructor.equals("to-a-device")
        ? "device-access"
        : constructor.replaceFirst("^(was|size)-", "");
  }

  /** An active entry in the words of a {@link Prediction}. */
  static String active(Value value) {
    return value.constructor().equals("absent")
        ? Prediction.ABSENT
        : Prediction.active(
            value.field(0).bits(),
            value.field(1).holds(),
            value.field(2).holds(),
            value.field(3).holds(),
            value.field(4).holds());
  }

  private static <E extends Enum<E>> E word(Class<E> type, Value value) {
    return Enum.valueOf(type, name(value));
  }

  private static String name(Value value) {
    return value.constructor().toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
