package io.vtlb.specs.cell;

import io.vtlb.model.event.EventCause;
import io.vtlb.model.machine.PrivilegeSet;
import java.util.Comparator;
import java.util.Locale;

/**
 * What an event was for one slot, which is a page and a privilege set: the page and set of a
 * fault's access, any other slot for events that name none.
 *
 * @param event what happened
 * @param cause why, by the walk from the root of memory as it was
 * @param before what the slot's active entry was
 * @param set the slot's privilege set
 * @param edit what the guest last did to the page since it was flushed
 * @param size the size at which the page's walk ended
 */
public record Cell(
    EventKind event, EventCause cause, Before before, PrivilegeSet set, Edit edit, CellSize size)
    implements Comparable<Cell> {

  private static final Comparator<Cell> ORDER =
      Comparator.comparing(Cell::event)
          .thenComparing(Cell::cause)
          .thenComparing(Cell::before)
          .thenComparing(Cell::set)
          .thenComparing(Cell::edit)
          .thenComparing(Cell::size);

  /** How many cells there are, possible or not. */
  public static final int COUNT =
      EventKind.values().length
          * EventCause.values().length
          * Before.values().length
          * PrivilegeSet.values().length
          * Edit.values().length
          * CellSize.values().length;

  /** Its number, from 0 to {@link #COUNT}, in the order of cells. */
  @SuppressWarnings("EnumOrdinal") // numbers live no longer than a run
  public int number() {
    int number = event.ordinal();
    number = number * EventCause.values().length + cause.ordinal();
    number = number * Before.values().length + before.ordinal();
    number = number * PrivilegeSet.values().length + set.ordinal();
    number = number * Edit.values().length + edit.ordinal();
    return number * CellSize.values().length + size.ordinal();
  }

  /** The cell with a number. */
  @SuppressWarnings("EnumOrdinal")
  public static Cell of(int number) {
    int rest = number;
    CellSize size = CellSize.values()[rest % CellSize.values().length];
    rest /= CellSize.values().length;
    Edit edit = Edit.values()[rest % Edit.values().length];
    rest /= Edit.values().length;
    PrivilegeSet set = PrivilegeSet.values()[rest % PrivilegeSet.values().length];
    rest /= PrivilegeSet.values().length;
    Before before = Before.values()[rest % Before.values().length];
    rest /= Before.values().length;
    EventCause cause = EventCause.values()[rest % EventCause.values().length];
    return new Cell(
        EventKind.values()[rest / EventCause.values().length], cause, before, set, edit, size);
  }

  /** Its six words, separated by slashes. */
  public String word() {
    return String.join(
        "/", event.word(), lower(cause), before.word(), lower(set), edit.word(), size.word());
  }

  /**
   * The cell that {@link #word} gives.
   *
   * @throws IllegalArgumentException if it is the word of none
   */
  public static Cell of(String word) {
    String[] part = word.toUpperCase(Locale.ROOT).replace('-', '_').split("/", -1);
    if (part.length != 6) {
      throw new IllegalArgumentException("a cell has six words, unlike " + word);
    }
    return new Cell(
        EventKind.valueOf(part[0]),
        EventCause.valueOf(part[1]),
        Before.valueOf(part[2]),
        PrivilegeSet.valueOf(part[3]),
        Edit.valueOf(part[4]),
        CellSize.valueOf("SIZE_" + part[5]));
  }

  private static String lower(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public int compareTo(Cell other) {
    return ORDER.compare(this, other);
  }
}
