package io.vtlb.specs.generate;

/** What the guest sees of an operation, as the specification predicts it. */
public sealed interface Seen {

  /**
   * The access reaches memory.
   *
   * @param frame the guest frame, numbered in 4 KiB
   */
  record Reads(long frame) implements Seen {}

  /**
   * The guest receives a page fault.
   *
   * @param code its error code
   */
  record Faults(int code) implements Seen {}

  /** The access reaches a device. */
  record ReachesDevice() implements Seen {}

  /** Anything but an access. */
  record GoesOn() implements Seen {}

  /** The outcome in words, as a file of scenarios holds it. */
  default String words() {
    return switch (this) {
      case Reads(long frame) -> "reads 0x%x".formatted(frame);
      case Faults(int code) -> "faults 0x%x".formatted(code);
      case ReachesDevice device -> "reaches-device";
      case GoesOn on -> "goes-on";
    };
  }

  /**
   * The outcome that {@link #words} gives.
   *
   * @throws IllegalArgumentException if it gives no such words
   */
  static Seen of(String words) {
    String[] word = words.split(" ", -1);
    return switch (word[0]) {
      case "reads" -> new Reads(Long.decode(word[1]));
      case "faults" -> new Faults(Integer.decode(word[1]));
      case "reaches-device" -> new ReachesDevice();
      case "goes-on" -> new GoesOn();
      default -> throw new IllegalArgumentException("no outcome of a small world: " + words);
    };
  }
}
