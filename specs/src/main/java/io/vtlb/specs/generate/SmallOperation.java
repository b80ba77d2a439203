package io.vtlb.specs.generate;

import io.vtlb.model.machine.AccessKind;
import io.vtlb.model.machine.InvalidationType;
import java.util.List;
import java.util.Locale;

/** What the guest of a small world does, as {@code specs/smt/generation/operations.smt2} says. */
public sealed interface SmallOperation {

  /** Accesses the page. */
  record Touch(AccessKind kind) implements SmallOperation {}

  /** Stores an entry. */
  record Edit(Place place, long value) implements SmallOperation {}

  /** INVLPG of the page. */
  record InvalidatePage() implements SmallOperation {}

  /** INVLPG of another page under the same tables. */
  record InvalidateNeighbour() implements SmallOperation {}

  /** INVPCID, of the page where it names one. */
  record InvalidateContext(InvalidationType type, int pcid) implements SmallOperation {}

  /** MOV to CR3 of the same root. */
  record LoadRoot(int pcid, boolean keep) implements SmallOperation {}

  /** MOV to CR0 with one bit changed. */
  record ToggleCr0(long bit) implements SmallOperation {}

  /** MOV to CR4 with one bit changed. */
  record ToggleCr4(long bit) implements SmallOperation {}

  /** WRMSR of IA32_EFER with NXE changed. */
  record ToggleEfer() implements SmallOperation {}

  /** A change of the privilege level. */
  record EnterLevel(int cpl) implements SmallOperation {}

  /** A change of EFLAGS.AC. */
  record ToggleAlignmentCheck() implements SmallOperation {}

  /** WRPKRU. */
  record WriteKeys(int pkru) implements SmallOperation {}

  /** The host does something to the first frame, or to its log. */
  record HostActs(HostAct act) implements SmallOperation {}

  /** The operation in words, as a file of scenarios holds it. */
  default String words() {
    return switch (this) {
      case Touch(AccessKind kind) -> "touch " + kind.name().toLowerCase(Locale.ROOT);
      case Edit(Place place, long value) -> "edit %s 0x%x".formatted(place.word(), value);
      case InvalidatePage page -> "invalidate-page";
      case InvalidateNeighbour neighbour -> "invalidate-neighbour";
      case InvalidateContext(InvalidationType type, int pcid) ->
          "invalidate-context %d %d".formatted(TYPES.indexOf(type), pcid);
      case LoadRoot(int pcid, boolean keep) ->
          "load-root %d %s".formatted(pcid, keep ? "keep" : "flush");
      case ToggleCr0(long bit) -> "toggle-cr0 0x%x".formatted(bit);
      case ToggleCr4(long bit) -> "toggle-cr4 0x%x".formatted(bit);
      case ToggleEfer efer -> "toggle-efer";
      case EnterLevel(int cpl) -> "enter-level " + cpl;
      case ToggleAlignmentCheck check -> "toggle-alignment-check";
      case WriteKeys(int pkru) -> "write-keys 0x%x".formatted(pkru);
      case HostActs(HostAct act) -> "host " + act.word();
    };
  }

  /** The types of INVPCID, by their numbers in the manual. */
  List<InvalidationType> TYPES =
      List.of(
          InvalidationType.ADDRESS,
          InvalidationType.SINGLE_CONTEXT,
          InvalidationType.ALL_CONTEXTS,
          InvalidationType.ALL_CONTEXTS_KEEPING_GLOBALS);

  /**
   * The operation that {@link #words} gives.
   *
   * @throws IllegalArgumentException if it gives no such words
   */
  static SmallOperation of(String words) {
    String[] word = words.split(" ", -1);
    return switch (word[0]) {
      case "touch" -> new Touch(AccessKind.valueOf(word[1].toUpperCase(Locale.ROOT)));
      case "edit" ->
          new Edit(
              Place.valueOf(word[1].toUpperCase(Locale.ROOT).replace('-', '_')),
              Long.parseUnsignedLong(word[2].substring(2), 16));
      case "invalidate-page" -> new InvalidatePage();
      case "invalidate-neighbour" -> new InvalidateNeighbour();
      case "invalidate-context" ->
          new InvalidateContext(TYPES.get(Integer.parseInt(word[1])), Integer.parseInt(word[2]));
      case "load-root" -> new LoadRoot(Integer.parseInt(word[1]), word[2].equals("keep"));
      case "toggle-cr0" -> new ToggleCr0(Long.decode(word[1]));
      case "toggle-cr4" -> new ToggleCr4(Long.decode(word[1]));
      case "toggle-efer" -> new ToggleEfer();
      case "enter-level" -> new EnterLevel(Integer.parseInt(word[1]));
      case "toggle-alignment-check" -> new ToggleAlignmentCheck();
      case "write-keys" -> new WriteKeys(Integer.decode(word[1]));
      case "host" ->
          new HostActs(HostAct.valueOf(word[1].toUpperCase(Locale.ROOT).replace('-', '_')));
      default -> throw new IllegalArgumentException("no operation of a small world: " + words);
    };
  }
}
