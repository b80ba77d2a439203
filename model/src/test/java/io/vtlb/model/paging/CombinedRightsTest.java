package io.vtlb.model.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.vtlb.model.guest.ModeGuest;
import io.vtlb.model.machine.Profile;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rights are combined over all levels that have them (Intel SDM vol. 3, 4.6). */
class CombinedRightsTest {

  private static final Walker WALKER = new Walker(Profile.GENERIC_64);
  private static final long EXECUTE_DISABLE = 1L << 63;

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 0", "2, 2", "2, 1", "3, 3", "3, 2", "3, 1", "4, 4", "4, 3", "4, 2"})
  void eachRightIsGrantedByEveryLevelOrNotAtAll(int modeNumber, int leafDepth) {
    PagingMode mode = PagingMode.ALL.get(modeNumber);
    int[] depths =
        IntStream.rangeClosed(0, leafDepth).filter(d -> mode.level(d).inMemory()).toArray();
    int bitsOfEach = mode.format().bytes() == 8 ? 3 : 2;
    for (int choice = 0; choice < 1 << (bitsOfEach * depths.length); choice++) {
      ModeGuest guest = new ModeGuest(mode);
      guest.entry(0, 0, ModeGuest.table(1), "P");
      boolean writable = true;
      boolean user = true;
      boolean executable = true;
      for (int i = 0; i < depths.length; i++) {
        int bits = choice >> (bitsOfEach * i);
        boolean write = (bits & 1) != 0;
        boolean open = (bits & 2) != 0;
        boolean data = bitsOfEach == 3 && (bits & 4) != 0;
        int depth = depths[i];
        long target = depth == leafDepth ? 0 : (0x11L + depth) << 12;
        boolean large = depth == leafDepth && depth < mode.levels().size() - 1;
        guest.entry(
            depth,
            0,
            target
                | 1
                | (write ? 2 : 0)
                | (open ? 4 : 0)
                | (large ? 0x80 : 0)
                | (data ? EXECUTE_DISABLE : 0));
        writable &= write;
        user &= open;
        executable &= !data;
      }
      GuestWalk walk = WALKER.walk(guest.memory(), guest.control(), 0);
      Translation found = assertInstanceOf(GuestWalk.End.Reached.class, walk.end()).translation();
      assertEquals(new WalkRights(writable, user, executable), found.rights());
      assertEquals(leafDepth + 1, walk.steps().size());
    }
  }
}
