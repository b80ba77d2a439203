package io.vtlb.conformance.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vtlb.conformance.trace.LongSamples;
import io.vtlb.model.machine.ControlState;
import io.vtlb.model.machine.Profile;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import io.vtlb.model.target.VmBlueprint.VcpuState;
import io.vtlb.model.trace.Caching;
import io.vtlb.model.trace.Machine;
import io.vtlb.model.trace.World;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Worlds as a report shows them. */
class WorldTextTest {

  @Test
  void severalVirtualCpusInSeveralModes() {
    assertEquals(
        """
          mixed paging modes, processor zen (AMD, MAXPHYADDR 48; PSE-36 NX 1G-pages LM SMEP SMAP PCID PKU), it caches: forever
          vm0.cpu0: 4-level paging, CPL 0, AC 1, PKRU 0xc (no access with key 1, no stores with key 1), CR0 0x80010033 (WP=1), CR3 0x1005 (PCID 0x5), CR4 0x7200a0 (PSE=0 PGE=1 PAE=1 PCIDE=1 SMEP=1 SMAP=1 PKE=1), EFER 0xd01 (LME=1 LMA=1 NXE=1)
          vm0.cpu1: PAE paging, CPL 3, CR0 0x80010001 (WP=1), CR3 0x2020, CR4 0xa0 (PSE=0 PGE=1 PAE=1)
            PDPTE0 = 0x0000000000003001  frame 0x3 P
            PDPTE3 = 0x0000000000004001  frame 0x4 P
          vm0 memory: guest frames 0x0-0xf at host frame 0x200, guest frames 0xfffffffff-0xfffffffff at host frame 0x100
            [0x01000] = 0x8000000000002007  frame 0x2 P W U XD
            [0xfffffffffff8] = 0xffffffffeffffff8  frame 0xfffffeffff PWT PCD A D PS G key 15 XD (its lower half is a tag)
        """,
        WorldText.of(LongSamples.world()));
  }

  @Test
  void noPagingYet() {
    ControlState control = new ControlState(1, 0x1000, 0, 0);
    World world =
        new World(
            "none",
            Profile.GENERIC_32,
            new Caching(Caching.Policy.NEVER, 0),
            List.of(
                new Machine(
                    List.of(new VcpuState(control, 0)),
                    new HostMap(
                        List.of(new HostRange(0, 0x100, 8), new HostRange(8, 0x110, 1, true))),
                    List.of(new Machine.Word(0x1000, 0x2183)))));
    assertEquals(
        """
          no paging, processor generic-32 (MAXPHYADDR 40; PSE-36), it caches: never
          vm0.cpu0: CPL 0, CR0 0x1 (PG=0 WP=0), CR3 0x1000, CR4 0x0 (PSE=0 PGE=0)
          vm0 memory: guest frames 0x0-0x7 at host frame 0x100, guest frames 0x8-0x8 at host frame 0x110 (read-only)
            [0x01000] = 0x00002183  frame 0x2 P W PS G
        """,
        WorldText.of(world));
  }

  @Test
  void aKeyAndWhatIsIgnored() {
    assertEquals("frame 0x2 P key 5", EntryText.eightBytes(0x2ff0_0000_0000_2001L));
    assertEquals("frame 0xffffffffff P W U", EntryText.eightBytes(0xf_ffff_ffff_f007L));
    assertEquals("frame 0x1 P PWT", EntryText.fourBytes(0x1009));
  }
}
