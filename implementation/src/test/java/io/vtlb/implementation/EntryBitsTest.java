package io.vtlb.implementation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.model.machine.AccessRights;
import io.vtlb.model.target.ActiveEntry;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** The encoding of an entry loses nothing. */
class EntryBitsTest {

  @Property(tries = 500)
  void keepsEveryPart(
      @ForAll @LongRange(min = 0, max = (1L << 48) - 1) long frame,
      @ForAll @IntRange(min = 1, max = 7) int rights,
      @ForAll Span span,
      @ForAll Span guestSpan,
      @ForAll @IntRange(min = -1, max = 15) int key) {
    long entry = EntryBits.of(frame, rights, span, guestSpan, key) | EntryBits.GLOBAL;
    AccessRights expected =
        new AccessRights((rights & 1) != 0, (rights & 2) != 0, (rights & 4) != 0);
    assertEquals(
        new ActiveEntry(-512, span.pages(), frame, expected, key), EntryBits.decoded(-512, entry));
    assertEquals(guestSpan, EntryBits.guestSpan(entry));
    assertEquals(rights & 5, EntryBits.rights(EntryBits.limited(entry, 5)));
  }
}
