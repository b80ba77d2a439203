package io.vtlb.conformance.design.outofsync;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One shadow page: the entries made so far of one guest table, or of one large page. */
final class Shadow {

  private final long frame;
  private final ShadowType type;
  private final Map<Integer, ShadowEntry> entries = new TreeMap<>();

  /** How many entries of other shadows name this one. */
  int references;

  /** False once it was given back to the pool. */
  boolean alive = true;

  /**
   * @param frame the guest frame of the table, or the first one of the large page
   */
  Shadow(long frame, ShadowType type) {
    this.frame = frame;
    this.type = type;
  }

  long frame() {
    return frame;
  }

  ShadowType type() {
    return type;
  }

  @Nullable ShadowEntry get(int index) {
    return entries.get(index);
  }

  /** Puts an entry, or none; returns what was there. */
  @Nullable ShadowEntry put(int index, @Nullable ShadowEntry entry) {
    return entry == null ? entries.remove(index) : entries.put(index, entry);
  }

  Map<Integer, ShadowEntry> entries() {
    return entries;
  }

  /** The indices in use now, for callers that change entries meanwhile. */
  List<Integer> indices() {
    return new ArrayList<>(entries.keySet());
  }
}
