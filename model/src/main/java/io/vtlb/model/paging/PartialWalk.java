package io.vtlb.model.paging;

import io.vtlb.model.machine.ControlState;

/**
 * A walk that has reached a table but no page: the root, or what a paging-structure cache may hold.
 *
 * <p>Source: Intel SDM vol. 3, 4.10.3.1.
 *
 * @param depth the level that the walk reads next, counted from the root's 0
 * @param page the first linear page that the walk is for, numbered in 4 KiB; 0 at the root
 * @param table the guest frame of the table; 0 where the level is held in registers
 * @param rights the rights accumulated so far
 * @param pcid the PCID that it belongs to
 */
public record PartialWalk(int depth, long page, long table, WalkRights rights, int pcid) {

  /** The walk that has read nothing but CR3. */
  public static PartialWalk root(PagingMode mode, ControlState control) {
    boolean inMemory = !mode.levels().isEmpty() && mode.level(0).inMemory();
    long table = inMemory ? mode.format().rootFrame(control) : 0;
    return new PartialWalk(0, 0, table, WalkRights.ROOT, control.pcid());
  }

  /** True if a walk for this linear page could go on from here. */
  public boolean leadsTo(long linearPage, PagingMode mode) {
    return depth == 0 || mode.level(depth - 1).firstPage(linearPage) == page;
  }

  /**
   * Sets of walks are asked at every change of a table; walks that differ in rights only are few.
   */
  @Override
  public int hashCode() {
    return (Long.hashCode(page) * 31 + Long.hashCode(table)) * 31 + depth;
  }
}
