package io.vtlb.conformance.generate;

import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Profile;
import java.util.List;
import java.util.SplittableRandom;

/** Chooses edits of the entries that a page is translated by, under some root of a mode. */
final class TableEdits {

  /** One edit: the entry's address, the new value, and its width in bytes. */
  record Edit(long address, long value, int bytes) {}

  private final SplittableRandom choices;
  private final Profile profile;
  private final WrittenWords written;

  TableEdits(SplittableRandom choices, Profile profile, WrittenWords written) {
    this.choices = choices;
    this.profile = profile;
    this.written = written;
  }

  /**
   * An edit of an entry on the path of these indices, root first.
   *
   * @param control decides which root is the current one
   * @param terrain the tables that the path leads through
   */
  Edit edit(ControlState control, Terrain terrain, List<Integer> path) {
    int depth = depth(terrain);
    long table = table(terrain, control, path, depth);
    long address = terrain.entryAddress(table, path.get(depth));
    int bytes = terrain.mode().format().bytes();
    long value =
        new EntryChoice(choices, terrain, profile).edited(written.read(address, bytes), depth);
    written.store(address, bytes, value);
    return new Edit(address, value, bytes);
  }

  /** Mostly the leaf's table, or the one above. */
  private int depth(Terrain terrain) {
    int last = terrain.depths() - 1;
    int kind = choices.nextInt(100);
    return kind < 62 ? last : kind < 85 ? last - 1 : choices.nextInt(terrain.depths());
  }

  /** Follows the entries written so far, as long as they lead to tables that are edited. */
  private long table(Terrain terrain, ControlState control, List<Integer> path, int depth) {
    List<Long> roots = terrain.tables().getFirst();
    long current = control.cr3() & ~ControlState.CR3_PCID;
    boolean inPae = !terrain.mode().level(0).inMemory();
    long table = inPae ? control.cr3() : current;
    if (!roots.contains(table) || choices.nextInt(4) == 0) {
      table = pick(roots);
    }
    for (int above = 0; above < depth; above++) {
      long entry =
          written.read(
              terrain.entryAddress(table, path.get(above)), terrain.mode().format().bytes());
      long next = entry & 0xF_FFFF_FFFF_F000L;
      List<Long> tables = terrain.tables().get(above + 1);
      table = tables.contains(next) && choices.nextInt(12) != 0 ? next : pick(tables);
    }
    return table;
  }

  private long pick(List<Long> from) {
    return from.get(choices.nextInt(from.size()));
  }
}
