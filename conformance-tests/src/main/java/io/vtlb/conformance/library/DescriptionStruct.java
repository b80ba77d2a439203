package io.vtlb.conformance.library;

import static io.vtlb.conformance.library.Layouts.DESCRIPTION;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.vtlb.model.machine.Paging;
import io.vtlb.model.target.Description;
import io.vtlb.model.target.Feature;
import io.vtlb.model.target.ObservationLevel;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a library says about itself. */
final class DescriptionStruct {

  /** Paging modes by their bits, from bit 0. */
  static final List<Paging> MODES =
      List.of(Paging.NONE, Paging.TWO_LEVEL, Paging.PAE, Paging.FOUR_LEVEL, Paging.FIVE_LEVEL);

  /** Features by their bits, from bit 0. */
  static final List<Feature> FEATURES =
      List.of(
          Feature.SEVERAL_VCPUS,
          Feature.PCID,
          Feature.FOREIGN_STORES,
          Feature.HOST_OPERATIONS,
          Feature.INTERLEAVING,
          Feature.INTERCEPTS_PRIVILEGE_CHANGES,
          Feature.EVENTS_FLUSH_PROCESSOR,
          Feature.PREFETCH,
          Feature.SHARING,
          Feature.RECYCLING,
          Feature.WRITE_TRACKING,
          Feature.SPURIOUS_FAULTS);

  private final MemorySegment struct;

  DescriptionStruct(MemorySegment struct) {
    this.struct = struct;
  }

  /**
   * Reads it.
   *
   * @throws UnusableLibrary if a field has a value that it cannot have
   */
  Description read() throws UnusableLibrary {
    String name = text("name", 64);
    if (name.isBlank()) {
      throw impossible("name", "is empty");
    }
    Set<Paging> modes = set("modes", MODES, Paging.class);
    if (modes.isEmpty()) {
      throw impossible("modes", "is 0: a target serves one paging mode at least");
    }
    return new Description(
        name, text("version", 32), level(), modes, set("features", FEATURES, Feature.class));
  }

  private ObservationLevel level() throws UnusableLibrary {
    int level = number("level");
    return switch (level) {
      case 2 -> ObservationLevel.ACTIVE_STRUCTURE;
      case 3 -> ObservationLevel.SELF_REPORTING;
      default ->
          throw impossible("level", "must be 2 or 3, not " + Integer.toUnsignedString(level));
    };
  }

  private <E extends Enum<E>> Set<E> set(String field, List<E> words, Class<E> type)
      throws UnusableLibrary {
    int bits = number(field);
    Set<E> set = EnumSet.noneOf(type);
    for (int bit = 0; bit < words.size(); bit++) {
      if ((bits & 1 << bit) != 0) {
        set.add(words.get(bit));
      }
    }
    int unknown = bits >>> words.size() << words.size();
    if (unknown != 0) {
      throw impossible(field, "has unknown bits: 0x" + Integer.toHexString(unknown));
    }
    return set;
  }

  private int number(String field) {
    return struct.get(JAVA_INT, Layouts.offset(DESCRIPTION, field));
  }

  private String text(String field, int bytes) throws UnusableLibrary {
    byte[] all = struct.asSlice(Layouts.offset(DESCRIPTION, field), bytes).toArray(JAVA_BYTE);
    int length = 0;
    while (length < bytes && all[length] != 0) {
      length++;
    }
    if (length == bytes) {
      throw impossible(field, "does not end in a zero");
    }
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(all, 0, length)).toString();
      if (text.chars().anyMatch(Character::isISOControl)) {
        throw impossible(field, "has control characters");
      }
      return text;
    } catch (CharacterCodingException e) {
      throw impossible(field, "is not UTF-8");
    }
  }

  private static UnusableLibrary impossible(String field, String why) {
    return new UnusableLibrary("has an impossible description: " + field + " " + why);
  }
}
