package io.vtlb.conformance.library;

import static io.vtlb.conformance.library.Layouts.ENTRY;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.vtlb.model.machine.AccessRights;
import io.vtlb.model.machine.PageSize;
import io.vtlb.model.target.ActiveEntry;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The entries that a library shows for one virtual CPU and privilege set.
 *
 * <p>While their bytes stay the same, so does the list, which spares everyone who looks at it from
 * comparing.
 */
final class EntryList {

  /** More entries than any small world has use for; a library that counts on is out of its mind. */
  private static final long MOST = 1 << 20;

  private static final String FUNCTION = "vtlb_entries";
  private static final int FIRST_ROOM = 64;
  private static final int MOST_KEY = 15;
  private static final long SIZE = ENTRY.byteSize();
  private static final long PAGE = Layouts.offset(ENTRY, "page");
  private static final long PAGES = Layouts.offset(ENTRY, "pages");
  private static final long HOST_FRAME = Layouts.offset(ENTRY, "host_frame");
  private static final long RIGHTS = Layouts.offset(ENTRY, "rights");
  private static final long KEY = Layouts.offset(ENTRY, "key");

  /** The rights by their bits. */
  private static final List<AccessRights> RIGHTS_OF =
      IntStream.range(0, 8)
          .mapToObj(bits -> new AccessRights((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0))
          .toList();

  /** Has a library write its entries. */
  interface Source {

    /** How many entries there are; at most {@code room} of them are at the address. */
    long entries(long address, long room);
  }

  private final Arena arena;
  private MemorySegment known;
  private MemorySegment next;
  private long room = FIRST_ROOM;
  private List<ActiveEntry> entries = List.of();

  EntryList(Arena arena) {
    this.arena = arena;
    this.known = arena.allocate(ENTRY, room);
    this.next = arena.allocate(ENTRY, room);
  }

  /** What was shown belongs to another sequence. */
  void clear() {
    entries = List.of();
  }

  /** What the library shows now. */
  List<ActiveEntry> ask(Source library) {
    long count = library.entries(next.address(), room);
    if (count < 0 || count > room) {
      makeRoom(count);
      long again = library.entries(next.address(), room);
      if (again != count) {
        throw Result.impossible(
            "%s returned %d, and %s when it was called again"
                .formatted(FUNCTION, count, Long.toUnsignedString(again)));
      }
    }
    int same = same(count);
    if (same < count || count != entries.size()) {
      entries = changed((int) count, same);
      MemorySegment shown = next;
      next = known;
      known = shown;
    }
    return entries;
  }

  private void makeRoom(long count) {
    if (count < 0 || count > MOST) {
      throw Result.impossible(
          "%s returned %s; more than %d entries are impossible"
              .formatted(FUNCTION, Long.toUnsignedString(count), MOST));
    }
    room = Math.max(count, Math.min(2 * room, MOST));
    MemorySegment wider = arena.allocate(ENTRY, room);
    known = wider.copyFrom(known);
    next = arena.allocate(ENTRY, room);
  }

  /** How many entries from the first on are those that were shown last. */
  private int same(long count) {
    long both = Math.min(count, entries.size()) * SIZE;
    long first = MemorySegment.mismatch(next, 0, both, known, 0, both);
    return (int) ((first < 0 ? both : first) / SIZE);
  }

  private List<ActiveEntry> changed(int count, int same) {
    ActiveEntry[] now = new ActiveEntry[count];
    for (int i = 0; i < count; i++) {
      now[i] = i < same ? entries.get(i) : entry(i * SIZE);
    }
    return List.of(now);
  }

  private ActiveEntry entry(long at) {
    long page = next.get(JAVA_LONG, at + PAGE);
    long pages = next.get(JAVA_LONG, at + PAGES);
    int rights = next.get(JAVA_INT, at + RIGHTS);
    int key = next.get(JAVA_INT, at + KEY);
    if ((page & ~PageSize.PAGE_NUMBER) != 0) {
      throw impossible("page", page, "is no page number: an address shifted right by 12");
    }
    if (pages != (int) pages || !PageSize.exists((int) pages)) {
      throw impossible("pages", pages, "is none of 1, 512, 1024 and 262144");
    }
    if (rights < 0 || rights >= RIGHTS_OF.size()) {
      throw impossible("rights", Integer.toUnsignedLong(rights), "has other bits than 1, 2 and 4");
    }
    if (key < ActiveEntry.NO_KEY || key > MOST_KEY) {
      throw impossible("key", Integer.toUnsignedLong(key), "is neither -1 nor 0 to 15");
    }
    // Numbers of linear pages have 52 bits there, and the sign of their address here.
    long signed = PageSize.page(page << PageSize.BASE_SHIFT);
    return new ActiveEntry(
        signed, (int) pages, next.get(JAVA_LONG, at + HOST_FRAME), RIGHTS_OF.get(rights), key);
  }

  private static RuntimeException impossible(String field, long value, String why) {
    return Result.impossible(
        "%s shows an entry whose %s, 0x%x, %s".formatted(FUNCTION, field, value, why));
  }
}
