package io.vtlb.implementation;

import io.vtlb.model.target.GuestMemory;
import io.vtlb.model.target.HostMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Guest memory of 32-bit words, with memory behind the frames that a host map names. */
final class WordMemory implements GuestMemory {

  /** One successful update by the virtual TLB. */
  record Update(long address, long before, long after) {}

  private final Map<Long, Integer> words = new HashMap<>();
  private final Map<Integer, Runnable> afterReads = new HashMap<>();
  private final List<Update> updates = new ArrayList<>();
  private HostMap hostMap;
  private int reads;

  WordMemory(HostMap hostMap) {
    this.hostMap = hostMap;
  }

  @Override
  public long read(long physicalAddress, int bytes) {
    long value = get(physicalAddress, bytes);
    afterReads.getOrDefault(++reads, () -> {}).run();
    return value;
  }

  @Override
  public boolean compareAndSet(long physicalAddress, int bytes, long expected, long replacement) {
    if (get(physicalAddress, bytes) != expected) {
      return false;
    }
    updates.add(new Update(physicalAddress, expected, replacement));
    set(physicalAddress, bytes, replacement);
    return true;
  }

  @Override
  public void store(long physicalAddress, int bytes, long value) {
    throw new AssertionError("no store is emulated");
  }

  /** The bytes at an address, 4 or 8, without counting as a read. */
  long get(long address, int bytes) {
    if (address % bytes != 0) {
      throw new AssertionError("not aligned to %d bytes: 0x%x".formatted(bytes, address));
    }
    long low = Integer.toUnsignedLong(words.getOrDefault(address, 0));
    return bytes == 4 ? low : low | (long) words.getOrDefault(address + 4, 0) << 32;
  }

  /** A store of the guest or of another agent. */
  void set(long address, int bytes, long value) {
    if (hostMap.hostFrame(address >>> 12) != HostMap.NO_FRAME) {
      words.put(address, (int) value);
      if (bytes == 8) {
        words.put(address + 4, (int) (value >>> 32));
      }
    }
  }

  HostMap hostMap() {
    return hostMap;
  }

  /** The host puts other memory behind some frames; those without any lose what they held. */
  void remap(HostMap now) {
    hostMap = now;
    words.keySet().removeIf(address -> now.hostFrame(address >>> 12) == HostMap.NO_FRAME);
  }

  /** Lets another agent act right after the n-th read from now, counted from 1. */
  void afterRead(int n, Runnable agent) {
    afterReads.put(reads + n, agent);
  }

  /** Lets nobody act who has not acted yet. */
  void forgetAgents() {
    afterReads.clear();
  }

  List<Update> updates() {
    return List.copyOf(updates);
  }
}
