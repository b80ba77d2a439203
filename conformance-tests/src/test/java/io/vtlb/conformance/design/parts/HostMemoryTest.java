package io.vtlb.conformance.design.parts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vtlb.model.operation.HostOperation;
import io.vtlb.model.target.HostMap;
import io.vtlb.model.target.HostRange;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Sizes, devices and the log of one machine's frames. */
class HostMemoryTest {

  private final HostMemory host = new HostMemory(new HostMap(List.of(new HostRange(0, 512, 1024))));

  private boolean mapsWhole(long frame) {
    return host.mapsWhole(host.map(), frame, 512);
  }

  @Test
  void theNewestSizeOfHostPagesCounts() {
    assertTrue(mapsWhole(0));
    host.follow(new HostOperation.ResizePages(0, 3, 1, 1));
    assertFalse(mapsWhole(0));
    assertTrue(mapsWhole(512));
    host.follow(new HostOperation.ResizePages(0, 0, 512, 512));
    assertTrue(mapsWhole(0));
  }

  @Test
  void aLogNeedsSingleFrames() {
    host.follow(new HostOperation.StartDirtyLog(0));
    assertFalse(mapsWhole(0));
    assertTrue(host.mapsWhole(host.map(), 0, 1));
  }

  @Test
  void aHarvestNamesWhatWasWrittenInItsPeriod() {
    host.wrote(3, 1);
    assertFalse(host.awaitsWrite(3));
    assertEquals(Set.of(), host.follow(new HostOperation.StartDirtyLog(0)));
    assertTrue(host.awaitsWrite(3));
    host.wrote(3, 2);
    assertFalse(host.awaitsWrite(4));
    assertEquals(Set.of(3L, 4L), host.follow(new HostOperation.HarvestDirtyLog(0)));
    assertTrue(host.awaitsWrite(3));
    assertEquals(Set.of(), host.follow(new HostOperation.HarvestDirtyLog(0)));
  }

  @Test
  void aStoreToReadOnlyMemoryIsForADevice() {
    assertFalse(host.isDevice(3, true));
    host.follow(new HostOperation.ProtectFrames(0, 3, 1, true));
    assertTrue(host.isDevice(3, true));
    assertFalse(host.isDevice(3, false));
    assertTrue(host.isDevice(1024, false));
    assertEquals(1, host.generation());
  }
}
